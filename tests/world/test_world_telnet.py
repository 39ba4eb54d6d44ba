"""Typing SMTP to a host, line by line."""

from simlib import World


def site() -> World:
    world = World(seed=4)
    world.host("pc.example", latency="20ms")
    world.sendmail("mx.there.example", domain="there.example", latency="30ms", cf="O Timeout.ident=0s")
    return world


def test_a_message_that_is_typed_is_delivered() -> None:
    world = site()
    say = world.telnet("pc.example", "mx.there.example")
    assert say.greeting.startswith("220 mx.there.example ESMTP Sendmail")
    assert say("HELO pc.example").startswith("250 mx.there.example Hello pc.example")
    assert say("MAIL FROM:<taro@pc.example>") == "250 2.1.0 <taro@pc.example>... Sender ok"
    assert say("RCPT TO:<hana@there.example>").startswith("250 2.1.5")
    assert say("DATA").startswith("354")
    assert say("Subject: hello") == ""
    assert say("") == ""
    assert say("How are you?") == ""
    assert say(".").endswith("Message accepted for delivery")
    assert say("QUIT").startswith("221")
    assert not say.is_open
    trace = world.run(until="1m")
    assert [(one.mailbox, one.size) for one in trace.deliveries] == [("hana", 29)]
    assert trace.totals()["delivered"] == trace.totals()["submitted"] == 1


def test_each_answer_takes_a_round_trip() -> None:
    world = site()
    say = world.telnet("pc.example", "mx.there.example")
    before = world.env.now
    say("NOOP")
    assert world.env.now - before == say.seconds
    assert abs(say.seconds - 0.1) < 1e-9


def test_what_is_refused_is_told_and_not_lost() -> None:
    world = site()
    say = world.telnet("pc.example", "mx.there.example")
    say("HELO pc.example")
    say("MAIL FROM:<taro@pc.example>")
    assert say("RCPT TO:<x@elsewhere.example>") == "550 5.7.1 <x@elsewhere.example>... Relaying denied"
    assert say("DATA") == "503 5.0.0 Need RCPT (recipient)"
    assert world.run(until="1m").totals()["submitted"] == 0


def test_the_dialogue_is_in_the_trace() -> None:
    world = site()
    say = world.telnet("pc.example", "mx.there.example")
    say("EHLO pc.example")
    say("QUIT")
    dialogue = world.run(until="1m").dialogue(1)
    assert ">>> EHLO pc.example" in dialogue
    assert dialogue.endswith("<<< 221 2.0.0 mx.there.example closing connection")


def test_where_nobody_listens_telnet_says_so() -> None:
    world = site()
    world.outage("mx.there.example", "0s", "1h")
    world.run(until="1s")
    say = world.telnet("pc.example", "mx.there.example")
    assert say.greeting == "telnet: Unable to connect to remote host: Connection timed out"
    assert not say.is_open
    assert say("NOOP") == "Connection closed by foreign host."

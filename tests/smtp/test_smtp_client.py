"""The client does what sendmail's does; each case here was seen on a sendmail 8.17.1.9 against a scripted server."""

from collections.abc import Callable
from typing import Any

import pytest

from simlib.message.status import Exit
from simlib.smtp import Mail, OddServer, Quirks, Rcpt, Reply, Server, ServerSettings, Session, Step, client, lost

MAIL, ONE, TWO = Mail("a@snd.test", size=249), Rcpt("u1@one.test"), Rcpt("u2@one.test")
OLD = frozenset({"SIZE"})  # a server without PIPELINING


@pytest.fixture
def talk(converse: Callable[[Server], Any]) -> Callable[..., Any]:
    """``talk(quirks, flags)``: a session with a server of these quirks; gives (conversation, session, failure)."""

    def open_session(quirks: Quirks | None = None, flags: str = "a", cached: bool = True) -> Any:
        conversation = converse(OddServer(quirks or Quirks(), ServerSettings("mx.test")))
        session = Session("mx.test", "snd.test", frozenset(flags), cached)
        failure = conversation.play(client.hello(session))
        return conversation, session, failure

    return open_session


def outcome(result: client.Result) -> tuple[Exit, str, bool, bool]:
    return result.exit, result.dsn, result.sticky, result.next_mx


def test_mail_waits_for_its_reply_and_the_rest_goes_in_one_step(talk: Any) -> None:
    conversation, session, _ = talk()
    results = conversation.play(client.transaction(session, MAIL, [ONE, TWO]))
    assert [step.phase for step in conversation.steps] == ["initial", "helo", "mail", "rcpt", "datafinal"]
    assert conversation.sent == [
        "EHLO snd.test",
        "MAIL From:<a@snd.test> SIZE=249",
        "RCPT To:<u1@one.test>",
        "RCPT To:<u2@one.test>",
        "DATA",
        "(message)",
    ]
    assert [outcome(result) for result in results] == [(Exit.OK, "2.0.0", False, False)] * 2


def test_without_pipelining_each_command_is_a_step(talk: Any) -> None:
    conversation, session, _ = talk(Quirks(extensions=OLD))
    conversation.play(client.transaction(session, MAIL, [ONE, TWO]))
    assert conversation.phases == ["initial", "helo", "mail", "rcpt", "rcpt", "datainit", "datafinal"]


def test_data_at_the_end_of_a_batch_has_its_own_time_out() -> None:
    batch = Step((ONE, TWO, client.DATA), "rcpt")
    assert [batch.wait(n) for n in range(batch.replies)] == ["rcpt", "rcpt", "datainit"]
    assert Step((), "initial").wait(0) == "initial"


def test_parameters_go_only_to_who_offers_them(talk: Any) -> None:
    mail = Mail("a@snd.test", 249, "8BITMIME", "HDRS", "id", (("BY", "9;R"), ("AUTH", "<>")))
    rcpt = Rcpt("u@one.test", ("SUCCESS",), "rfc822;x@one.test")
    for quirks, mail_line, rcpt_line in [
        (
            Quirks(),
            "MAIL From:<a@snd.test> SIZE=249 BODY=8BITMIME ENVID=id RET=HDRS BY=9;R",
            "RCPT To:<u@one.test> NOTIFY=SUCCESS ORCPT=rfc822;x@one.test",
        ),
        (Quirks(extensions=OLD), "MAIL From:<a@snd.test> SIZE=249", "RCPT To:<u@one.test>"),
        (Quirks(hello_only=True), "MAIL From:<a@snd.test>", "RCPT To:<u@one.test>"),
    ]:
        conversation, session, _ = talk(quirks)
        conversation.play(client.transaction(session, mail, [rcpt]))
        assert [line for line in conversation.sent if line.startswith(("MAIL", "RCPT"))] == [mail_line, rcpt_line]


@pytest.mark.parametrize(
    ("flags", "greeting", "verbs"),
    [
        ("a", Reply(220, "mx.test SMTP"), "EHLO"),
        ("", Reply(220, "mx.test SMTP"), "HELO"),
        ("", Reply(220, "mx.test ESMTP Sendmail"), "EHLO"),
        ("", Reply(220, "mx.test", "ESMTP spoken here"), "EHLO"),
        ("a2", Reply(220, "mx.test ESMTP"), "HELO"),
    ],
)
def test_ehlo_or_helo(talk: Any, flags: str, greeting: Reply, verbs: str) -> None:
    conversation, _, failure = talk(Quirks(greeting=greeting), flags)
    assert failure is None
    assert conversation.verbs == verbs


def test_a_server_that_knows_no_ehlo_is_told_helo(talk: Any) -> None:
    conversation, session, failure = talk(Quirks(hello_only=True))
    assert failure is None
    assert conversation.verbs == "EHLO HELO"
    assert session.extensions == {}


@pytest.mark.parametrize(
    ("quirks", "verbs", "exit", "dsn"),
    [
        (Quirks(greeting=Reply(451, "4.3.2 busy")), "QUIT", Exit.TEMPFAIL, "4.5.0"),
        (Quirks(greeting=Reply(421, "4.3.2 busy")), "QUIT", Exit.TEMPFAIL, "4.5.0"),
        (Quirks(greeting=Reply(554, "5.3.2 go away")), "QUIT", Exit.UNAVAILABLE, "5.5.0"),
        (Quirks(greeting=Reply(354, "x")), "QUIT", Exit.UNAVAILABLE, "5.5.0"),
        (Quirks(close_after="connect"), "", Exit.TEMPFAIL, "4.4.2"),
        (Quirks(silent_at="greeting"), "", Exit.TEMPFAIL, "4.4.2"),
        (Quirks(close_after="greeting"), "EHLO", Exit.TEMPFAIL, "4.4.2"),
        (Quirks(replies={"EHLO": Reply(451, "busy")}), "EHLO QUIT", Exit.TEMPFAIL, "4.5.0"),
        (Quirks(replies={"EHLO": Reply(421, "busy")}), "EHLO QUIT", Exit.TEMPFAIL, "4.5.0"),
        (Quirks(hello_only=True, replies={"HELO": Reply(550, "no")}), "EHLO HELO QUIT", Exit.UNAVAILABLE, "5.5.0"),
    ],
)
def test_a_session_that_does_not_open_is_held_against_the_host(
    talk: Any, quirks: Quirks, verbs: str, exit: Exit, dsn: str
) -> None:
    conversation, session, failure = talk(quirks)
    assert conversation.verbs == verbs
    assert outcome(failure) == (exit, dsn, True, True)
    assert not session.open


def test_talking_to_oneself_is_a_configuration_error(converse: Any) -> None:
    def meet(flags: str) -> Any:
        conversation = converse(Server(ServerSettings("SND.test")))
        return conversation, conversation.play(client.hello(Session("mx.test.", "snd.test", frozenset(flags))))

    conversation, failure = meet("a")
    assert str(failure.reply) == "553 5.3.5 mx.test. config error: mail loops back to me (MX problem?)"
    assert outcome(failure) == (Exit.CONFIG, "5.3.5", True, True)
    assert conversation.verbs == "EHLO QUIT"
    assert meet("ak")[1] is None


SENT = (Exit.OK, "2.0.0", False, False)


@pytest.mark.parametrize(
    ("reply", "exit", "dsn", "next_mx"),
    [
        (Reply(451, "4.1.8 x"), Exit.TEMPFAIL, "4.1.8", True),
        (Reply(452, "x"), Exit.TEMPFAIL, "4.3.1", True),
        (Reply(501, "x"), Exit.DATAERR, "5.5.2", False),
        (Reply(550, "5.1.8 x"), Exit.UNAVAILABLE, "5.1.8", False),
        (Reply(552, "x"), Exit.UNAVAILABLE, "5.3.4", False),
        (Reply(553, "x"), Exit.DATAERR, "5.1.3", False),
    ],
)
def test_mail_refused(talk: Any, reply: Reply, exit: Exit, dsn: str, next_mx: bool) -> None:
    conversation, session, _ = talk(Quirks(replies={"MAIL": [reply, None]}))
    results = conversation.play(client.transaction(session, MAIL, [ONE, TWO]))
    assert [outcome(result) for result in results] == [(exit, dsn, False, next_mx)] * 2
    assert conversation.play(client.probe(session))
    assert conversation.verbs == "EHLO MAIL RSET"
    assert conversation.phases[-1] == "rset"


@pytest.mark.parametrize("extensions", [None, OLD], ids=["pipelining", "one by one"])
@pytest.mark.parametrize(
    ("reply", "exit", "dsn", "next_mx"),
    [
        (Reply(450, "x"), Exit.TEMPFAIL, "4.2.0", True),
        (Reply(452, "x"), Exit.TEMPFAIL, "4.3.1", True),
        (Reply(550, "x"), Exit.NOUSER, "5.1.1", False),
        (Reply(551, "x"), Exit.NOUSER, "5.1.6", False),
        (Reply(553, "x"), Exit.NOUSER, "5.1.3", False),
        (Reply(552, "x"), Exit.UNAVAILABLE, "5.2.2", False),
        (Reply(554, "x"), Exit.UNAVAILABLE, "5.0.0", False),
        (Reply(354, "x"), Exit.PROTOCOL, "5.5.1", False),
    ],
)
def test_one_recipient_refused(
    talk: Any, extensions: frozenset[str] | None, reply: Reply, exit: Exit, dsn: str, next_mx: bool
) -> None:
    conversation, session, _ = talk(Quirks(replies={"RCPT": [reply, None]}, extensions=extensions))
    refused, sent = conversation.play(client.transaction(session, MAIL, [ONE, TWO]))
    assert outcome(refused) == (exit, dsn, False, next_mx)
    assert outcome(sent) == SENT
    assert refused.reply is reply


def test_an_enhanced_code_counts_only_from_who_offers_them(talk: Any) -> None:
    refusal = {"RCPT": Reply(550, "5.7.1 Relaying denied")}
    for extensions, dsn in [(None, "5.7.1"), (OLD, "5.1.1")]:
        conversation, session, _ = talk(Quirks(replies=refusal, extensions=extensions))
        (result,) = conversation.play(client.transaction(session, MAIL, [ONE]))
        assert result.dsn == dsn


def test_all_refused_in_a_batch_that_was_refused_data_too(talk: Any) -> None:
    conversation, session, _ = talk(Quirks(replies={"RCPT": Reply(550, "5.1.1 no")}))
    for _ in range(2):
        (result,) = conversation.play(client.transaction(session, MAIL, [ONE]))
        assert outcome(result) == (Exit.NOUSER, "5.1.1", False, False)
        conversation.play(client.probe(session))
    # one RSET for the refused DATA, one to probe the connection before it is used again
    assert conversation.verbs == "EHLO MAIL RCPT DATA RSET RSET MAIL RCPT DATA RSET RSET"


def test_all_refused_but_data_accepted_sends_an_empty_message(talk: Any) -> None:
    odd = {"RCPT": Reply(550, "5.1.1 no"), "DATA": Reply(354, "go"), ".": Reply(554, "5.5.1 no valid recipients")}
    conversation, session, _ = talk(Quirks(replies=odd))
    (result,) = conversation.play(client.transaction(session, MAIL, [ONE]))
    assert outcome(result) == (Exit.NOUSER, "5.1.1", False, False)
    assert conversation.verbs == "EHLO MAIL RCPT DATA (empty)"
    assert not session.unfinished


@pytest.mark.parametrize(("cached", "verbs"), [(True, "EHLO MAIL RCPT RSET"), (False, "EHLO MAIL RCPT")])
def test_all_refused_one_by_one(talk: Any, cached: bool, verbs: str) -> None:
    conversation, session, _ = talk(Quirks(replies={"RCPT": Reply(550, "no")}, extensions=OLD), cached=cached)
    (result,) = conversation.play(client.transaction(session, MAIL, [ONE]))
    assert result.exit is Exit.NOUSER
    assert conversation.verbs == verbs


@pytest.mark.parametrize(
    ("reply", "expected", "verbs", "still_open"),
    [
        (Reply(451, "4.3.0 x"), (Exit.TEMPFAIL, "4.0.0", False, True), "DATA QUIT", False),
        (Reply(421, "4.3.2 x"), (Exit.TEMPFAIL, "4.0.0", False, True), "DATA QUIT", False),
        (Reply(554, "5.5.1 x"), (Exit.UNAVAILABLE, "5.0.0", False, False), "DATA RSET", True),
        (Reply(250, "x"), (Exit.PROTOCOL, "5.5.1", False, False), "DATA RSET", True),
    ],
)
def test_data_refused(talk: Any, reply: Reply, expected: tuple[Any, ...], verbs: str, still_open: bool) -> None:
    conversation, session, _ = talk(Quirks(replies={"DATA": reply}))
    (result,) = conversation.play(client.transaction(session, MAIL, [ONE]))
    assert outcome(result) == expected
    assert conversation.verbs == f"EHLO MAIL RCPT {verbs}"
    assert session.open is still_open


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(250, "2.6.0 x"), (Exit.OK, "2.6.0", False, False)),
        (Reply(452, "4.3.1 x"), (Exit.TEMPFAIL, "4.3.1", False, True)),
        (Reply(451, "4.3.0 x"), (Exit.TEMPFAIL, "4.3.0", True, True)),
        (Reply(554, "5.6.0 x"), (Exit.UNAVAILABLE, "5.6.0", False, False)),
        (Reply(552, "x"), (Exit.UNAVAILABLE, "5.2.2", False, False)),
        (Reply(500, "x"), (Exit.PROTOCOL, "5.5.2", False, False)),
        (Reply(354, "x"), (Exit.PROTOCOL, "5.0.0", False, False)),
    ],
)
def test_what_the_final_dot_brings(talk: Any, reply: Reply, expected: tuple[Any, ...]) -> None:
    conversation, session, _ = talk(Quirks(replies={".": reply}))
    results = conversation.play(client.transaction(session, MAIL, [ONE, TWO]))
    assert [outcome(result) for result in results] == [expected] * 2
    assert session.open
    assert not session.unfinished


@pytest.mark.parametrize("extensions", [None, OLD], ids=["pipelining", "one by one"])
def test_421_to_a_recipient_ends_the_session_but_is_not_held_against_the_host(
    talk: Any, extensions: frozenset[str] | None
) -> None:
    conversation, session, _ = talk(Quirks(replies={"RCPT": [None, Reply(421, "4.3.2 x")]}, extensions=extensions))
    results = conversation.play(client.transaction(session, MAIL, [ONE, TWO, Rcpt("u3@one.test")]))
    accepted, refused, unanswered = results
    assert outcome(accepted) == (Exit.TEMPFAIL, "4.0.0", False, True)
    assert outcome(refused) == (Exit.TEMPFAIL, "4.3.2" if extensions is None else "4.0.0", False, True)
    assert outcome(unanswered) == (Exit.TEMPFAIL, "4.2.0", False, True)
    assert conversation.verbs.endswith("QUIT")
    assert not session.open


@pytest.mark.parametrize("place", ["MAIL", "RCPT", "DATA", "."])
@pytest.mark.parametrize("extensions", [None, OLD], ids=["pipelining", "one by one"])
def test_no_reply_is_held_against_the_host(talk: Any, place: str, extensions: frozenset[str] | None) -> None:
    conversation, session, _ = talk(Quirks(silent_at=place, extensions=extensions))
    results = conversation.play(client.transaction(session, MAIL, [ONE, TWO]))
    assert [outcome(result) for result in results] == [(Exit.TEMPFAIL, "4.4.2", True, True)] * 2
    assert "QUIT" not in conversation.verbs
    assert not session.open


def test_a_recipient_refused_before_the_connection_broke_stays_refused(talk: Any) -> None:
    quirks = Quirks(replies={"RCPT": [Reply(550, "5.1.1 no"), None]}, silent_at=".")
    conversation, session, _ = talk(quirks)
    refused, waiting = conversation.play(client.transaction(session, MAIL, [ONE, TWO]))
    assert refused.exit is Exit.NOUSER
    assert waiting.exit is Exit.TEMPFAIL


def test_replies_that_were_not_given_are_lost(talk: Any) -> None:
    _, session, _ = talk()
    steps = client.transaction(session, MAIL, [ONE, TWO])
    next(steps)
    steps.send((Reply(250, "2.1.0 ok"),))
    with pytest.raises(StopIteration) as stop:
        steps.send((Reply(550, "5.1.1 no"),))
    assert [result.reply.code for result in stop.value.value] == [550, 421]
    assert stop.value.value[1].reply == lost("mx.test")


def test_twenty_messages_take_nineteen_resets(talk: Any) -> None:
    conversation, session, _ = talk()
    for n in range(20):
        assert n == 0 or conversation.play(client.probe(session))
        conversation.play(client.transaction(session, MAIL, [ONE]))
    conversation.play(client.quit(session))
    assert conversation.verbs.split().count("RSET") == 19
    assert conversation.verbs.split().count("QUIT") == 1
    assert conversation.phases.count("misc") == 19


@pytest.mark.parametrize(
    ("quirks", "verbs"),
    [
        (Quirks(replies={"RSET": Reply(421, "x")}), "RSET QUIT"),
        (Quirks(replies={"RSET": Reply(500, "x")}), "RSET QUIT"),
        (Quirks(silent_at="RSET"), "RSET"),
        (Quirks(close_after="."), "RSET"),
    ],
)
def test_a_kept_connection_that_fails_its_probe_is_not_used(talk: Any, quirks: Quirks, verbs: str) -> None:
    conversation, session, _ = talk(quirks)
    (result,) = conversation.play(client.transaction(session, MAIL, [ONE]))
    assert result.exit is Exit.OK
    assert not conversation.play(client.probe(session))
    assert conversation.verbs == f"EHLO MAIL RCPT DATA (message) {verbs}"


def test_after_a_failed_transaction_any_answer_to_rset_will_do(talk: Any) -> None:
    odd = {"MAIL": [Reply(550, "no"), None], "RSET": Reply(500, "what?")}
    conversation, session, _ = talk(Quirks(replies=odd))
    conversation.play(client.transaction(session, MAIL, [ONE]))
    assert conversation.play(client.probe(session))


def test_quit_is_said_once(talk: Any) -> None:
    conversation, session, _ = talk()
    conversation.play(client.quit(session))
    conversation.play(client.quit(session))
    assert conversation.verbs == "EHLO QUIT"

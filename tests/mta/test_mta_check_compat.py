"""check_compat: a sender and a recipient who do not go together."""

from tests.mta.ruled import HERE, brought, logged, ruled

RULES = """
Scheck_compat
R<taro@$*> $| <jiro@$*>  $#error $@ 5.7.1 $: "550 not to jiro"
R$* $| <gone@$*>  $#discard $: discard
"""


def test_some_are_refused_or_lost_and_the_others_get_it() -> None:
    world, mail = ruled(RULES)
    world.user(mail, "gone")
    assert brought(world, "Subject: x", to=("hana", "jiro", "gone"))[0].startswith("250")
    trace = world.run(until=world.env.now + 60)
    states = {row.recipient: row.state for row in trace.messages if not row.notice}
    assert states == {"hana@here.example": "delivered", "jiro@here.example": "bounced", "gone@here.example": "lost"}


def test_the_log_says_who_and_why() -> None:
    world, mail = ruled(RULES)
    world.user(mail, "gone")
    brought(world, "Subject: x", to=("jiro", "gone"))
    relay = "relay=pc.far.example [10.0.0.2]"
    lines = [line for line in logged(world) if line.startswith("ruleset=check_compat, arg1=<taro@far.example>, ")]
    assert [line.split(", ", 2)[2] for line in lines] == [
        f"arg2=<jiro@here.example>, {relay}, reject=550 5.7.1 <jiro@here.example>... not to jiro",
        f"arg2=<gone@here.example>, {relay}, discard",
    ]


def test_another_sender_goes_with_him() -> None:
    world, mail = ruled(RULES)
    mail.submit("hana@here.example", "jiro@here.example")
    assert world.run(until="1m").totals()["delivered"] == 1


def test_what_can_pass_is_tried_again() -> None:
    world, mail = ruled('Scheck_compat\nR$* $| $*  $#error $@ 4.7.1 $: "450 not now"')
    mail.submit("hana@here.example", "jiro@here.example")
    trace = world.run(until="1m")
    assert trace.totals()["queued"] == 1
    assert trace.syslog(HERE).endswith(", stat=Deferred\n")

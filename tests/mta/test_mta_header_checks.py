"""What rules say of a message that comes: it is refused, taken and thrown away, or held back."""

import pytest

from simlib import World
from simlib.mta.sendmail import Sendmail
from tests.mta.ruled import HERE, begun, brought, logged, ruled

SUBJECT = """
HSubject: $>CheckSubject
SCheckSubject
Rbad $*  $#error $@ 5.7.1 $: "554 no such subject"
Rgone $*  $#discard $: discard
Rheld $*  $#error $@ quarantine $: look at it
"""


def with_subject(subject: str, cf: str = "") -> tuple[World, Sendmail, str]:
    world, mail = ruled(SUBJECT + cf)
    return world, mail, brought(world, f"Subject: {subject}")[0]


def test_a_header_that_is_refused_is_refused_at_the_dot() -> None:
    world, _, reply = with_subject("bad one")
    assert reply == "554 5.7.1 no such subject"
    assert world.run(until="1m").totals()["bounced"] == 1
    assert "to=<hana@here.example>, delay=00:00:00, pri=30024, stat=no such subject" in logged(world)


def test_other_subjects_and_other_headers_are_taken() -> None:
    world, _ = ruled(SUBJECT)
    assert brought(world, "Subject: a bad one", "X-Subject: bad")[0].startswith("250")
    assert world.run(until="1m").totals()["delivered"] == 1


def test_of_several_refusals_the_last_counts_and_all_are_logged() -> None:
    world, _ = ruled('H*: $>CheckAll\nSCheckAll\nR$*  $#error $@ 5.7.1 $: "554 not " $1')
    assert brought(world, "X-One: first", "X-Two: second")[0] == "554 5.7.1 not second"
    assert [line.rpartition("reject=")[2] for line in logged(world) if "CheckAll" in line] == [
        "554 5.7.1 not first",
        "554 5.7.1 not second",
    ]


@pytest.mark.parametrize(("level", "told"), [(9, True), (5, True), (4, False)])
def test_what_is_discarded_is_taken_and_lost(level: int, told: bool) -> None:
    world, _, reply = with_subject("gone one", f"O LogLevel={level}")
    assert reply.endswith("Message accepted for delivery")
    totals = world.run(until="1m").totals()
    assert (totals["submitted"], totals["lost"], totals["notices"]) == (1, 1, 0)
    assert ("discarded" in logged(world)) is told


def test_the_end_of_the_header_is_checked_with_its_count_and_its_size() -> None:
    world, _ = ruled('Scheck_eoh\nR$* $| $*  $#error $@ 5.7.1 $: "554 headers " $1 " bytes " $2')
    assert brought(world, "Subject: x", "X-One: 1")[0] == "554 5.7.1 headers 2 bytes 21"


def test_check_data_is_asked_how_many_recipients_there_are() -> None:
    world, _ = ruled('Scheck_data\nR2  $#error $@ 5.7.1 $: "550 two"')
    session = begun(world)
    session("RCPT TO:<hana@here.example>")
    session("RCPT TO:<jiro@here.example>")
    assert session("DATA") == "550 5.7.1 two"


def test_what_is_quarantined_is_not_delivered_and_not_shown() -> None:
    world, mail, reply = with_subject("held one")
    assert reply.startswith("250")
    mail.queue_run(at="10m")
    trace = world.run(until="1h")
    assert (trace.totals()["queued"], len(trace.deliveries)) == (1, 0)
    assert world.shell(mail)("mailq").startswith("/var/spool/mqueue is empty")
    assert [entry.quarantined for entry in mail.queue.quarantined] == ["look at it"]
    assert "quarantine=look at it" in trace.syslog(HERE)


def test_a_verdict_is_over_with_its_message() -> None:
    world, mail = ruled(SUBJECT)
    _, session = brought(world, "Subject: gone one")
    for subject in ("held one", "a fine one"):
        session("MAIL FROM:<taro@far.example>")
        session("RCPT TO:<hana@here.example>")
        session("DATA")
        session(f"Subject: {subject}\n\nhello\n.")
    assert world.run(until="1m").totals()["delivered"] == 1
    assert len(mail.queue.quarantined) == 1


OFFER = "HX-Offer: $>CheckOffer\nSCheckOffer\nR$*  "


def test_a_letter_that_is_typed_is_checked_and_comes_back() -> None:
    world, mail = ruled(f'{OFFER}$#error $@ 5.7.1 $: "553 no offers"')
    assert world.shell(mail, "jiro")("sendmail hana", input="X-Offer: money\n\nhello\n") == "no offers"
    assert {"ruleset=CheckOffer, arg1= money, relay=jiro@localhost, reject=553 5.7.1 no offers"} <= set(logged(world))
    assert [*world.run(until="5m").deliveries["mailbox"]] == ["jiro"]


def test_a_letter_that_is_typed_may_be_thrown_away() -> None:
    world, mail = ruled(f"{OFFER}$#discard $: discard")
    assert world.shell(mail, "jiro")("sendmail hana", input="X-Offer: money\n\nhello\n") == ""
    assert "discarded" in logged(world)
    assert not world.run(until="5m").deliveries["mailbox"]
    assert world.shell(mail)("mailq").startswith("/var/spool/mqueue is empty")

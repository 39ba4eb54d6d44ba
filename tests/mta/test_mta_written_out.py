"""How a mailer writes addresses: its S= and R= for the envelope and for the header."""

import re

from simlib import Trace
from tests.mta.ruled import ruled

RULES = """
Mesmtp, P=[IPC], F=mDFMuXa, S=EnvFrom/HdrFrom, R=EnvTo/HdrTo, E=\\r\\n, L=990, T=DNS/RFC822/SMTP, A=TCP $h
SEnvFrom
R$* < @ $=w . >  $: $1 < @ env.example . >
SHdrFrom
R$* < @ $=w . >  $: $1 < @ hdr.example . >
SEnvTo
R$* < @ $* >  $: to.$1 < @ $2 >
SHdrTo
R$* < @ $* >  $: see.$1 < @ $2 >
"""
HEADER = """From: Hana <hana@here.example> (at home)
To: x@far.example, "Y, Z" <y@far.example>
Cc: u1@far.example, u2@far.example, u3@far.example, u4@far.example
Reply-To: jiro@here.example
X-From: hana@here.example
"""


def sent(cf: str, sender: str = "hana@here.example") -> Trace:
    """A message goes to another host and, where its envelope does not part, to a mailbox here."""
    world, mail = ruled(cf)
    world.peer("mx.far.example", domain="far.example")
    mail.submit(sender, "x@far.example", "jiro@here.example", message=f"{HEADER}\nhello\n".encode())
    return world.run(until="1m")


def fields(trace: Trace, mailbox: str = "to.x") -> dict[str, str]:
    """The header that came to a mailbox, folded as it came."""
    head = trace.content(1, mailbox).decode().partition("\n\n")[0]
    return dict(re.findall(r"(?m)^([\w-]+): (.*(?:\n\s.*)*)", head))


def test_the_envelope_is_written_by_the_first_of_each_pair() -> None:
    dialogue = sent(RULES).dialogue(1)
    assert "MAIL From:<hana@env.example>" in dialogue
    assert "RCPT To:<to.x@far.example>" in dialogue


def test_the_header_is_written_by_the_second_and_names_and_comments_stay() -> None:
    header = fields(sent(RULES))
    assert header["From"] == "Hana <hana@hdr.example> (at home)"
    assert header["Reply-To"] == "jiro@hdr.example"
    assert header["To"] == 'see.x@far.example, "Y, Z" <see.y@far.example>'
    assert header["X-From"] == "hana@here.example"


def test_a_list_is_folded_where_a_line_is_full() -> None:
    lines = fields(sent(RULES))["Cc"].split("\n")
    assert lines == ["see.u1@far.example, see.u2@far.example, see.u3@far.example,", "        see.u4@far.example"]


def test_the_null_sender_stays_nobody() -> None:
    assert "MAIL From:<> " in sent(RULES, sender="").dialogue(1)


def test_another_mailer_writes_them_as_they_are() -> None:
    assert fields(sent(RULES), "jiro")["From"] == "Hana <hana@here.example> (at home)"


def test_a_mailer_without_comments_leaves_names_away() -> None:
    header = fields(sent(RULES.replace("F=m", "F=cm")))
    assert header["From"] == "hana@hdr.example"
    assert header["To"] == "see.x@far.example, see.y@far.example"


def test_what_is_written_once_is_known() -> None:
    ways = ruled(RULES)[1].installation.ways
    asked = ways.how_to_write("hana@here.example", "esmtp", {}, True, False)
    assert not isinstance(asked, str)
    ways.learn_to_write(asked, "hana@env.example")
    assert ways.how_to_write("hana@here.example", "esmtp", {}, True, False) == "hana@env.example"
    assert not isinstance(ways.how_to_write("hana@here.example", "esmtp", {}, True, True), str)


def test_masks_are_for_other_hosts_where_there_are_no_rules() -> None:
    trace = sent("DMcompany.example\nCMhere.example")
    assert fields(trace, "x")["From"] == "Hana <hana@company.example> (at home)"
    assert fields(trace, "jiro")["From"] == "Hana <hana@here.example> (at home)"

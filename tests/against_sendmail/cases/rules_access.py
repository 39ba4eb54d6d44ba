"""The access table: who may connect, who may send, to whom, and for whom mail is passed on."""

from tests.against_sendmail.case import Case, Step
from tests.against_sendmail.cases.rules_site import (
    INSIDE,
    NAMELESS,
    OUTSIDE,
    SPAMMER,
    asks,
    brings,
    case,
    senders,
    types,
)
from tests.against_sendmail.mc import Mc

FEATURE = "FEATURE(`access_db')\n"
BLOCK = "FEATURE(`blocklist_recipients')\n"
ALL = ("taro@snd.test", "hana@snd.test", "u@far.test")
FROMS = ("a@far.test", "bad@far.test", "a@a.far.test", "a@spam.test", "a@away.test", "bad+x@far.test")


def table(name: str, lines: str, *steps: Step, features: str = "", **more: object) -> Case:
    """A case with an access table of these lines."""
    return case(name, Mc(FEATURE + features, maps={"access": lines}), *steps, **more)


def connect(name: str, lines: str, *clients: str) -> Case:
    """Clients ask for a user of this host and for one elsewhere."""
    return table(f"connect: {name}", lines, *(asks(*ALL, client=client) for client in clients or (OUTSIDE, SPAMMER)))


def sender(name: str, lines: str, *froms: str, features: str = "") -> Case:
    """A client comes with several senders."""
    return table(f"from: {name}", lines, senders(*(froms or FROMS)), features=features)


def recipient(name: str, lines: str, features: str = BLOCK, rcpts: tuple[str, ...] = ALL) -> Case:
    """A client asks for several recipients."""
    return table(f"to: {name}", lines, asks(*rcpts), features=features)


CONNECT = [
    connect("a domain is rejected", "Connect:spam.test\tREJECT\n"),
    connect("a host is rejected", "Connect:bad.spam.test\tREJECT\n"),
    connect("an address is rejected", "Connect:10.99.1.41\tREJECT\n"),
    connect("a net is rejected, one of it not", "Connect:10.99.1\tREJECT\nConnect:10.99.1.31\tOK\n"),
    connect("a net is rejected, with a text", "Connect:10.99.1\tERROR:5.7.1:550 not from that net\n"),
    connect("a text of its own", "Connect:spam.test\t553 go away\n"),
    connect("an error with a status", "Connect:spam.test\tERROR:4.2.2:450 mailbox full\n"),
    connect("a domain is discarded", "Connect:spam.test\tDISCARD\n"),
    connect("a domain may relay", "Connect:far.test\tRELAY\n"),
    connect("an address may relay", "Connect:10.99.1.51\tRELAY\n", NAMELESS, OUTSIDE),
    connect("OK is not RELAY", "Connect:far.test\tOK\n"),
    connect("no look below", "Connect:spam.test\tREJECT\nConnect:bad.spam.test\tSKIP\n"),
    connect("without a tag", "spam.test\tREJECT\n10.99.1.31\tRELAY\n"),
    connect("a tag goes before none", "spam.test\tREJECT\nConnect:spam.test\tOK\n"),
    connect("a temporary error in words", "Connect:spam.test\tERROR:tempfail not now\n"),
    connect("quarantine", "Connect:spam.test\tQUARANTINE:look at this\n"),
    table("connect: what a discarded client brings", "Connect:spam.test\tDISCARD\n", brings("taro@snd.test", client=SPAMMER)),
    table("connect: what a quarantined client brings", "Connect:spam.test\tQUARANTINE:look at this\n", brings("taro@snd.test", client=SPAMMER)),
    table("connect: this host itself", "Connect:localhost\tREJECT\nConnect:127.0.0.1\tREJECT\n", *types("u@far.test")),
    table("connect: passed on for a client", "Connect:pc.snd.test\tRELAY\n", brings("u@far.test", "hana@snd.test", client=INSIDE)),
]  # fmt: skip
FROM = [
    sender("a domain", "From:far.test\tREJECT\n"),
    sender("a user", "From:bad@far.test\tREJECT\n"),
    sender("a user anywhere", "From:bad@\tREJECT\n", *FROMS, "bad@snd.test"),
    sender("a user of this host", "From:taro@\tERROR:5.7.1:550 taro does not write\n", "taro@snd.test", "taro"),
    sender("a domain but one user", "From:far.test\tREJECT\nFrom:bad@far.test\tOK\n"),
    sender("a domain but one host", "From:far.test\tREJECT\nFrom:a.far.test\tOK\n"),
    sender("SKIP", "From:far.test\tREJECT\nFrom:a.far.test\tSKIP\n"),
    sender("texts", "From:bad@far.test\t550 bad one\nFrom:spam.test\tERROR:550 we take no spam\nFrom:away.test\tERROR:5.7.1:571 \"away, please\"\n"),
    sender("temporarily", "From:far.test\tERROR:4.7.1:450 later\n"),
    sender("a domain that has no address", "From:nosuch.test\tOK\n", "a@nosuch.test", "a@other.nosuch.test", "a@nosuch2.test"),
    sender("the null sender", "From:<>\tREJECT\n", "", "a@far.test"),
    sender("RELAY means OK", "From:far.test\tRELAY\n", "a@far.test"),
    sender("relaying by sender, whole addresses", "From:a@far.test\tRELAY\n", "a@far.test", features="FEATURE(`relay_mail_from')\n"),
    sender("a domain that is discarded", "From:spam.test\tDISCARD\n", "a@spam.test", "a@far.test"),
    table("from: what a discarded sender brings", "From:spam.test\tDISCARD\n", brings("taro@snd.test", sender="a@spam.test")),
    table("from: what a quarantined sender brings", "From:spam.test\tQUARANTINE:odd\n", brings("taro@snd.test", sender="a@spam.test")),
    table("from: letters of this host", "From:taro@snd.test\tREJECT\n", *types("u@far.test"), *types("u@far.test", sender="hana@snd.test")),
    table("from: a table that folds no case", "From:FAR.test\tREJECT\n", senders("a@far.test", "a@FAR.TEST")),
]  # fmt: skip
TO = [
    recipient("a user", "To:hana@\tREJECT\n"),
    recipient("an address", "To:hana@snd.test\tERROR:5.2.1:550 box is closed\n"),
    recipient("the host", "To:snd.test\tREJECT\nTo:taro@snd.test\tOK\n"),
    recipient("a domain elsewhere", "To:far.test\tREJECT\n"),
    recipient("without blocklist_recipients", "To:hana@snd.test\tREJECT\nTo:far.test\tRELAY\n", features=""),
    recipient("under the old name", "hana@snd.test\t550 no\n", features="FEATURE(`blacklist_recipients')\n"),
    recipient("without a tag", "hana@\tREJECT\nfar.test\tRELAY\n"),
    recipient("passed on to a domain", "To:far.test\tRELAY\n", rcpts=(*ALL, "u@a.far.test", "u@away.test")),
    recipient("passed on to a host", "To:a.far.test\tRELAY\n", rcpts=("u@a.far.test", "u@deep.a.far.test", "u@far.test")),
    recipient("passed on to an address", "To:u@far.test\tRELAY\n", features="", rcpts=("u@far.test", "v@far.test")),
    case("to: passed on to an address, where that is meant", Mc("FEATURE(`access_db', `', `relaytofulladdress')\n", maps={"access": "To:u@far.test\tRELAY\n"}),
         asks("u@far.test", "v@far.test", "u+x@far.test")),
    case("to: SKIP, where that is meant", Mc("FEATURE(`access_db', `', `skip')\n", maps={"access": "Connect:far.test\tREJECT\nConnect:out.far.test\tSKIP\n"}),
         asks(*ALL)),
    recipient("a user with a detail", "To:taro@snd.test\tREJECT\n", rcpts=("taro+x@snd.test", "taro@snd.test")),
    recipient("a user without the host", "To:taro@\tREJECT\n", rcpts=("taro", "taro@snd.test", "TARO@snd.test")),
    recipient("discarded", "To:hana@snd.test\tDISCARD\n"),
    table("to: what is brought to one who is discarded", "To:hana@snd.test\tDISCARD\n", brings("taro@snd.test", "hana@snd.test"), features=BLOCK),
    table("to: letters of this host", "To:u@far.test\tREJECT\n", *types("u@far.test", "v@far.test"), features=BLOCK),
    table("to: dots are looked for, where that is meant", "To:.far.test\tRELAY\nFrom:.spam.test\tREJECT\n",
          asks("u@a.far.test", "u@far.test"), senders("a@bad.spam.test", "a@spam.test"), features="FEATURE(`lookupdotdomain')\n"),
    case("to: a map that is not there, and need not", Mc("FEATURE(`access_db', `hash -T<TMPF> -o /etc/mail/access')\n"), asks(*ALL)),
    case("to: a map that is not there", Mc(FEATURE), asks(*ALL)),
]  # fmt: skip
CASES = [*CONNECT, *FROM, *TO]

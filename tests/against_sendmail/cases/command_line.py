"""What sendmail does when somebody types it: its options and modes, what it says, how it ends."""

from simlib.smtp import Quirks, Reply
from tests.against_sendmail.case import Case, Letter, Run, Type
from tests.against_sendmail.cases.site import BUSY, FINE, NO_USER, ZONE, to
from tests.against_sendmail.users import HOMES, File, Household

LETTER = "Subject: typed\n\nhi\n"
UP = {"mx1.test": FINE, "mx2.test": FINE, "mx3.test": FINE}
CLOSING = Reply(421, "4.3.2 closing")
ALIASES = """x: taro
list: taro, hana@one.test
staff: taro, hana, far@one.test
many: b@two.test, hana, a@one.test, taro, c@one.test, "|/bin/true", u@three.test
others: hana@one.test, jiro@two.test
prog: "|/bin/true"
words: "|x y", /dev/null, \\taro
file: /var/spool/xx
bad: list, ghost
"""


def typed(*lines: str, stdin: str = LETTER, user: str = "root") -> tuple[Type, ...]:
    """Commands, one after the other; how each ends is compared, too."""
    return tuple(Type(line, stdin, user, status=True) for line in lines)


def place(where: str, reply: Reply) -> Quirks:
    """A peer that says this there."""
    return Quirks(greeting=reply) if where == "greeting" else Quirks(replies={where: reply})


ARRIVED = Run(observe=("arrived by line", "deliveries"))
RUN = typed("sendmail -q -v", "mailq")
ONE = (Letter(("a@one.test",)),)
REPLIES = (("BUSY", BUSY), ("no", NO_USER), ("closing", CLOSING))

RUNS = [
    Case(f"a run is watched: {name} at {where}", ONE, {"mx1.test": place(where, reply)}, ZONE, aliases=ALIASES, steps=RUN)
    for where in ("greeting", "EHLO", "MAIL", "RCPT", "DATA", ".")
    for name, reply in REPLIES
    if name != "closing" or where in ("greeting", "EHLO")  # later on it is chance whether the reset is seen first
] + [
    Case("a run is watched: three hosts, one up", to("hana@one.test", "jiro@two.test", "u@three.test"), UP, ZONE,
         states={"mx2.test": "refusing", "mx3.test": "unreachable"}, aliases=ALIASES, steps=RUN),
    Case("a run is watched: a connection is used again", to("hana@one.test", "jiro@one.test"), UP, ZONE,
         aliases=ALIASES, steps=RUN),
    Case("a run is watched: another mail host", to("u@ba.test"), UP, f"{ZONE}\nba MX 10 mx2\nba MX 20 mx1", states={"mx2.test": "refusing"},
         aliases=ALIASES, steps=RUN),
    Case("a run is watched: without extensions", ONE, {"mx1.test": Quirks(extensions=frozenset())}, ZONE,
         aliases=ALIASES, steps=RUN),
    Case("a run is watched: no such host", to("a@nowhere.test"), {}, ZONE, aliases=ALIASES, steps=RUN),
    Case("a run is watched: too old", ONE, UP, ZONE, cf="O Timeout.queuereturn=1m", states={"mx1.test": "refusing"},
         aliases=ALIASES, steps=RUN),
    Case("a run is watched: a warning", ONE, UP, ZONE, cf="O Timeout.queuewarn=1m", states={"mx1.test": "refusing"},
         aliases=ALIASES, steps=RUN),
    Case("a run is watched: nothing to do", (), UP, ZONE, steps=RUN),
    Case("a run is watched: too young", ONE, UP, ZONE, cf="O MinQueueAge=30m", states={"mx1.test": "refusing"},
         aliases=ALIASES, steps=(*RUN, *RUN)),
    Case("a run is waited for", to("hana@one.test"), UP, ZONE, steps=typed("sendmail -qf", "mailq")),
]  # fmt: skip

LETTERS = [
    Case(f"a letter is watched: {name} at {where}", (), {"mx1.test": place(where, reply)}, ZONE, aliases=ALIASES,
         steps=typed("sendmail -v a@one.test", "sendmail -odi a@one.test"))
    for where in ("greeting", "MAIL", "RCPT", "DATA", ".")
    for name, reply in REPLIES[:2]
] + [
    Case("a letter is watched: lists", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -v others", "sendmail -v list", "sendmail -v x")),
    Case("a letter is watched: nobody", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -v ghost", "sendmail -v hana@one.test ghost", "sendmail -v x@nowhere.test")),
    Case("how it is delivered", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -odi taro", "sendmail -odb hana@one.test", "sendmail -odq taro", "sendmail -odd taro",
                     "sendmail -ODeliveryMode=i taro", "sendmail -odi bad", "sendmail -odi taro ghost", "mailq")),
    Case("how errors are told", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -oep ghost", "sendmail -oem ghost", "sendmail -oee ghost", "sendmail -em ghost",
                     "sendmail -ee ghost", "sendmail -OErrorMode=m ghost", "sendmail -ex taro")),
    Case("recipients in the header", (), UP, ZONE, aliases=ALIASES,
         steps=(*typed("sendmail -t -v", stdin="To: hana@one.test\nSubject: typed\n\nhi\n"),
                *typed("sendmail -t", stdin="To: Taro <taro>, hana@one.test\nCc: jiro@two.test\nSubject: typed\n\nhi\n"),
                *typed("sendmail -t taro", stdin="To: hana@one.test\nSubject: typed\n\nhi\n"),
                *typed("sendmail -t", stdin="Resent-To: taro\nTo: hana@one.test\nSubject: typed\n\nhi\n"),
                *typed("sendmail -t", stdin="Subject: typed\n\nhi\n"), *typed("mailq"))),
    Case("a letter ends at a dot", (), UP, ZONE, aliases=ALIASES,
         steps=(*typed("sendmail taro", "sendmail -i taro", "sendmail -oi taro", stdin="Subject: typed\n\none\n.\ntwo\n"),
                *typed("mailq"))),
    Case("a full name", (), UP, ZONE, aliases=ALIASES,
         steps=(*typed("sendmail -odq -F 'Full Name' -f taro hana@one.test"), ARRIVED,
                *typed("sendmail -odq -F 'A. B. Name' hana@one.test"), ARRIVED,
                *typed("sendmail -odq -F 'Full Name' hana@one.test", stdin="From: hana\nSubject: typed\n\nhi\n"),
                ARRIVED)),
    Case("what arrives of a header with recipients", (), UP, ZONE, aliases=ALIASES,
         steps=(*typed("sendmail -odq -t -f taro",
                       stdin="To: hana@one.test\nCc: jiro@two.test\nBcc: u@one.test\nSubject: typed\n\nhi\n"), ARRIVED)),
    Case("no aliases", (), UP, ZONE, aliases=ALIASES, steps=typed("sendmail -n -bv list", "sendmail -bv list")),
]  # fmt: skip

OPTIONS = [
    Case("options that there are not", (), UP, ZONE,
         steps=typed("sendmail -OFoo=1 -q", "sendmail -O", "sendmail -OTimeout.foo=1m -bp", "sendmail -o? -bp",
                     "sendmail -OQueueSortOrder=zz -bp", "sendmail -ODeliveryMode=x -bp",
                     "sendmail -odx -bp", "sendmail -OEightBitMode=x -bp", "sendmail -OPrivacyOptions=foo -bp",
                     "sendmail -O=3 -bp")),
    Case("options that are taken", to("hana@one.test"), UP, ZONE,
         steps=typed("sendmail -OQueueSort=time -bp", "sendmail -OMinQueueAge=5x -bp", "sendmail -OMaxHopCount=abc -bp",
                     "sendmail -O MaxHopCount -bp", "sendmail -oMrSMTP -bp", "sendmail -q5x -bp", "sendmail -ex -bp")),
    Case("another queue", to("hana@one.test"), UP, ZONE, directories=("other",),
         steps=typed("sendmail -oQ/var/spool/mqueue/other -bp", "sendmail -oQ/var/spool/mqueue/other -q -v",
                     "sendmail -OQueueDirectory=/var/spool/mqueue/other -odq hana@one.test", "mailq",
                     "sendmail -oQ/var/spool/mqueue/other -bp", "sendmail -oQ/var/spool/mqueue/other -q -v",
                     "sendmail -oQ/nowhere -bp", "sendmail -OQueueDirectory=/nowhere -q")),
    Case("the cure of every handbook", to("a@one.test", "b@one.test"), UP, ZONE, states={"mx1.test": "refusing"},
         cf="O HostStatusDirectory=.hoststat",
         steps=typed("sendmail -q -v", "sendmail -q -v", "sendmail -OTimeout.hoststatus=0m -q -v", "hoststat")),
    Case("without a connection cache", to("a@one.test", "b@one.test"), UP, ZONE,
         steps=typed("sendmail -q -v -OConnectionCacheSize=0"),
         simplified="without a cache QUIT is said before it is told what came of a letter, not after that"),
    Case("another order", (Letter(("a@one.test",), size=5000), Letter(("b@two.test",), size=1000)), UP, ZONE,
         steps=typed("sendmail -bp", "sendmail -OQueueSortOrder=time -bp", "sendmail -q -v -OQueueSortOrder=time")),
    Case("smaller messages", (), UP, ZONE, steps=typed("sendmail -OMaxMessageSize=5 hana@one.test")),
    Case("options of others than root", to("hana@one.test"), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -odq -bp", "sendmail -OPrivacyOptions=noexpn -bp", "sendmail -OMaxHopCount=3 -bp",
                     "sendmail -OTimeout.hoststatus=0m -q -v", "sendmail -OFoo=3 -bp", "sendmail -oMrfoo -bp",
                     "sendmail -oMxfoo -bp", "sendmail -OMaxHopCount=3 hana@one.test", "sendmail -bd", "sendmail -bD",
                     "sendmail -bi", "sendmail -bH", "sendmail -Qx -qRone", "sendmail -bP", "sendmail -bz",
                     "sendmail -OMaxHopCount=3 -bv taro", "sendmail -q -v", "sendmail -v -odi hana@one.test",
                     user="nobody")),
    Case("no such file", (), UP, ZONE, steps=typed("sendmail -C/nofile -bp", "sendmail -C /nofile -q", "sendmail -C")),
]  # fmt: skip

WAITING = (
    Letter(("hana@one.test",), size=2000),
    Letter(("hana@one.test", "jiro@two.test"), sender="hana@snd.test", headers={"Precedence": "list"}),
    Letter(("u@three.test",)),
)
QUEUE = [
    Case("a part of the queue is listed", WAITING, UP, ZONE,
         steps=typed("mailq -qRone", "mailq -qRONE", "mailq -qShana", "mailq -q!Rone", "mailq -qI{m01}",
                     "mailq -qI{m01} -v", "mailq -q!I{m01}", "mailq -qRnobody", "mailq -qR", "mailq -q", "mailq -qf",
                     "mailq -qRone -qRtwo", "mailq -qRone -qShana", "sendmail -qRtwo -bp", "mailq -Ac", "mailq x")),
    Case("groups, the lost and the quarantined", WAITING, UP, ZONE,
         steps=typed("mailq -qGfoo", "mailq -qGmqueue", "mailq -qL", "mailq -qQ", "sendmail -qGfoo", "sendmail -qL",
                     "sendmail -qG", "sendmail -bP", "sendmail -Q -bp")),
    Case("some is held back", WAITING, UP, ZONE,
         steps=typed("sendmail -Qreason -qRtwo -v", "mailq", "mailq -qQ", "mailq -qQeas", "mailq -qQother",
                     "sendmail -Q -qRtwo", "mailq -qQ", "sendmail -q -v -qRtwo", "sendmail -qQ -Q -v", "mailq -qQ",
                     "sendmail -Qall", "mailq")),
    Case("a part of the queue is run", WAITING, UP, ZONE,
         steps=typed("sendmail -qRthree -v", "sendmail -qRnobody -v", "sendmail -q!Rone -v", "sendmail -qI{m00} -v",
                     "sendmail -qSnobody -qRone -v", "mailq")),
    Case("what cannot be run", WAITING, UP, ZONE,
         steps=typed("sendmail -qz", "sendmail -qX", "sendmail -q5x", "sendmail -q!X", "sendmail -q!", "sendmail -vq")),
]  # fmt: skip

USAGE = [
    Case("what is wrong with the command line", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail", "sendmail -bv", "sendmail -bx", "sendmail -bz", "sendmail -ftaro", "sendmail -G",
                     "sendmail -hx hana", "sendmail -Nfoo x", "sendmail -Rfoo x", "sendmail -V 'a b' x",
                     "sendmail -Bx x", "sendmail --help", "sendmail -U -bp", "sendmail -I", "sendmail -bs -bv",
                     *(f"sendmail -{letter}" for letter in "fFhpBrRVXOoeLMN"),
                     *(f"sendmail -{letter} x" for letter in "EHJKPSWYZjklux?"))),
    Case("what is said of addresses", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail a@b@c", "sendmail '|x'", "sendmail /file", "sendmail :include:/x", "sendmail 'taro@'",
                     "sendmail ghost", "sendmail taro ghost")),
    Case("the last mode counts", to("hana@one.test"), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -bv -bp taro", "sendmail -vbp", "mailq -bv taro", "sendmail -bp -bv")),
    Case("what it is", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -d0.1 -bp", "sendmail -d0.1 -bv taro", "sendmail -d0.1", "sendmail -bt -d0.1", stdin="")),
    Case("SMTP by a pipe", (), UP, ZONE, aliases=ALIASES,
         steps=(*typed("sendmail -bs", stdin=""), *typed("sendmail -bs", stdin="QUIT\n"),
                *typed("sendmail -bs", stdin="HELO x\nMAIL FROM:<taro>\nRCPT TO:<hana@one.test>\nDATA\nhi\n.\nQUIT\n"),
                *typed("sendmail -bs", stdin="MAIL FROM:<taro>\nRCPT TO:<hana@one.test>\nRCPT TO:<ghost>\nRSET\nQUIT\n"),
                *typed("sendmail -bs", stdin="MAIL FROM:<taro>\nRCPT TO:<taro>\nDATA\nSubject: typed\n\nhi\n.\nQUIT\n"),
                *typed("sendmail -bs", stdin="VRFY list\nEXPN list\nNOOP\nFOO\nHELO x\n"))),
]  # fmt: skip

VERIFIED = [
    Case("where odd addresses lead", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -bv '\"|prog\"'", "sendmail -bv '|prog'", "sendmail -bv /file", "sendmail -bv a,b",
                     "sendmail -bv taro,hana", "sendmail -bv TARO", "sendmail -bv taro+x", "sendmail -bv '\\taro'",
                     "sendmail -bv 'u@[10.99.1.1]'", "sendmail -bv 'u@[mx1.test]'", "sendmail -bv a@b@c",
                     "sendmail -bv :include:/etc/list", "sendmail -bv 'Taro Yamada <taro@one.test>'",
                     "sendmail -bv 'taro (Taro)'", "sendmail -bv ''", "sendmail -bv taro@snd.test",
                     "sendmail -bv taro@nowhere.test", "sendmail -bv @one.test:u@two.test",
                     "sendmail -bv u%one.test@snd.test", "sendmail -bv site!u", "sendmail -bv U@ONE.TEST",
                     "sendmail -bv taro@", "sendmail -bv @", "sendmail -bv 'a b'", "sendmail -bv ghost")),
    Case("where aliases lead", (), UP, ZONE, aliases=ALIASES,
         steps=typed("sendmail -bv list", "sendmail -bv LIST", "sendmail -bv prog", "sendmail -bv file",
                     "sendmail -bv bad", "sendmail -bv staff", "sendmail -bv many", "sendmail -bv words",
                     "sendmail -bv -v list", "sendmail -bv -v others", "sendmail -bv list hana@one.test ghost",
                     "sendmail -bv b@two.test a@one.test taro c@one.test")),
]  # fmt: skip

HOUSEHOLD = Household(
    users=("ken", "mia", "lee"),
    files=(
        File(f"{HOMES}/ken/.forward", "mia, lee@one.test\n", "ken"),
        File(f"{HOMES}/mia/.forward", "\\mia, hana@two.test\n", "mia"),
        File("/var/spool/lists/l", "# members\nmia\nken, u@one.test\n"),
    ),
    aliases="""\
inc: :include:/var/spool/lists/l
none: :include:/var/spool/lists/x
loop: loop2
loop2: loop
red: x@one.test.REDIRECT
""",
)
FORWARDED = [
    Case("where files lead", (), UP, ZONE, household=HOUSEHOLD,
         steps=typed("sendmail -v ken", "sendmail -v mia", "sendmail -v inc", "sendmail -v none", "sendmail -v lee",
                     "sendmail -bv ken", "sendmail -bv -v ken", "sendmail -bv inc", "sendmail -bv none",
                     "sendmail -bv loop", "sendmail -bv red", "sendmail -bv lee+x")),
]  # fmt: skip

CASES = RUNS + LETTERS + OPTIONS + QUEUE + USAGE + VERIFIED + FORWARDED

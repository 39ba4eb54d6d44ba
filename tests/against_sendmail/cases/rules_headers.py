"""Rules that look at the header of what comes in: H lines with $>, check_eoh, check_data."""

from tests.against_sendmail.case import Case, Step
from tests.against_sendmail.cases.rules_site import brings, case, letter, types
from tests.against_sendmail.mc import Mc

SUBJECT = "HSubject: $>CheckSubject\nSCheckSubject\n"
TO = ("taro@snd.test",)
MAKE_MONEY = "From: a@far.test\nX-Offer: make money\nTo: taro@snd.test"
PLAIN = "From: a@far.test\nTo: taro@snd.test"


def checked(name: str, rules: str, *heads: str, features: str = "", steps: tuple[Step, ...] = (), cf: str = "") -> Case:
    """Somebody brings messages with these headers."""
    mc = Mc(features, rules=f"LOCAL_RULESETS\n{rules}")
    return case(name, mc, *(brings(*TO, head=head) for head in heads), *steps, cf=cf)


def offer(answer: str, rules: str = "", flags: str = "") -> str:
    """X-Offer is judged: one that is about money gets this answer."""
    return f"HX-Offer: $>{flags}CheckOffer\nSCheckOffer\n{rules}R$* money $*\t{answer}\n"


CASES = [
    *(checked(f"a field is answered: {answer}", offer(answer), MAKE_MONEY, PLAIN) for answer in (
        "$#error $@ 5.7.1 $: 553 no money here", "$#error $: 550 no status", "$#error $@ 4.7.1 $: 451 later", "$#error $@ 5.7.1 $: no number",
        "$#discard $: discard", "$#error $@ quarantine $: money", "$#OK", "$@ OK", "$: still $1", "$#local $: taro", '$#error $@ 5.7.1 $: "553 quoted, text"')),
    checked("the Subject is refused", f"{SUBJECT}R$* v00 $*\t$#error $@ 5.7.1 $: 553 no such subject\nRv00\t$#error $@ 5.7.1 $: 553 just that\n", PLAIN, PLAIN),
    checked("the Subject by an expression", "Kmoney regex -a@MATCH ^(make|earn).*money\n" + f"{SUBJECT}R$*\t$: $(money $1 $: OK $)\nR$*@MATCH\t$#error $@ 5.7.1 $: 553 spam\n"
            .replace("Subject", "X-Offer", 1), MAKE_MONEY, "From: a@far.test\nX-Offer: nothing to make\nTo: taro@snd.test"),
    checked("no Message-Id", "HMessage-Id: $>CheckMessageId\nSCheckMessageId\nR< $+ @ $+ >\t$@ OK\nR$*\t$#error $@ 5.7.1 $: 553 header error\n",
            PLAIN, f"{PLAIN}\nMessage-Id: <1@far.test>", f"{PLAIN}\nMessage-Id: nonsense"),
    checked("all others", "H*: $>CheckAny\nSCheckAny\nR$* bad $*\t$#error $@ 5.7.1 $: 550 bad in $&{hdr_name}\n",
            f"{PLAIN}\nX-One: good", f"{PLAIN}\nX-One: bad one", f"{PLAIN}\nX-One: is bad", "From: a bad one <a@far.test>\nTo: taro@snd.test"),
    checked("all others, but one of its own", "H*: $>CheckAny\nHX-One: $>CheckOne\nSCheckOne\nRbad\t$#error $@ 5.7.1 $: 550 one\nSCheckAny\nRbad\t$#error $@ 5.7.1 $: 550 any\n",
            f"{PLAIN}\nX-One: bad", f"{PLAIN}\nX-Two: bad"),
    checked("comments are left out", offer("$#error $@ 5.7.1 $: 553 money"), "From: a@far.test\nX-Offer: good (money)\nTo: taro@snd.test"),
    checked("comments are kept", offer("$#error $@ 5.7.1 $: 553 money", flags="+"), "From: a@far.test\nX-Offer: good (money) too\nTo: taro@snd.test"),
    checked("a field of several lines", offer("$#error $@ 5.7.1 $: 553 money"), "From: a@far.test\nX-Offer: make\n\tmoney fast\nTo: taro@snd.test"),
    checked("two fields of a name", offer("$#error $@ 5.7.1 $: 553 money"), "From: a@far.test\nX-Offer: nothing\nX-Offer: your money now\nTo: taro@snd.test"),
    checked("an empty field", "HX-Offer: $>CheckOffer\nSCheckOffer\nR$@\t$#error $@ 5.7.1 $: 553 empty\n", "From: a@far.test\nX-Offer:\nTo: taro@snd.test"),
    checked("To is refused", "HTo: $>CheckTo\nSCheckTo\nR$* < $* @ snd.test > $*\t$#error $@ 5.7.1 $: 553 in brackets\nR$* @ far.test\t$#error $@ 5.7.1 $: 553 for $1\n",
            "From: a@far.test\nTo: Taro <taro@snd.test>", "From: a@far.test\nTo: u@far.test", PLAIN),
    checked("Received is counted", "HReceived: $>CheckReceived\nSCheckReceived\nRfrom bad $*\t$#error $@ 5.7.1 $: 553 by way of bad\n",
            f"Received: from good by x; Mon, 1 Jan 2001 00:00:00 +0000\n{PLAIN}", f"Received: from bad by x; Mon, 1 Jan 2001 00:00:00 +0000\n{PLAIN}"),
    checked("the length", "HX-Offer: $>CheckOffer\nKlen arith\nSCheckOffer\nR$*\t$: $(len l $@ $&{hdrlen} $@ 10 $)\nRFALSE\t$#error $@ 5.7.1 $: 553 too long: $&{hdrlen}\n",
            "From: a@far.test\nX-Offer: short\nTo: taro@snd.test", "From: a@far.test\nX-Offer: longer than that\nTo: taro@snd.test"),
    checked("who sends it", "HX-Offer: $>CheckOffer\nSCheckOffer\nR$*\t$: $&f $| $&{client_name} $| $&{rcpt_addr} $| $&{mail_addr} $| $&{client_addr}\nR$*\t$#error $@ 5.7.1 $: 553 $1\n", MAKE_MONEY),
    checked("$&{currHeader}", offer("$#error $@ 5.7.1 $: 553 $&{currHeader}"), MAKE_MONEY),
    checked("two fields are refused", offer("$#error $@ 5.7.1 $: 553 offer") + f"{SUBJECT}R$*\t$#error $@ 5.7.1 $: 554 subject\n", MAKE_MONEY),
    checked("a ruleset that is not there", "HX-Offer: $>CheckNothing\n", MAKE_MONEY),
    checked("a field is checked and has a default", "HX-Offer: $>CheckOffer\nSCheckOffer\nR$*\t$: $1\nHX-Default: of this host\n", MAKE_MONEY, PLAIN),
    checked("letters of this host", offer("$#error $@ 5.7.1 $: 553 no money here"), steps=tuple(
        one for one in types("taro", "u@far.test"))),
    case("letters of this host that are refused", Mc(rules="LOCAL_RULESETS\nHSubject: $>CheckSubject\nSCheckSubject\nRtyped\t$#error $@ 5.7.1 $: 553 nothing typed\n"),
         *types("taro", "u@far.test")),
    case("letters of this host that are discarded", Mc(rules="LOCAL_RULESETS\nHSubject: $>CheckSubject\nSCheckSubject\nRtyped\t$#discard $: discard\n"),
         *types("taro", "u@far.test")),
    case("letters in the queue", Mc(rules=f"LOCAL_RULESETS\n{offer('$: checked')}"), letters=(letter("u@far.test", head=MAKE_MONEY),)),
    checked("check_eoh: how many", "Scheck_eoh\nR$- $| $-\t$#error $@ 5.7.1 $: 553 $1 fields, $2 bytes\n", PLAIN, f"{PLAIN}\nX-One: 1"),
    checked("check_eoh: a field that is missing", "Kstore macro\nHX-Offer: $>CheckOffer\nSCheckOffer\nR$*\t$: $(store {Offer} $@ $1 $) $1\n"
            "Scheck_eoh\nR$*\t$: < $&{Offer} >\nR< $+ >\t$: $(store {Offer} $) OK\nR< >\t$#error $@ 5.7.1 $: 553 no offer\n", PLAIN, MAKE_MONEY, PLAIN),
    checked("check_eoh: discard", "Scheck_eoh\nR$*\t$#discard $: discard\n", PLAIN),
    checked("check_eoh: quarantine", "Scheck_eoh\nR$*\t$#error $@ quarantine $: eoh\n", PLAIN),
    checked("check_data: refused", "Scheck_data\nR$+\t$#error $@ 5.7.1 $: 550 $1 are too many\n", PLAIN),
    checked("check_data: later", "Scheck_data\nR1\t$#error $@ 4.7.1 $: 450 not for one\n", PLAIN),
    checked("check_data: discard", "Scheck_data\nR$*\t$#discard $: discard\n", PLAIN),
    case("check_data: by number", Mc(rules="LOCAL_RULESETS\nScheck_data\nR2\t$#error $@ 5.7.1 $: 550 two are too many\n"),
         brings("taro@snd.test", "hana@snd.test"), brings("taro@snd.test")),
    case("quarantined, then listed and let go", Mc(rules=f"LOCAL_RULESETS\n{offer('$#error $@ quarantine $: money')}"), brings(*TO, head=MAKE_MONEY), brings(*TO)),
]  # fmt: skip

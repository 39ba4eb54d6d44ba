"""Checks of one's own: Local_check_relay, Local_check_mail, Local_check_rcpt, check_vrfy, check_expn, check_etrn, check_compat."""

from tests.against_sendmail.case import Case, Step, Visit
from tests.against_sendmail.cases.rules_site import (
    INSIDE,
    OUTSIDE,
    SPAMMER,
    asks,
    brings,
    case,
    letter,
    letters,
    senders,
    types,
)
from tests.against_sendmail.mc import Mc

OPEN = "define(`confPRIVACY_FLAGS', `')\n"
ALIASES = "staff: taro, hana\nother: u@far.test\n"
FROMS = ("a@far.test", "a@spam.test", "bad@far.test", "", "taro@snd.test")
RCPTS = ("taro@snd.test", "hana@snd.test", "u@far.test", "u@away.test", "nosuch@snd.test")
CURIOUS = (
    "VRFY taro",
    "VRFY staff",
    "EXPN staff",
    "EXPN other",
    "VRFY nosuch",
    "ETRN far.test",
    "ETRN away.test",
    "QUIT",
)


def checked(name: str, rules: str, *steps: Step, features: str = "", letters: tuple = (), **more: object) -> Case:  # type: ignore[type-arg]
    """A case with these rulesets."""
    return case(name, Mc(features, rules=f"LOCAL_RULESETS\n{rules}"), *steps, letters=letters, **more)


def relay(name: str, rules: str, features: str = "") -> Case:
    """Local_check_relay, for a client from outside and one that is listed."""
    return checked(
        f"Local_check_relay: {name}",
        f"SLocal_check_relay\n{rules}",
        asks(*RCPTS[:3]),
        asks(*RCPTS[:3], client=SPAMMER),
        features=features,
    )


def mail(name: str, rules: str, features: str = "") -> Case:
    """Local_check_mail, with several senders."""
    return checked(f"Local_check_mail: {name}", f"SLocal_check_mail\n{rules}", senders(*FROMS), features=features)


def rcpt(name: str, rules: str, features: str = "") -> Case:
    """Local_check_rcpt, with several recipients, from outside and inside."""
    return checked(
        f"Local_check_rcpt: {name}",
        f"SLocal_check_rcpt\n{rules}",
        asks(*RCPTS),
        asks(*RCPTS, client=INSIDE),
        features=features,
    )


def curious(name: str, rules: str) -> Case:
    """Questions for names, and ETRN, by two clients."""
    visits = (Visit((f"EHLO {client}", *CURIOUS), client=client) for client in (OUTSIDE, INSIDE))
    return checked(name, rules, *visits, features=OPEN, aliases=ALIASES, letters=letters("u@away.test"))


def compat(name: str, rules: str) -> Case:
    """Who may write to whom, asked when mail is delivered."""
    return checked(f"check_compat: {name}", f"Scheck_compat\n{rules}", letters=(
        letter("u@far.test"), letter("hana@snd.test", "v@far.test"), letter("hana@snd.test", sender="bad@far.test"), letter("other@snd.test")), aliases=ALIASES)  # fmt: skip


CASES = [
    relay("by name", "R$* . spam.test $| $*\t$#error $@ 5.7.1 $: 550 no spam\n"),
    relay("by address", "R$* $| 10.99.1.41\t$#error $@ 4.7.1 $: 450 later, $&{client_name}\n"),
    relay("OK goes past the rest", "R$* spam.test $| $*\t$#OK\n", "FEATURE(`dnsbl', `bl.test')\n"),
    relay("discard", "R$* $| 10.99.1.41\t$#discard $: discard\n"),
    relay("quarantine", "R$* $| 10.99.1.41\t$#error $@ quarantine $: listed\n"),
    relay("delayed", "R$* . spam.test $| $*\t$#error $@ 5.7.1 $: 550 no spam\n", "FEATURE(`delay_checks')\n"),
    relay("by a map of one's own", "R$* $| $*\t$: $(bad $2 $: OK $)\nR$* <listed>\t$#error $@ 5.7.1 $: 550 $1 is listed\n",
          "LOCAL_CONFIG\nKbad regex -m -a<listed> ^10.99.1.4\n"),
    mail("a domain", "R$* @ spam.test $*\t$#error $@ 5.7.1 $: 550 no spam\n"),
    mail("a domain, focused", "R$*\t$: $>CanonAddr $1\nR$* < @ spam.test. > $*\t$#error $@ 5.7.1 $: 550 no spam\n"),
    mail("a user, with a text that is put together", "R<bad@$+>\t$#error $@ 5.1.8 $: 553 $1 lets $&f write, $&{client_addr}\n"),
    mail("OK goes past the rest", "R$*\t$#OK\n", "FEATURE(`access_db', `hash -T<TMPF> -o /etc/mail/access')\n"),
    mail("temporarily", "R$* far.test $*\t$#error $@ 4.7.1 $: 451 not today\n"),
    mail("discard", "R$* spam.test $*\t$#discard $: discard\n"),
    mail("quarantine", "R$* spam.test $*\t$#error $@ quarantine $: spam\n"),
    mail("without a number", "R$* spam.test $*\t$#error $@ 5.7.1 $: no number here\n"),
    mail("without anything", "R$* spam.test $*\t$#error $@ 5.7.1 $:\n"),
    mail("a number alone", "R$* spam.test $*\t$#error $: 554\n"),
    mail("421 hangs up", "R$* spam.test $*\t$#error $@ 4.7.0 $: 421 go\n"),
    mail("the null sender", "R<>\t$#error $@ 5.7.1 $: 550 write yourself\n"),
    mail("delayed", "R$* @ spam.test $*\t$#error $@ 5.7.1 $: 550 no spam\n", "FEATURE(`delay_checks')\n"),
    rcpt("a user", "R<hana@$*>\t$#error $@ 5.1.1 $: 550 nobody\n"),
    rcpt("by sender and client", "R$*\t$: $1 $| $&f $| $&{client_name}\nR<taro@$*> $| $* $| out.$*\t$#error $@ 5.7.1 $: 550 taro gets nothing from $2 by out.$3\n"),
    rcpt("OK relays", "R<u@far.test>\t$#OK\n"),
    rcpt("RELAY relays", "R<u@away.test>\t$@ RELAY\n"),
    rcpt("discard", "R<hana@$*>\t$#discard $: discard\n"),
    rcpt("quarantine", "R<hana@$*>\t$#error $@ quarantine $: hana\n"),
    rcpt("temporarily", "R<hana@$*>\t$#error $@ 4.2.2 $: 452 full\n"),
    rcpt("delayed", "R<hana@$*>\t$#error $@ 5.1.1 $: 550 nobody\n", "FEATURE(`delay_checks')\n"),
    rcpt("how many there were", "R$*\t$: $&{nrcpts} $| $&{nbadrcpts} $| $1\nR2 $| $*\t$#error $@ 5.7.1 $: 550 third: $1\n"),
    *(checked(f"{kind}, what is brought", f"SLocal_check_rcpt\nR<hana@$*>\t{answer}\n", brings("taro@snd.test", "hana@snd.test"))
      for kind, answer in {"discard": "$#discard $: discard", "quarantine": "$#error $@ quarantine $: hana", "refused": "$#error $@ 5.1.1 $: 550 nobody"}.items()),
    checked("Local_check_mail and letters of this host", "SLocal_check_mail\nR$* taro $*\t$#error $@ 5.7.1 $: 550 taro\nSLocal_check_rcpt\nR$* far $*\t$#error $@ 5.7.1 $: 550 far\n",
            *types("u@far.test", "hana"), *types("hana", sender="hana@snd.test")),
    curious("check_vrfy", "Scheck_vrfy\nRstaff\t$#error $@ 5.7.1 $: 550 no staff\nR$*\t$: $1\n"),
    curious("check_vrfy and check_expn, by client", "Scheck_vrfy\nR$*\t$: $1 $| $&{client_name}\nR$* $| out.far.test\t$#error $@ 5.7.1 $: 550 not for $&{client_name}: $1\n"
            "Scheck_expn\nR$*\t$: $>check_vrfy $1\n"),
    curious("check_expn", "Scheck_expn\nR$* other $*\t$#error $@ 4.7.1 $: 450 later\n"),
    curious("check_etrn", "Scheck_etrn\nRfar.test\t$#error $@ 5.7.1 $: 550 not for far\n"),
    curious("check_etrn, by client", "Scheck_etrn\nR$*\t$: $1 $| $&{client_name}\nR$* $| pc.snd.test\t$@ OK\nR$* $| $*\t$#error $@ 5.7.1 $: 459 $2 may not have $1\n"),
    compat("nobody is kept off", "Rnobody $| $*\t$#error $@ 5.7.1 $: 550 no\n"),
    compat("a pair", "R$* bad@far.test $* $| $* hana $*\t$#error $@ 5.7.1 $: 550 bad to hana\n"),
    compat("a domain", "R$* taro $* $| $* far.test $*\t$#error $@ 5.7.1 $: 550 taro may not write there\n"),
    compat("later", "R$* $| $* far.test $*\t$#error $@ 4.7.1 $: 450 another day\n"),
    compat("discard", "R$* $| $* hana $*\t$#discard $: discard\n"),
    case("compat_check", Mc("FEATURE(`access_db')\nFEATURE(`compat_check')\n", maps={"access": "Compat:taro@snd.test<@>u@far.test\tERROR:5.7.1:550 not him\n"
         "Compat:taro@snd.test<@>hana@snd.test\tDISCARD\nCompat:hana@snd.test<@>u@far.test\tTEMP:4.7.1:450 later\n"}),
         letters=(letter("u@far.test", "v@far.test"), letter("hana@snd.test"), letter("u@far.test", sender="hana@snd.test"))),
]  # fmt: skip

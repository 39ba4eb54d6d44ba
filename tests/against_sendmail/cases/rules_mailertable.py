"""Mailertable: where mail for others goes, by domain."""

from tests.against_sendmail.case import Case, Letter, Step
from tests.against_sendmail.cases.rules_site import INSIDE, RELAYS_FOR_INSIDE, brings, case, letters, types
from tests.against_sendmail.mc import Mc

FEATURE = "FEATURE(`mailertable')\n"
ERRORS = """\
far.test\terror:5.1.2:550 no mail for that domain
away.test\terror:nohost no such host
a.far.test\terror:tempfail not today
"""


def table(name: str, lines: str, *steps: Step, letters: tuple[Letter, ...] = (), features: str = "") -> Case:
    """A case with a mailertable of these lines."""
    mc = Mc(FEATURE + features, maps={"mailertable": lines})
    return case(name, mc, *steps, letters=letters)


CASES = [
    table("a host by name", "far.test\tesmtp:hub.test\n", letters=letters("u@far.test", "u@away.test")),
    table("a host in brackets", "far.test\tsmtp:[hub.test]\n", letters=letters("u@far.test", "U@FAR.TEST")),
    table("an address", "far.test\tsmtp:[10.99.1.13]\n", letters=letters("u@far.test")),
    table("a host that has mail hosts", "away.test\tesmtp:far.test\n", letters=letters("u@away.test")),
    table("hosts below a domain", ".far.test\tesmtp:[hub.test]\n",
          letters=letters("u@a.far.test", "u@deep.a.far.test", "u@far.test")),
    table("the longest name wins", ".far.test\tesmtp:[hub.test]\n.a.far.test\tesmtp:[mx2.test]\nfar.test\tsmtp:[mx2.test]\n",
          letters=letters("u@a.far.test", "u@deep.a.far.test", "u@far.test")),
    table("what stood before the dot comes back", ".far.test\tsmtp:[%1.test]\n", letters=letters("u@mx2.far.test", "u@hub.far.test")),
    table("everything else", "far.test\tesmtp:[mx1.test]\n.\tsmtp:[hub.test]\n",
          letters=letters("u@far.test", "u@away.test", "u@nosuch.test", "hana@snd.test")),
    table("two hosts", "far.test\tesmtp:[hub.test]:[mx2.test]\n", letters=letters("u@far.test")),
    table("another user there", "far.test\tesmtp:boss@hub.test\n", letters=letters("u@far.test")),
    table("errors at RCPT", ERRORS, brings("u@far.test", "u@away.test", "u@a.far.test", "taro@snd.test", sender="a@list.test", client=INSIDE),
          features=RELAYS_FOR_INSIDE),
    table("errors on the command line", ERRORS, *types("u@far.test", "u@away.test", "u@a.far.test")),
    table("an error for the sender", ERRORS, brings("taro@snd.test", sender="a@far.test")),
    table("one user here", "far.test\tlocal:taro\n", letters=letters("u@far.test", "v@far.test")),
    table("the same user here", "far.test\tlocal:\n", letters=letters("hana@far.test"), features="RELAY_DOMAIN(`far.test')\n"),
    table("a mailer that is not there", "far.test\tpigeon:hub.test\n", *types("u@far.test")),
    table("no mailer at all", "far.test\thub.test\n", *types("u@far.test")),
    *(table(f"mailer {mailer}", f"far.test\t{mailer}:hub.test\n", letters=letters("u@far.test"))
      for mailer in ("relay", "smtp8", "dsmtp")),
    table("a name of the host itself", "snd.test\tesmtp:[hub.test]\nown.test\tesmtp:[hub.test]\n",
          letters=letters("hana@snd.test", "hana@own.test"), features="LOCAL_DOMAIN(`own.test')\n"),
    table("an alias of a domain", "far.test\tesmtp:[hub.test]\nalias.test\tesmtp:[mx2.test]\n", letters=letters("u@alias.test")),
    table("an alias of a domain that is not looked up", "far.test\tesmtp:[hub.test]\nalias.test\tesmtp:[mx2.test]\n",
          letters=letters("u@alias.test"), features="FEATURE(`nocanonify')\n"),
    table("beside a smart host", "far.test\tesmtp:[mx1.test]\n", letters=letters("u@far.test", "u@away.test"),
          features="define(`SMART_HOST', `relay:[hub.test]')\n"),
    case("a text file", Mc("FEATURE(`mailertable', `text -k0 -v1 /etc/mail/mailertable')", kind="text",
                           maps={"mailertable": "far.test\tesmtp:[hub.test]\n"}), letters=letters("u@far.test", "u@away.test")),
    case("a text file without columns gives the key", Mc("FEATURE(`mailertable', `text /etc/mail/mailertable')", kind="text",
         maps={"mailertable": "far.test\tesmtp:[hub.test]\n"}), letters=letters("u@far.test")),
    case("a btree", Mc("FEATURE(`mailertable', `btree /etc/mail/mailertable')", kind="btree",
                       maps={"mailertable": "far.test\tesmtp:[hub.test]\n"}), letters=letters("u@far.test")),
    case("a map that is not there, and need not", Mc("FEATURE(`mailertable', `hash -o /etc/mail/mailertable')"),
         letters=letters("u@far.test")),
    case("a map that is not there", Mc(FEATURE), letters=letters("u@far.test", "hana@snd.test")),
]  # fmt: skip

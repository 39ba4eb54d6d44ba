"""Virtusertable: who gets mail of a domain that is hosted here."""

from tests.against_sendmail.case import Case, Letter, Step
from tests.against_sendmail.cases.rules_site import INSIDE, RELAYS_FOR_INSIDE, asks, brings, case, letters, types
from tests.against_sendmail.mc import Mc

FEATURE = "FEATURE(`virtusertable')\n"
DOMAIN = "VIRTUSER_DOMAIN(`virt.test')\n"
TABLE = """\
info@virt.test\ttaro
sales@virt.test\tboss@far.test
old@virt.test\terror:nouser 550 nobody of that name any more
gone@virt.test\terror:5.7.0:550 gone for good
later@virt.test\terror:4.3.0:450 come again
list@virt.test\tstaff
"""
DETAIL = """\
box+*@virt.test\t%2@far.test
box@virt.test\thana
tag+x@virt.test\ttaro
in+*@virt.test\ttaro+%2
+*@own.test\tany%3@far.test
@own.test\tnone-%1@far.test
"""
ALIASES = "staff: taro, hana, c@far.test\n"
ALL = ("info@virt.test", "sales@virt.test", "list@virt.test", "INFO@Virt.Test")
BAD = ("old@virt.test", "gone@virt.test", "later@virt.test", "nosuch@virt.test")


def table(
    name: str, lines: str, *steps: Step, letters: tuple[Letter, ...] = (), features: str = DOMAIN, **more: object
) -> Case:
    """A case with a virtusertable of these lines."""
    return case(
        name, Mc(FEATURE + features, maps={"virtusertable": lines}), *steps, letters=letters, aliases=ALIASES, **more
    )


CASES = [
    table("one by one", TABLE, letters=letters(*ALL)),
    table("from outside", TABLE, brings(*ALL), asks(*BAD)),
    table("errors on the command line", TABLE, *types(*BAD)),
    table("several of one letter", TABLE, brings("info@virt.test", "sales@virt.test", "hana@snd.test", "old@virt.test")),
    table("catch-all to one", "info@virt.test\ttaro\n@virt.test\thana\n", letters=letters("info@virt.test", "x@virt.test", "nosuch@virt.test")),
    table("catch-all to a domain", "@virt.test\t%1@far.test\n", letters=letters("x@virt.test", "y+z@virt.test")),
    table("catch-all that refuses", "info@virt.test\ttaro\n@virt.test\terror:nouser no such address here\n",
          asks("info@virt.test", "x@virt.test")),
    table("user and detail", DETAIL, letters=letters("box@virt.test", "box+u@virt.test", "tag+x@virt.test", "in+box@virt.test"),
          features="VIRTUSER_DOMAIN(`virt.test own.test')\n"),
    table("detail of anybody", DETAIL, letters=letters("a+b@own.test", "a@own.test"), features="VIRTUSER_DOMAIN(`virt.test own.test')\n"),
    table("detail of somebody who has an entry without", "info@virt.test\ttaro\n", letters=letters("info+x@virt.test")),
    table("%0", "info@virt.test\ttaro\n@virt.test\t%1.at.%2@far.test\n", letters=letters("x@virt.test", "x+y@virt.test")),
    table("to another of the table", "a@virt.test\tb@virt.test\nb@virt.test\tu@far.test\n", letters=letters("a@virt.test")),
    table("in a circle", "a@virt.test\tb@virt.test\nb@virt.test\ta@virt.test\n", *types("a@virt.test")),
    table("no domain named", "info@virt.test\ttaro\n", asks("info@virt.test"), features=""),
    table("a domain that is an own name", "info@own.test\thana\n@snd.test\tu@far.test\n", letters=letters("info@own.test", "taro@own.test"),
          features="LOCAL_DOMAIN(`own.test')\n"),
    table("users of the host itself", "taro@snd.test\tu@far.test\n", letters=letters("taro@snd.test", "hana@snd.test")),
    table("hosts below the domain", "info@pc.virt.test\ttaro\n@virt.test\thana\n", letters=letters("info@pc.virt.test", "x@pc.virt.test"),
          features=DOMAIN + "FEATURE(`virtuser_entire_domain')\n"),
    table("hosts below the domain, which is named alone", "info@pc.virt.test\ttaro\n", asks("info@pc.virt.test")),
    case("domains of a file", Mc(FEATURE + "VIRTUSER_DOMAIN_FILE(`/etc/mail/virtuser-domains')\n", maps={"virtusertable": TABLE},
         files={"virtuser-domains": "# hosted\nvirt.test\n"}), brings("info@virt.test"), aliases=ALIASES),
    table("a name that is looked for with what stands behind it", "virt.test\terror:nouser no\ninfo\ttaro\n", asks("info@virt.test", "info@snd.test")),
    table("a domain of the table in a header", "info@virt.test\ttaro\n",
          brings("info@virt.test", "u@far.test", sender="info@virt.test", client=INSIDE), features=DOMAIN + RELAYS_FOR_INSIDE),
    table("before a mailertable", "info@virt.test\tu@far.test\n", letters=letters("info@virt.test", "x@virt.test"),
          features=DOMAIN + "FEATURE(`mailertable', `hash -o /etc/mail/mailertable')\n"),
]  # fmt: skip

"""Names of domains and of this host: domaintable, class files, canonical names, local mail hosts, trusted users."""

from tests.against_sendmail.case import Case
from tests.against_sendmail.cases.rules_genericstable import headed
from tests.against_sendmail.cases.rules_site import (
    INSIDE,
    RELAYS_FOR_INSIDE,
    asks,
    brings,
    case,
    letter,
    letters,
    senders,
    types,
)
from tests.against_sendmail.mc import Mc

TABLE = "old.test\tfar.test\npc.old.test\tpc.snd.test\nmine.test\tsnd.test\n"
DOMAINTABLE = "FEATURE(`domaintable')\n"
WAYS = ("u@old.test", "u@a.old.test", "hana@mine.test", "u@far.test", "hana@MINE.test")
NAMES = (
    "taro@own.test",
    "taro@virt.test",
    "taro@snd.test",
    "taro@snd",
    "taro@[10.99.0.1]",
    "taro@localhost",
    "taro@also.test",
    "u@both.test",
)
CANONS = (
    "u@alias.test",
    "u@far",
    "u@far.test.",
    "u@nosuch.test",
    "u@mx1.test",
    "u@FAR.test",
    "u@both.test",
    "u@pc.snd",
)
CANON = {
    "stock": "",
    "nocanonify": "FEATURE(`nocanonify')\n",
    "nocanonify, hosts": "FEATURE(`nocanonify', `canonify_hosts')\n",
    "nocanonify, CANONIFY_DOMAIN": "FEATURE(`nocanonify')\nCANONIFY_DOMAIN(`test')\n",
    "no name service": "define(`confBIND_OPTS', `-DNSRCH -DEFNAMES')\n",
}
OWN = {
    "stock": "",
    "LOCAL_DOMAIN": "LOCAL_DOMAIN(`own.test also.test')\n",
    "use_cw_file": "FEATURE(`use_cw_file')\n",
    "bestmx_is_local": "FEATURE(`bestmx_is_local')\n",
    "bestmx_is_local, of a domain": "FEATURE(`bestmx_is_local', `own.test')\n",
    "always_add_domain": "FEATURE(`always_add_domain')\n",
    "VIRTUSER_DOMAIN alone": "VIRTUSER_DOMAIN(`own.test')\n",
}
SHORT = "From: x@pc.snd\nTo: x@alias.test, y@FAR, far!u\nCc: z@nosuch.test, hana@snd"
FILES = {"local-host-names": "# own\nown.test\nalso.test\n", "trusted-users": "hana\n"}
CT = "FEATURE(`use_ct_file')\ndefine(`confPRIVACY_FLAGS', `authwarnings')\n"


def tabled(name: str, *steps: object, features: str = "", **more: object) -> Case:
    """A case with a domaintable."""
    return case(f"domaintable: {name}", Mc(DOMAINTABLE + features, maps={"domaintable": TABLE}), *steps, **more)  # type: ignore[arg-type]  # fields of Case


CASES = [
    tabled("recipients", letters=letters(*WAYS)),
    tabled("senders", letters=(headed("x@old.test"), headed("hana@pc.old.test"), headed("taro@mine.test"))),
    tabled("over SMTP", asks(*WAYS), senders("a@old.test", "a@mine.test"), brings("hana@mine.test", sender="a@old.test")),
    tabled("with an access table", asks("hana@mine.test", sender="a@old.test"), features="FEATURE(`access_db', `hash -T<TMPF> -o /etc/mail/access')\n"),
    tabled("with masquerading", letters=(headed("taro@mine.test"),), features="MASQUERADE_AS(`own.test')\nFEATURE(`masquerade_envelope')\n"),
    *(case(f"own names: {name}: asked for", Mc(features + RELAYS_FOR_INSIDE, files=FILES if "file" in name else {}), asks(*NAMES), asks(*NAMES, client=INSIDE))
      for name, features in OWN.items()),
    *(case(f"own names: {name}: handed in", Mc(features, files=FILES if "file" in name else {}), *types(*NAMES)) for name, features in OWN.items()),
    *(case(f"canonical names: {name}", Mc(features), *types(*CANONS)) for name, features in CANON.items()),
    *(case(f"canonical names in a header: {name}", Mc(features), letters=(letter("u@far.test", "hana@snd.test", head=SHORT),)) for name, features in CANON.items()),
    case("canonical names over SMTP: nocanonify", Mc(CANON["nocanonify"] + RELAYS_FOR_INSIDE), asks(*CANONS, client=INSIDE), senders("a@alias.test", "a@far", "a@FAR.test")),
    case("trusted users: of a file", Mc(CT, files=FILES), *types("u@far.test", sender="boss@far.test")),
    case("trusted users: a file that is not there", Mc(CT), *types("u@far.test", sender="boss@far.test")),
    case("cw file that is not there", Mc("FEATURE(`use_cw_file')\n"), *types("taro@own.test", "taro")),
    case("users of the host with a full name", Mc("FEATURE(`always_add_domain')\n"), *types("hana", "u@far.test", sender="taro")),
    case("local_lmtp, flags of the local mailer", Mc("define(`LOCAL_MAILER_FLAGS', `SPfhn9')\n"), letters=(headed("taro@snd.test", "hana@snd.test"),)),
    case("confFROM_HEADER", Mc("define(`confFROM_HEADER', `<$g>')\n"), *types("u@far.test", "hana", sender="taro")),
    case("confFROM_LINE and HELO name", Mc("define(`confCW_FILE', `/etc/mail/names')\nFEATURE(`use_cw_file')\n", files={"names": "virt.test\n"}), letters=letters("hana@virt.test")),
]  # fmt: skip

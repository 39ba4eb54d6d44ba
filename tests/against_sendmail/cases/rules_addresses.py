"""Addresses of old nets and odd forms: percent, routes, UUCP, bangs, brackets, quotes, plus."""

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
    types,
)
from tests.against_sendmail.mc import Mc

FORMS = {
    "percent": (
        "u%far.test@snd.test",
        "u%away.test%far.test@snd.test",
        "u%away.test@far.test",
        "taro%snd.test@snd.test",
        "taro%snd.test",
    ),
    "routes": (
        "@snd.test:u@far.test",
        "@far.test:u@away.test",
        "@far.test,@away.test:u@both.test",
        "@snd.test,@far.test:u@away.test",
        "@snd.test:taro@snd.test",
    ),
    "bangs": (
        "far.test!u",
        "away.test!far.test!u",
        "snd.test!taro",
        "nosuchhost!u",
        "far!u",
        "far.test!u@snd.test",
        "far.test!u%away.test@snd.test",
    ),
    "UUCP": ("u@host.UUCP", "host.UUCP!u", "u@snd.UUCP", "u@far.test.UUCP"),
    "brackets": ("taro@[10.99.0.1]", "u@[10.99.1.12]", "u@[mx2.test]"),
    "brackets that lead to nobody": ("u@[10.99.1.99]", "u@[nosuch.test]", "u@[]", "u@[far]"),
    "quotes": (
        '"taro"@snd.test',
        '"u v"@far.test',
        '"u@v"@far.test',
        '"taro"',
        'a."b c".d@far.test',
        r"a\@b@far.test",
        '"u%v"@far.test',
    ),
    "dots and capitals": (
        "TARO@snd.test",
        "Taro@SND.TEST",
        "taro@snd.test.",
        "u@far.test.",
        "U@FAR.test",
        "u@far",
        "taro@snd",
        "taro@localhost",
        "taro@pc.snd",
    ),
    "words": (
        "u at far.test",
        "u.v@far.test",
        "u v@far.test",
        "<u@far.test>",
        "U V <u@far.test>",
        "u@far.test (a comment)",
        "group: a@far.test, b@far.test;",
    ),
    "nothing": ("@far.test", "u@", "@", "", "u@@far.test", "u@.far.test", "u@far..test", ".u@far.test", "u.@far.test"),
    "BITNET and others": ("u@node.BITNET", "u@node.bitnet", "u@host.DECNET", "host::u", "u@host.CSNET", "u@node.FAX"),
    "pipes and files": (
        "|/bin/cat",
        "/var/spool/file",
        ":include:/var/spool/x",
        "|/bin/cat@snd.test",
        '"|cat"@snd.test',
    ),
    "plus": (
        "taro+x@snd.test",
        "taro+@snd.test",
        "+x@snd.test",
        "taro+x+y@snd.test",
        "nosuch+x@snd.test",
        "taro+x",
        "listed+box@snd.test",
        "all+any@snd.test",
        "u+x@far.test",
    ),
}
FEATURES = {
    "percent": {"nopercenthack": "FEATURE(`nopercenthack')\n", "nocanonify": "FEATURE(`nocanonify')\n"},
    "routes": {"donotroute": "define(`confDONT_PRUNE_ROUTES', `True')\n"},
    "bangs": {"nouucp, nospecial": "FEATURE(`nouucp', `nospecial')\n", "nouucp, reject": "FEATURE(`nouucp', `reject')\n",
              "UUCP_RELAY": "define(`UUCP_RELAY', `relay:hub.test')\n"},
    "UUCP": {"nouucp, reject": "FEATURE(`nouucp', `reject')\n", "UUCP_RELAY": "define(`UUCP_RELAY', `relay:hub.test')\n",
             "LOCAL_UUCP": "LOCAL_UUCP(`host')\ndefine(`UUCP_RELAY', `relay:hub.test')\n"},
    "BITNET and others": {"relays": "define(`BITNET_RELAY', `relay:hub.test')\ndefine(`DECNET_RELAY', `relay:hub.test')\ndefine(`FAX_RELAY', `relay:hub.test')\n"},
    "plus": {"preserve_local_plus_detail": "FEATURE(`preserve_local_plus_detail')\n"},
}  # fmt: skip
ALIASES = "listed+box: hana\nlisted: taro\nall+*: hana\nall: taro\n"


def asked(name: str, forms: tuple[str, ...], features: str = "") -> Case:
    """They are asked for over SMTP, from inside and outside."""
    return case(
        f"{name}: asked for",
        Mc(features + RELAYS_FOR_INSIDE),
        asks(*forms),
        asks(*forms, client=INSIDE),
        aliases=ALIASES,
    )


def handed_in(name: str, forms: tuple[str, ...], features: str = "") -> Case:
    """They are typed on the host, as far as a shell lets them through, and stand in a header."""
    plain = [form for form in forms if form and not set(form) & set("|'\"\\ ;()<>{}")]
    return case(f"{name}: handed in", Mc(features), *types(*plain), aliases=ALIASES)


CASES = [
    *(play(name, forms) for name, forms in FORMS.items() for play in (asked, handed_in)),
    *(play(f"{name}, {kind}", FORMS[name], features) for name, kinds in FEATURES.items() for kind, features in kinds.items() for play in (asked, handed_in)),
    *(case(f"{name}: in a header", Mc(), letters=(letter("u@far.test", "hana@snd.test", head="\n".join(
        ("From: taro@snd.test", *(f"To: {form}" for form in forms if form)))),))
      for name, forms in FORMS.items()),
    case("names and comments in a header", Mc("MASQUERADE_AS(`own.test')\n"), letters=(letter("u@far.test", "hana@snd.test", head='''From: "Taro Y." <taro@snd.test> (at work)
To: Hana <hana>, "A, B" <c@far.test>,
\t(only a comment) d@away.test, group: e@far.test, taro;
Cc: =?utf-8?q?J=C3=BCrgen?= <j@snd.test>, taro@snd.test (Taro)
Reply-To: <>
Resent-To: hana
Apparently-To: taro
X-To: taro
Bcc: hana'''),)),
    case("empty fields and odd ones in a header", Mc("MASQUERADE_AS(`own.test')\n"), letters=(letter("u@far.test", head="From: taro\nTo: ,,hana,,\nCc:\nReply-To: a b c\nSender: @\nTo: u@far.test, v"),)),
    case("plus, by the alias file", Mc(), brings("listed+box@snd.test", "listed+other@snd.test", "all+any@snd.test", "all@snd.test"), aliases=ALIASES),
    case("plus, masqueraded", Mc("MASQUERADE_AS(`own.test')\n"), letters=(headed("taro+x@snd.test"),)),
    case("sent on by percent", Mc(), letters=letters("u%far.test@snd.test", "u%away.test@far.test", "@far.test:u@away.test", "far.test!u")),
]  # fmt: skip

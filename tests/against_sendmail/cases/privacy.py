"""Who vouches for a sender, and how many questions are answered (slide claims 09.2 and 09.3)."""

from tests.against_sendmail.case import Case, Run, Type, Visit
from tests.against_sendmail.cases.site import FINE, ZONE

UP = {"mx1.test": FINE}
AUTHWARNINGS = "O PrivacyOptions=authwarnings"
NAMELESS = "users have no full names, which the real one puts into From:"
ARRIVED = Run(observe=("arrived",))


def handed_in(options: str, user: str = "nobody", cf: str = AUTHWARNINGS, simplified: str = "") -> Case:
    """A message that is handed in on the command line."""
    typed = Type(f"sendmail {options} hana@one.test", stdin="Subject: typed\n\nhello\n", user=user)
    return Case(
        f"{user}: sendmail {options}, {cf or 'no PrivacyOptions'}",
        (),
        UP,
        ZONE,
        cf=cf,
        steps=(typed, ARRIVED),
        simplified=simplified,
    )


def brought(name: str, hello: tuple[str, ...], cf: str = AUTHWARNINGS) -> Case:
    """A message that somebody brings by SMTP."""
    visit = Visit(
        (*hello, "MAIL FROM:<a@client.test>", "RCPT TO:<hana@one.test>", "DATA", 300, "QUIT"),
        observe=("queue without addresses",),
    )
    return Case(f"{name}, {cf}", (), UP, ZONE, cf=f"{cf}\nCR client.test", steps=(visit, ARRIVED))


ALIASES = """\
staff: taro, hana
elsewhere: hana@far.test
out: taro, mika@far.test
chain: staff
big: a@far.test, taro, b@far.test, hana, c@one.test, d@a.two.test, e@one.b.test
nest: taro, inner, hana
inner: b@one.test, c@one.test
again: a@one.test, b@one.test, c@one.test, b@one.test
mixed: taro, "|/bin/true", /tmp/x, hana
prog: "|/bin/true"
"""
VRFY = ("taro", "TARO", "<hana>", "nosuch", "<nosuch>", "staff", "elsewhere", "chain", "hana@snd.test", "nosuch@snd.test",
        "mika@far.test", "taro (a comment)", "@far.test")  # fmt: skip
EXPN = ("taro", "nosuch", "elsewhere", "prog", "hana@snd.test", "mika@far.test", "<taro>", "@far.test")


def asked(verb: str, names: tuple[str, ...], privacy: str = "public") -> list[Case]:
    """Questions, five on a connection: with more of them the answers take longer."""
    visits = [
        Visit(("HELO client.test", *(f"{verb} {name}" for name in names[n : n + 5]), "QUIT"))
        for n in range(0, len(names), 5)
    ]
    return [Case(f"{verb} {n}", (), {}, ZONE, m4=f"define(`confPRIVACY_FLAGS', `{privacy}')", aliases=ALIASES, observe=("queue",),
                 steps=(visit,)) for n, visit in enumerate(visits, 1)]  # fmt: skip


CASES = [
    *asked("VRFY", VRFY),
    *asked("EXPN", EXPN),
    Case("EXPN of lists", (), {}, ZONE, m4="define(`confPRIVACY_FLAGS', `')", aliases=ALIASES, observe=("queue",),
         steps=(Visit(("HELO client.test", *(f"EXPN {name}" for name in ("staff", "big", "nest", "again")), "QUIT")),
                Visit(("HELO client.test", "EXPN mixed", "QUIT")))),
    Case("addresses on the command line", (), {}, ZONE, aliases=ALIASES, observe=("queue",),
         steps=tuple(Type(f"sendmail -bv {name}") for name in ("taro", "nosuch", "elsewhere", "mika@far.test", "prog"))),
    Case("newaliases", (), {}, ZONE, aliases=ALIASES, observe=("queue",), steps=(Type("newaliases"),)),
    handed_in("-f boss@snd.test"),
    handed_in("-f nobody", simplified=NAMELESS),
    handed_in("-f taro"),
    handed_in("-f ''"),
    handed_in("-odq", simplified=NAMELESS),
    handed_in("-f boss@snd.test", cf="O PrivacyOptions=goaway"),
    handed_in("-f boss@snd.test", cf=f"{AUTHWARNINGS}\nTnobody"),
    handed_in("-f boss@snd.test", user="root"),
    brought("with HELO", ("HELO client.test",)),
    brought("with somebody else's HELO", ("HELO somebody.else",)),
    brought("without HELO", ()),
    Case("many questions", (), {}, ZONE, observe=("queue",),
         steps=(Visit(("EHLO client.test", *["VRFY nobody@elsewhere.test"] * 4, *["EXPN nobody@elsewhere.test"] * 4), unit=1),)),
]  # fmt: skip

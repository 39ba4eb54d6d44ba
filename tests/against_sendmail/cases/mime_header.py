"""MIME headers that are longer than MaxMimeHeaderLength, which mail programs of the time did not bear."""

from tests.against_sendmail.case import Case, Letter, Run
from tests.against_sendmail.cases.site import FINE, ZONE

LONG, LONGER = "x" * 150, "x" * 60
HEADERS = {
    "a short text": ("Content-Description", "short"),
    "a text": ("Content-Description", f"a {LONG}"),
    "a text of the length": ("Content-Description", "y" * 128),
    "a text of one less": ("Content-Description", "y" * 127),
    "a value": ("Content-Id", f"<{LONG}@one.test>"),
    "a value in quotes": ("Content-Type", f'text/plain; name="{LONG}"'),
    "a value with a comment": ("Content-Type", f"text/plain ({LONG})"),
    "a parameter": ("Content-Disposition", f"attachment; filename={LONGER}"),
    "a parameter in quotes": ("Content-Disposition", f'attachment; filename="{LONGER}"'),
    "a parameter of the length": ("Content-Disposition", f"attachment; filename={'z' * 31}"),
    "a parameter of one more": ("Content-Disposition", f"attachment; filename={'z' * 32}"),
    "a parameter with a semicolon": ("Content-Disposition", f'attachment; filename="a;{LONGER}"; size=1'),
    "all too long": ("Content-Type", f'text/plain; one="{LONGER}"; two="{LONGER}"; three={LONGER}; four={LONGER}'),
    "the second parameter": ("Content-Type", f"text/plain; charset=us-ascii; name={LONGER}"),
    "another header": ("X-Other", LONG),
}


def case(name: str, limits: str = "128/40") -> Case:
    """A letter with such a header."""
    field, value = HEADERS[name]
    content = f"MIME-Version: 1.0\n{field}: {value}\n\nhello\n".encode()
    return Case(f"{name}, {limits}", (Letter(("hana@one.test",), content=content),), {"mx1.test": FINE}, ZONE,
                cf=f"O MaxMimeHeaderLength={limits}", steps=(Run(),), observe=("arrived", "queue"))  # fmt: skip


CASES = [
    *map(case, HEADERS),
    *(
        case(name, limits)
        for name in ("a text", "a value in quotes", "a parameter")
        for limits in ("0/0", "128", "0/40", "1000")
    ),
]

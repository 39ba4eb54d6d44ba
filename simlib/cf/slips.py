"""Slips of who writes a sendmail.cf by hand: what a line seems to be meant for, where sendmail reads it as another.

sendmail says nothing of most of them: ``ConnectionCacheSize=1`` without its ``O`` is a class, ``F=c`` a file.
"""

import re
from difflib import get_close_matches

from simlib.cf.options import BY_NAME
from simlib.language import phrase

_FULL_WIDTH = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_OTHERS = {"\u3000": " ", "\u00a0": " ", "、": ",", "。": ".", "¥": "\\", "￥": "\\"}
_DASHES, _QUOTES = "‐‑‒–—−", {"‘": "'", "’": "'", "“": '"', "”": '"'}
_ASCII = str.maketrans(_FULL_WIDTH | _OTHERS | _QUOTES | dict.fromkeys(_DASHES, "-"))

UNIT_NAMES = {"s": phrase("seconds"), "m": phrase("minutes"), "h": phrase("hours"), "d": phrase("days")}

_SETTING = re.compile(
    r"(?P<o>[oO0] *)?(?P<name>[A-Za-z][\w.-]*[\w-])(?:[ \t]*[=:][ \t]*|[ \t]+)(?P<value>\S.*)?", re.DOTALL
)
_EQUATE = re.compile(r"(?:P=[/\[]|[FSRELMATUWmrCQND]=)[^\t]*")
_MAILER = re.compile(r"(?:[oO] ?M?|m|(?=[a-z]))([A-Za-z][\w-]*(?:,[ \t]*| +)P=.*)", re.DOTALL)
_COMMAS = re.compile(r"(?:T|C(?:\{\w+\}|\w))[ \t]*[\w.$=-]+(?:[ \t]*,[ \t]*[\w.$=-]+)+")
_M4 = re.compile(r"[A-Za-z_]{4,}\(`|dnl\b")
_WITHOUT_EQUAL = re.compile(r"O +(?P<name>[A-Za-z][\w.-]*\w)(?:[ \t]*:[ \t]*|[ \t]+)(?P<value>[^=]+)")
_NEAR = 0.88  # likeness of a misspelt name; Pfirst-class is 0.4 from any
_SHORTEST = 6  # letters of a name that a misspelt one may be likened to


def in_ascii(text: str) -> str:
    """The text with ASCII in place of what a Japanese keyboard or a word processor puts there: １２ − ￥ 、 “ ”."""
    return text.translate(_ASCII)


def not_ascii(text: str) -> str:
    """What to write instead of such characters; empty where there are none."""
    plain = in_ascii(text)
    return "" if plain == text else phrase("write ASCII characters (half width): {them}", them=" ".join(plain.split()))


def meant(text: str) -> str:
    """What a line of sendmail.cf was probably meant to be, as a hint; empty for a line that is what it looks like.

    >>> meant("RefuseLA=12"), meant("O RefuseLA=12")
    ('did you mean O RefuseLA=12?', '')
    """
    hint = _meant(in_ascii(text))
    return hint if hint or text[:1] in "HR" else not_ascii(text)  # headers, and comments of rules, may be Japanese


def _meant(text: str) -> str:
    if _M4.match(text):
        return "this is m4, of an .mc file; here its result is wanted, a line such as O Name=value"
    if _EQUATE.match(text):
        return phrase("{text} belongs into the M line of a mailer: Mname, P=…, F=…, A=…", text=text[:2])
    if _COMMAS.fullmatch(text):
        return phrase(
            "blanks stand between the words of such a line; did you mean {them}?",
            them=" ".join(text.replace(",", " ").split()),
        )
    mailer = _MAILER.fullmatch(text)
    if mailer is not None:
        return phrase("did you mean M{mailer}?", mailer=mailer[1])
    setting = _WITHOUT_EQUAL.fullmatch(text) or _SETTING.fullmatch(text)
    if setting is None or (text.startswith("O ") and "=" in text):
        return ""
    name = _option(setting["name"])
    return phrase("did you mean O {name}={value}?", name=name, value=setting["value"] or "") if name else ""


def _option(word: str) -> str:
    """The option of that name, or the one that it is a misspelling of; empty if none is near."""
    low = word.lower()
    if low not in BY_NAME:
        near = get_close_matches(low, BY_NAME, n=1, cutoff=_NEAR) if len(low) >= _SHORTEST else []
        low = near[0] if near else ""
    return BY_NAME[low].name if low else ""


def bare_time(text: str) -> str:
    """What a bare number means, where a line gives one to a time: ``O Timeout.ident=3`` is three minutes.

    Empty for other lines, and for 0, which is the same in every unit.
    """
    match = re.fullmatch(r"O (?P<name>[\w.-]+) *= *(?P<number>0*[1-9][0-9]*)\s*", text)
    option = None if match is None else BY_NAME.get(match["name"].lower())
    if match is None or option is None or option.type != "time":
        return ""
    unit = UNIT_NAMES[option.unit]
    return phrase(
        "A bare number in {name} counts {unit}: for {number} seconds write {number}s.",
        name=option.name,
        unit=unit,
        number=match["number"],
    )

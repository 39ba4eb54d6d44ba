"""Times in words and figures, in the locale C whatever that of the reader is."""

import re
from datetime import datetime

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT = tuple(name[:3] for name in MONTHS)
_FORMAT = re.compile(r"%([-_0^#]?)([0-9]{0,3})(.)", re.DOTALL)
HALF_A_YEAR = 365.2425 * 86400 / 2  # s; ls shows a year for what is older
ZONES = {0: "UTC", 32400: "JST", 3600: "CET", -18000: "EST", -28800: "PST"}


def zone(at: datetime) -> str:
    """The name of its zone, or its offset."""
    offset = at.utcoffset()
    seconds = 0 if offset is None else int(offset.total_seconds())
    return ZONES.get(seconds) or f"{at:%z}"


def strftime(template: str, at: datetime) -> str:
    """A time by a template such as ``%Y-%m-%d``.

    >>> from datetime import datetime, UTC
    >>> strftime("%a %b %e %T %Y", datetime(1998, 7, 1, 9, tzinfo=UTC))
    'Wed Jul  1 09:00:00 1998'
    """
    return _FORMAT.sub(lambda found: _changed(_one(found[3], at), found[1], found[2]), template)


def _changed(text: str, flag: str, width: str) -> str:
    if flag == "^":
        text = text.upper()
    elif flag == "-":
        text = text.lstrip("0 ") or "0" if text.strip("0123456789 ") == "" else text
    elif flag == "_" and text.isdigit():
        text = text.lstrip("0").rjust(len(text)) if text.strip("0") else "0".rjust(len(text))
    return text.rjust(int(width), "0" if text.isdigit() else " ") if width else text


def _one(letter: str, at: datetime) -> str:
    hour = at.hour % 12 or 12
    known = {
        "%": "%", "n": "\n", "t": "\t",
        "a": DAYS[at.weekday()][:3], "A": DAYS[at.weekday()],
        "b": SHORT[at.month - 1], "h": SHORT[at.month - 1], "B": MONTHS[at.month - 1],
        "c": f"{DAYS[at.weekday()][:3]} {SHORT[at.month - 1]} {at.day:2d} {at:%H:%M:%S} {at.year}",
        "C": f"{at.year // 100:02d}", "d": f"{at.day:02d}", "D": f"{at:%m/%d}/{at.year % 100:02d}", "e": f"{at.day:2d}",
        "F": f"{at.year}-{at:%m-%d}", "H": f"{at.hour:02d}", "I": f"{hour:02d}", "j": f"{at.timetuple().tm_yday:03d}",
        "k": f"{at.hour:2d}", "l": f"{hour:2d}", "m": f"{at.month:02d}", "M": f"{at.minute:02d}",
        "N": f"{at.microsecond * 1000:09d}", "p": "AM" if at.hour < 12 else "PM", "P": "am" if at.hour < 12 else "pm",
        "r": f"{hour:02d}:{at:%M:%S} {'AM' if at.hour < 12 else 'PM'}", "R": f"{at:%H:%M}",
        "s": str(int(at.timestamp())), "S": f"{at.second:02d}", "T": f"{at:%H:%M:%S}",
        "u": str(at.isoweekday()), "w": str(at.isoweekday() % 7), "x": f"{at:%m/%d}/{at.year % 100:02d}",
        "X": f"{at:%H:%M:%S}", "y": f"{at.year % 100:02d}", "Y": str(at.year),
        "z": f"{at:%z}" or "+0000", "Z": zone(at),
    }  # fmt: skip
    if letter in "UWVG":
        return (
            f"{at.isocalendar().week:02d}"
            if letter == "V"
            else str(at.isocalendar().year)
            if letter == "G"
            else f"{at:%{letter}}"
        )
    return known.get(letter, f"%{letter}")


def in_a_listing(at: datetime, now: datetime) -> str:
    """How ``ls -l`` shows a time: with the hour, or with the year if it is more than half a year away."""
    day = f"{SHORT[at.month - 1]} {at.day:2d}"
    age = (now - at).total_seconds()
    return f"{day} {at:%H:%M}" if 0 <= age < HALF_A_YEAR or -1 <= age < 0 else f"{day}  {at.year}"

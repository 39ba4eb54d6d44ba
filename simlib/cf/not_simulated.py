"""What a line of a sendmail.cf sets though nothing here obeys it: its warning in words, or an empty text.

sendmail's default is nothing to be warned of, nor is what its own files write (``SHIPPED`` and ``SHIPPED_FLAGS`` in
``simlib.cf.consequence``, and the tables below).
"""

import re
from collections.abc import Iterable, Iterator

from simlib.cf.consequence import ALWAYS_FLAGS, NOT_SIMULATED, SHIPPED_FLAGS, SHIPPED_WORDS, of_flag, of_word
from simlib.cf.fields import (
    DAEMON_PORT,
    EVERY_MAP_OBEYS,
    MAP_KINDS_OBEY,
    PORT_MODIFIERS_OBEYED,
    PORT_MODIFIERS_OF_NO_CONSEQUENCE,
    UNASKED_RULESETS,
    UNDONE_MAILER_FIELDS,
)
from simlib.cf.mailers import FLAG_MEANINGS, Mailer
from simlib.language import phrase

NO_QUEUE_GROUPS = phrase("queue groups are not simulated: all mail waits in one queue")
NO_FILTERS = phrase("filters are not simulated: nobody is asked")

_CONNECTION = "[IPC]"
LEFT_OUT = "DFMX"  # all mailers for the network have them; what they ask for is done here without them, too
_TYPES = (
    "dns/rfc822/smtp",
    "dns/rfc822/x-unix",
    "dns/x-decnet/x-unix",
    "x-phone/x-fax/x-unix",
    "x-unix/x-unix/x-unix",
    "x-usenet/x-usenet/x-unix",
    "x-uucp/x-uucp/x-unix",
)
_PORTS = ("name=mta-v6,family=inet6", "family=inet,name=msp-v4,port=submission,m=ea,addr=127.0.0.1")
_QUIET_MODIFIERS = PORT_MODIFIERS_OBEYED + PORT_MODIFIERS_OF_NO_CONSEQUENCE
STOCK_HEADERS = frozenset(
    [
        "date",
        "from",
        "full-name",
        "message-id",
        "posted-date",
        "received",
        "received-date",
        "resent-date",
        "resent-from",
        "resent-message-id",
        "return-path",
    ]
)
"""Headers that sendmail's m4 files write."""
_STOCK_TEMPLATES = re.compile(
    r"\$a|<\$g>|\$x|<\$t\.\$i@\$j>|\$q|\$\?x\$x <\$g>\$\|\$g\$\.|\$\?sfrom \$s .*|\$?from.*|by \$j.*", re.DOTALL
)
_ASKS_RULESET = re.compile(r"\$>\+?\w+\s*")
_ENVIRONMENT = "_FORCE_MAIL_LOCAL_"
_PATTERNS = ("", "%s", "%[^#]")
_OF_PORT = {field.letter[0]: field for field in DAEMON_PORT}


def told(*what: str) -> str:
    """The words of a warning of some things, or of none.

    >>> told("F=C"), told("U=", "W="), told()
    ('F=C is not simulated: here nothing changes', 'U=, W= are not simulated: here nothing changes', '')
    """
    if not what:
        return ""
    if len(what) == 1:
        return phrase("{what} is not simulated: here nothing changes", what=what[0])
    return phrase("{what} are not simulated: here nothing changes", what=", ".join(what))


def word(option: str, flag: str) -> str:
    """Of a word of PrivacyOptions, ResolverOptions or DontBlameSendmail."""
    odd = of_word(option, flag) == NOT_SIMULATED and flag not in SHIPPED_WORDS[option]
    return told(f"{option}={flag}") if odd else ""


def daemon_port(text: str) -> str:
    """Of a line DaemonPortOptions.

    >>> daemon_port("Name=MTA, Family=inet6")
    'Family= is not simulated: here nothing changes'
    """
    if re.sub(r"\s", "", text).lower() in _PORTS:
        return ""
    odd = []
    for part in text.split(","):
        name, equal, value = part.strip().partition("=")
        letter = name[:1] if name[:1] in ("c", "d", "q", "r") else name[:1].upper()
        field = _OF_PORT.get(letter)
        if not equal or field is None:
            continue
        if letter == "M":
            odd += [f"{field.letter}{flag}" for flag in value.strip() if flag not in _QUIET_MODIFIERS]
        elif field.here == NOT_SIMULATED and (letter, value.strip().lower()) != ("F", "inet"):
            odd.append(field.letter)
    return told(*odd)


def mailer(read: Mailer) -> Iterator[str]:
    """Of an M line: its fields and flags, and flags that it leaves out."""
    shipped = SHIPPED_FLAGS.get(read.name, "")
    flags = "".join(sorted(flag for flag in read.flags if _changes_nothing(flag) and flag not in shipped))
    odd = ([f"F={flags}"] if flags else []) + [name for name in UNDONE_MAILER_FIELDS if _sets(read, name)]
    yield told(*odd)
    missing = "".join(flag for flag in LEFT_OUT if flag not in read.flags)
    if read.path == _CONNECTION and missing:
        yield phrase("without F={flags} sendmail leaves out what is done here all the same", flags=missing)


def header(name: str, template: str) -> str:
    """Of an H line for a header that m4 files write: other text than theirs.

    >>> header("Message-Id", "<$t@$j>"), header("X-Default", "of this host"), header("Subject", "$>CheckSubject")
    ('HMessage-Id is not simulated: here nothing changes', '', '')
    """
    fine = _ASKS_RULESET.fullmatch(template) or _STOCK_TEMPLATES.fullmatch(template)
    return told(f"H{name}") if name.lower() in STOCK_HEADERS and not fine else ""


def environment(name: str) -> str:
    """Of an E line."""
    return "" if name == _ENVIRONMENT else told(f"E{name}")


def class_file(name: str, path: str, pattern: str) -> str:
    """Of an F line: a program or a map, or a pattern that takes more than a word."""
    shown = name if len(name) == 1 else f"{{{name}}}"
    return "" if path.startswith("/") and pattern in _PATTERNS else told(f"F{shown} {path} {pattern}".rstrip())


def ruleset(name: str) -> str:
    """Of an S line: a ruleset that sendmail asks by itself."""
    return told(f"S{name}") if name in UNASKED_RULESETS else ""


def map_letters(kind: str, letters: Iterable[str]) -> str:
    """Of a K line: the letters that its kind of map does not heed."""
    heeded = EVERY_MAP_OBEYS + MAP_KINDS_OBEY.get(kind, "")
    return told(*(f"-{letter}" for letter in letters if letter not in heeded))


def _changes_nothing(flag: str) -> bool:
    return flag in FLAG_MEANINGS and flag not in ALWAYS_FLAGS and of_flag(flag) == NOT_SIMULATED


def _sets(read: Mailer, name: str) -> bool:
    """Whether a mailer has something else in a field than sendmail's own files write, or nothing."""
    usual: dict[str, tuple[object, tuple[object, ...]]] = {
        "E=": (read.eol, ("\r\n",) if read.path == _CONNECTION else ("\n", "\r\n")),
        "T=": ("/".join(read.type).lower(), ("//", *_TYPES)),
        "U=": (read.user, ("cyrus:mail",)),
        "W=": (read.wait, ()),
        "C=": (read.charset, ("iso-8859-1",)),
        "N=": (read.nice, ()),
        "Q=": (read.queue_group, ()),
        "D=": (read.directory, ("$z:/",)),
        "/=": (read.root, ()),
    }
    value, others = usual[name]
    return bool(value) and value not in others

"""An address as people write it in aliases, lists and .forward files, read as sendmail and its stock rules do.

Whatever stands there, what comes of it is an address, or sendmail's words about it, or nothing at all. ``user%host``
and ``host!user`` are for rules to turn round, where the cf has some.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from simlib.smtp.parameters import keeps_for_itself, shown

SYNTAX = 501  # the code for an address that holds what may stand in none
LONGEST = 256  # characters of a token [MAXNAME]
BLANK = "."  # between two words: O BlankSub, as stock rules have it
_WORD = re.compile(r"[^\s.:%@!^/\[\]+()<>,;\"]")  # what may stand in an atom [OperatorChars]
_GROUP = re.compile(
    r"[^@\[\]:]+:"
)  # ``name:`` before the members of a group, or a mailer's name, which stock rules drop
_ROUTE = re.compile(r"@[^:]+:")  # ``@relay:`` before the address proper


class Written(NamedTuple):
    """What was read: an ``address``; or why it is none (``code``, ``dsn`` and ``words``); or neither: nothing is there.

    ``said``: what sendmail complains of and does without, each with its code.
    """

    address: str = ""
    code: int = 0
    dsn: str = ""
    words: str = ""
    said: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether it can be no address."""
        return bool(self.code)


@lru_cache(maxsize=4096)  # mail is for the same people again and again
def read(text: str, in_list: bool = True) -> Written:
    """Read one address; in a list or a .forward file it may be a group, ``name: address;``.

    >>> read("Hana Suzuki <hana@one.test> (at work)").address
    'hana@one.test'
    >>> read("hana@").words, read("(nobody)").address, read("<hana").said
    ('Hostname required', '', ("553 5.0.0 Unbalanced '<'",))
    """
    plain = text.partition("\0")[0].strip()  # a NUL ends every text of a program in C
    if keeps_for_itself(plain):
        return Written()
    if not all(char.isprintable() or char in "\t\r\n" for char in plain if char.isascii()):
        words = f'Syntax error in mailbox address "{shown(plain)}" (non-printable character)'
        return Written(code=SYNTAX, dsn="5.1.3", words=words)
    bare, said = _without_comments(plain)
    if max(map(len, re.split(r"[.@\s]", bare)), default=0) >= LONGEST:
        return Written(said=(*said, "553 5.1.0 prescan: token too long"))
    if bare in ("", "\\"):
        return Written(said=said)
    return _addressed(_focus(bare), in_list)._replace(said=said)


def read_recipient(text: str, by_rules: bool = False) -> Written:
    """Read what a RCPT names: there it is refused what is complained of elsewhere, and where nothing is.

    ``by_rules``: rules say what comes of it, and see it as it is written.
    """
    if text == "@":
        return Written(code=553, dsn="5.1.3", words="List:; syntax illegal for recipient addresses")
    written = read(text, in_list=False)
    for complaint in written.said:
        code, dsn, words = complaint.split(" ", 2)
        return Written(code=int(code), dsn=dsn, words=words)
    if not written.refused and not written.address:
        return Written(code=553, dsn="5.0.0", words="User address required")
    return Written(text) if by_rules and written.code != SYNTAX else written


def _without_comments(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without comments, its words joined, quotes and brackets closed; and what was wrong with it."""
    kept: list[str] = []
    said: list[str] = []
    deep = angles = 0
    quoted = gap = False
    at = 0
    while at < len(text):
        char, at = text[at], at + 1
        if char == "\\" and not deep:
            kept += [*([BLANK] if gap and _joins(kept, text[at : at + 1]) else []), char, text[at : at + 1]]
            at, gap = at + 1, False
        elif quoted:
            quoted = char != '"'
            kept.append(char)
        elif char == "(":
            deep += 1
        elif char == ")" and deep:
            deep -= 1
        elif char in ")>" and not deep and (char == ")" or not angles):
            said.append(f"553 5.0.0 Unbalanced '{char}'")
        elif deep:
            continue
        elif char.isspace():
            gap = True
        else:
            quoted = char == '"'
            angles += (char == "<") - (char == ">")
            kept += [*([BLANK] if gap and _joins(kept, char) else []), char]
            gap = False
    for opened, closing in ((quoted, '"'), (deep, ")"), (angles, ">")):
        if opened:
            said.append(f"553 5.0.0 Unbalanced '{({')': '(', '>': '<'}).get(closing, closing)}'")
            kept += [closing] * (opened if closing == ">" else closing == '"')
    return "".join(kept).replace('""', "" if kept.count('"') > 2 or kept[:1] != ['"'] else '""'), tuple(said)


def _joins(kept: list[str], char: str) -> bool:
    """Whether a blank between two words has to be kept in some form."""
    return bool(kept) and _WORD.fullmatch(kept[-1]) is not None and _WORD.fullmatch(char) is not None


def _focus(text: str) -> str:
    """What is in the last and innermost angle brackets outside quotes, or all of it."""
    start = max((found.start() for found in re.finditer(r'"[^"]*"|<', text) if found[0] == "<"), default=-1)
    return (text[start + 1 :].partition(">")[0] or "<>") if start >= 0 else text


def _addressed(text: str, in_list: bool) -> Written:
    if text.startswith(("|", "/", '"|', '"/', "\\")):
        return Written(text)
    if len(text) > 1 and text.startswith('"') and text.endswith('"') and "@" not in text:
        text = text.strip('"')
        if not text:
            return Written(code=553, dsn="5.1.3", words="User address required")
    if text.lower().startswith(":include:"):
        return Written(text)
    route = _ROUTE.match(text)
    while route is not None:
        text = text[route.end() :]
        route = _ROUTE.match(text)
    group = _GROUP.match(text) if in_list else None
    if group is not None or (in_list and text.startswith(":")):
        text = text[group.end() if group is not None else 1 :]
    text = text.removesuffix(";") if in_list or len(text) > 1 else text
    if not text:
        return Written(code=553, dsn="5.1.3", words="List:; syntax illegal for recipient addresses")
    return _parted(text)


def _parted(text: str) -> Written:
    """User and domain, if there are both."""
    user, at, domain = text.rpartition("@")
    if not at or text == "@":
        return Written(text.removesuffix("\\"))
    if not domain:
        return Written(code=553, dsn="5.1.3", words="Hostname required")
    if not user:
        return Written(code=553, dsn="5.1.3", words="User address required")
    if "@" in user and not user.startswith('"'):
        return Written(code=553, dsn="5.1.3", words="Invalid route address")
    domain = domain.rstrip(".")
    if not domain or domain.startswith(".") or ".." in domain:
        return Written(code=553, dsn="5.1.2", words="Invalid host name")
    return Written(f"{user}@{domain.lower()}")

"""``chmod``, ``chown``, ``chgrp``: who may do what with a file."""

import re
from posixpath import join

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.paths import absent
from simlib.shell.files.thing import DIRECTORY, LINK, Thing
from simlib.shell.files.view import View

_MODE = re.compile(r"([ugoa]*)([-+=])([rwxXst]*)")
MASK = 0o022


def changed_mode(text: str, mode: int, directory: bool) -> int | None:
    """A mode as ``chmod`` would make it of another: ``640``, ``g+w,o-rwx``; None for what is none.

    >>> oct(changed_mode("u+x,go-r", 0o644, False))
    '0o700'
    """
    if re.fullmatch(r"[0-7]{1,4}", text):
        return int(text, 8)
    for part in text.split(","):
        found = re.fullmatch(r"([ugoa]*)((?:[-+=][rwxXst]*)+)", part)
        if found is None:
            return None
        for _, sign, letters in _MODE.findall(part):
            mode = _with(mode, found[1], sign, letters, directory)
    return mode


def _with(mode: int, who: str, sign: str, letters: str, directory: bool) -> int:
    people = "ugo" if not who or "a" in who else who
    bits = 0
    for letter in letters:
        if letter == "X":
            letter = "x" if directory or mode & 0o111 else ""
        for one in people:
            bits |= {"r": 4, "w": 2, "x": 1}.get(letter, 0) << {"u": 6, "g": 3, "o": 0}[one]
        if letter == "t":
            bits |= 0o1000
        if letter == "s":
            bits |= (0o4000 if "u" in people else 0) | (0o2000 if "g" in people else 0)
    if not who:
        bits &= ~MASK if sign != "-" else 0o7777
    if sign == "+":
        return mode | bits
    if sign == "-":
        return mode & ~bits
    cleared = sum(7 << {"u": 6, "g": 3, "o": 0}[one] for one in people)
    return mode & ~cleared | bits


def chmod(call: Call) -> None:
    """``chmod [-R] mode path…``"""
    words = list(call.arguments)
    recursive = "-R" in words
    words = [word for word in words if word not in ("-R", "-v", "-f", "--")]
    if len(words) < 2:
        raise Failed(f"chmod: missing operand after '{words[0]}'" if words else "chmod: missing operand")
    mode, *paths = words
    if changed_mode(mode.lstrip("-") if re.fullmatch("-[rwx]+", mode) else mode, 0, False) is None and not re.fullmatch(
        "-[rwx]+", mode
    ):
        raise Failed(f"chmod: invalid mode: '{mode}'")
    view = View(call.shell)
    for path in paths:
        for thing in _all(call, view, path, recursive, "chmod"):
            new = changed_mode(mode, thing.mode, thing.kind == DIRECTORY)
            if thing.node is not None and new is not None:
                thing.node.mode = new


def chown(call: Call) -> None:
    """``chown [-R] user[:group] path…``"""
    words = list(call.arguments)
    recursive = "-R" in words
    words = [word for word in words if word not in ("-R", "-v", "-f", "-h", "--")]
    unknown = next((word for word in words if word.startswith("-")), "")
    if unknown:
        raise Failed(f"{call.name}: invalid option -- '{unknown[1:2]}': here it knows -R")
    if len(words) < 2:
        raise Failed(f"{call.name}: missing operand" + (f" after '{words[0]}'" if words else ""))
    who, *paths = words
    user, colon, group = who.partition(":" if ":" in who else ".")
    if call.name == "chgrp":
        user, group = "", who
    users = call.shell.host.users
    if user and users is not None and user not in users and user != "root" and not user.isdigit():
        raise Failed(f"chown: invalid user: '{who}'")
    view = View(call.shell)
    for path in paths:
        for thing in _all(call, view, path, recursive, call.name):
            if thing.node is not None:
                thing.node.owner = user or thing.node.owner
                thing.node.group = group or (user if colon else thing.node.group)


def _all(call: Call, view: View, path: str, recursive: bool, name: str) -> list[Thing]:
    """A thing, and what is in it; those that may be changed."""
    thing = view.find(path)
    if thing is None:
        call.complain(f"cannot access '{path}': {absent(view.absolute(path))}")
        return []
    may = call.shell.is_root or (thing.owner == call.shell.user and name == "chmod")
    if not may:
        verb = "permissions" if name == "chmod" else "ownership"
        call.complain(f"changing {verb} of '{path}': Operation not permitted")
        return []
    if thing.node is None and thing.kind not in ("c", LINK):
        made = _as_node(view, thing)
        if made is None:
            call.complain(f"'{path}': mode and owner of a file that sendmail keeps are not simulated")
            return []
        thing = made
    found = [thing]
    if recursive and thing.kind == DIRECTORY:
        for below in sorted(view.names_or_none(path) or ()):
            found += [
                one
                for one in [view.find(join(path, below))]
                if one is not None and one.node is not None and one.kind != DIRECTORY
            ]
            if view.is_directory(join(path, below)):
                found += _all(call, view, join(path, below), True, name)
    return found


def _as_node(view: View, thing: Thing) -> Thing | None:
    """A directory that nobody made is made when somebody changes it."""
    if thing.kind != DIRECTORY:
        return None
    view.shell.host.files.make_directory(thing.path, thing.owner, thing.mode)
    return view.find(thing.path)


PROGRAMS: dict[str, Program] = {"chmod": chmod, "chown": chown, "chgrp": chown}

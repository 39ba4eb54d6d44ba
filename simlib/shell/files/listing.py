"""``ls``, ``stat``: what there is, of which size, since when and whose."""

from math import ceil
from posixpath import join

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.paths import absent
from simlib.shell.files.thing import DIRECTORY, FILE, LINK, Thing
from simlib.shell.files.view import View
from simlib.shell.host.times import in_a_listing, strftime

TROUBLE = 2
FLAGS = "1aAlhtrSRdiFcunspogQGkvbCx"
BLOCK = 4096
MOST = 100_000  # names that one ls lists
UNITS = "KMGTP"


def ls(call: Call) -> None:
    """``ls [-1aAlhtrSRdiFnspog] [path…]``: the names, one a line; ``-l`` with mode, owner, size and time."""
    words = [word for word in call.arguments if not word.startswith("--color")]
    call.arguments = words
    options, paths = call.options(FLAGS, status=TROUBLE)
    view = View(call.shell)
    listing = _Listing(call, view, options)
    files, directories = [], []
    for path in sorted(paths or ["."]):
        thing = view.find(path, follow="l" not in options or path.endswith("/"))
        if thing is None:
            thing = view.find(path, follow=False)
        if thing is None or (
            not call.shell.is_root and view.is_in_queue(view.absolute(path)) and thing.kind != DIRECTORY
        ):
            words_ = absent(view.absolute(path)) if thing is None else "Permission denied"
            call.complain(f"cannot access '{path}': {words_}", TROUBLE)
        elif thing.kind == DIRECTORY and "d" not in options:
            directories.append((path, thing))
        else:
            files.append((path, thing))
    listing.rows(listing.in_order(files))
    before = bool(files)
    for path, thing in listing.in_order(directories):
        before = listing.directory(path, thing, before, named=len(paths) > 1 or "R" in options)


class _Listing:
    def __init__(self, call: Call, view: View, options: dict[str, str]) -> None:
        self.call, self.view, self.options = call, view, options
        self.many = 0

    def in_order(self, things: list[tuple[str, Thing]]) -> list[tuple[str, Thing]]:
        """By name, by time (``-t``) or by size (``-S``)."""
        if "t" in self.options:
            things = sorted(things, key=lambda pair: (-int(pair[1].modified), pair[0]))
        elif "S" in self.options:
            things = sorted(things, key=lambda pair: (-pair[1].size, pair[0]))
        else:
            things = sorted(things, key=lambda pair: pair[0])
        return things[::-1] if "r" in self.options else things

    def directory(self, path: str, thing: Thing, before: bool, named: bool) -> bool:
        """What is in one; whether something stands before what comes next."""
        if not self.view.may_list(thing):
            self.call.complain(f"cannot open directory '{path}': Permission denied", TROUBLE)
            return before
        names = self.view.names(thing.path)
        if "a" in self.options:
            names |= {".", ".."}
        elif "A" not in self.options:
            names = {name for name in names if not name.startswith(".")}
        self.many += len(names)
        if self.many > MOST:
            raise Failed("ls: more than 100,000 names are not listed here; find shows them by pattern")
        things = []
        for name in names:
            found = self.view.find(join(thing.path, name), follow=False)
            if found is not None:
                things.append((name, found))
        if named:
            self.call.out(("\n" if before else "") + f"{path}:\n")
        ordered = self.in_order(things)
        if "l" in self.options or "s" in self.options:
            self.call.line(f"total {sum(blocks(one) for _, one in things)}")
        self.rows(ordered)
        if "R" in self.options:
            for name, one in ordered:
                if one.kind == DIRECTORY and name not in (".", ".."):
                    self.directory(join(path, name), one, True, True)
        return True

    def rows(self, things: list[tuple[str, Thing]]) -> None:
        """A line each."""
        options = self.options
        long = "l" in options or "n" in options or "o" in options or "g" in options
        heads = [self._long(thing) for _, thing in things] if long else [[] for _ in things]
        widths = [max(map(len, column), default=0) for column in zip(*heads, strict=True)] if heads and heads[0] else []
        inodes = [str(thing.inode) for _, thing in things]
        inode_width = max(map(len, inodes), default=0)
        sizes = max((len(str(blocks(thing))) for _, thing in things), default=0)
        for (name, thing), head, inode in zip(things, heads, inodes, strict=True):
            parts = []
            if "i" in options:
                parts.append(inode.rjust(inode_width))
            if "s" in options:
                parts.append(str(blocks(thing)).rjust(sizes))
            if head:
                parts += [
                    text.rjust(width) if n in (1, 4) else text.ljust(width)
                    for n, (text, width) in enumerate(zip(head, widths, strict=True))
                    if text or n in (1, 4)
                ]
            self.call.line(" ".join([*parts, self._named(name, thing)]))

    def _long(self, thing: Thing) -> list[str]:
        clock = self.view.shell.site.clock
        size = in_units(thing.size) if "h" in self.options else str(thing.size)
        if thing.kind == "c":
            size = "1, 3"
        when = in_a_listing(clock.at(thing.modified), clock.at(self.view.shell.now))
        return [
            thing.kind + permissions(thing.mode),
            "2" if thing.kind == DIRECTORY else "1",
            "" if "g" in self.options else self._owner(thing.owner),
            "" if "o" in self.options or "G" in self.options else self._owner(thing.group),
            size,
            when,
        ]

    def _owner(self, name: str) -> str:
        return str(uid(self.view, name)) if "n" in self.options else name

    def _named(self, name: str, thing: Thing) -> str:
        mark = {DIRECTORY: "/", LINK: "@"}.get(thing.kind, "*" if thing.mode & 0o111 and thing.kind == FILE else "")
        shown = name + (mark if "F" in self.options or ("p" in self.options and mark == "/") else "")
        if thing.kind == LINK and "l" in self.options:
            return f"{name} -> {thing.link}"
        return shown


def blocks(thing: Thing) -> int:
    """Kilobytes on the disk."""
    if thing.kind in (LINK, "c"):
        return 0
    return -(-thing.size // BLOCK) * (BLOCK // 1024)


def permissions(mode: int) -> str:
    """``rwxr-xr-x``"""
    text = "".join(letter if mode >> (8 - n) & 1 else "-" for n, letter in enumerate("rwxrwxrwx"))
    for bit, place, letter in ((0o4000, 2, "s"), (0o2000, 5, "s"), (0o1000, 8, "t")):
        if mode & bit:
            text = text[:place] + (letter if text[place] == "x" else letter.upper()) + text[place + 1 :]
    return text


def in_units(size: int) -> str:
    """``4.0K``: as ``-h`` shows a size.

    >>> in_units(900), in_units(1500), in_units(20_000_000)
    ('900', '1.5K', '20M')
    """
    if size < 1024:
        return str(size)
    value, n = size / 1024, 0
    while value >= 1024 and n < len(UNITS) - 1:
        value, n = value / 1024, n + 1
    unit = UNITS[n]
    return f"{ceil(value * 10) / 10:.1f}{unit}" if value <= 9.9 else f"{ceil(value)}{unit}"


def uid(view: View, name: str) -> int:
    """The number of a user: root is 0, the users of the host count from 1000 on."""
    known = ["root", "daemon", "postmaster", "mailer-daemon", "mail"]
    if name in known:
        return known.index(name) and known.index(name) + 7
    users = [one for one in view.shell.host.users or () if one not in known]
    return 1000 + (users.index(name) if name in users else 999)


def stat(call: Call) -> None:
    """``stat [-c format] path…``"""
    options, paths = call.options("L", "c")
    if not paths:
        raise Failed("stat: missing operand")
    view, clock = View(call.shell), call.shell.site.clock
    for path in paths:
        thing = view.find(path, follow="L" in options)
        if thing is None:
            call.complain(f"cannot statx '{path}': {absent(view.absolute(path))}")
            continue
        at = clock.at(thing.modified)
        kind = {
            FILE: "regular file" if thing.size else "regular empty file",
            DIRECTORY: "directory",
            LINK: "symbolic link",
        }
        facts = {
            "n": path, "s": str(thing.size), "b": str(blocks(thing) * 2), "B": "512", "f": f"{thing.mode:x}",
            "F": kind.get(thing.kind, "character special file"), "a": f"{thing.mode:o}",
            "A": thing.kind + permissions(thing.mode),
            "U": thing.owner, "G": thing.group, "u": str(uid(view, thing.owner)), "g": str(uid(view, thing.group)),
            "i": str(thing.inode), "h": "2" if thing.kind == DIRECTORY else "1", "Y": str(clock.unix(thing.modified)),
            "y": strftime("%F %T", at) + f".000000000 {at:%z}", "N": f"'{path}'",
        }  # fmt: skip
        if "c" in options:
            call.line(_put_in(options["c"], facts))
            continue
        call.line(f"  File: {path}" + (f" -> {thing.link}" if thing.kind == LINK else ""))
        call.line(f"  Size: {facts['s']:<10}\tBlocks: {facts['b']:<10} IO Block: 4096   {facts['F']}")
        call.line(f"Device: 801h/2049d\tInode: {facts['i']:<11} Links: {facts['h']}")
        ids = f"Uid: ({facts['u']:>5}/{thing.owner:>8})   Gid: ({facts['g']:>5}/{thing.group:>8})"
        call.line(f"Access: ({thing.mode:04o}/{facts['A']})  {ids}")
        call.line(f"Modify: {facts['y']}")


def _put_in(template: str, facts: dict[str, str]) -> str:
    text, at = [], 0
    while at < len(template):
        if template[at] == "%" and at + 1 < len(template):
            text.append(facts.get(template[at + 1], "?" if template[at + 1] != "%" else "%"))
            at += 2
        else:
            text.append(template[at])
            at += 1
    return "".join(text)


PROGRAMS: dict[str, Program] = {"ls": ls, "stat": stat}

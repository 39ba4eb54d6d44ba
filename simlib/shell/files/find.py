"""``find``: what lies below a directory, by name, age, size and owner."""

import re
from collections.abc import Callable
from posixpath import basename, join

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.listing import blocks, permissions
from simlib.shell.files.owners import changed_mode
from simlib.shell.files.paths import absent
from simlib.shell.files.thing import DIRECTORY, Refused, Thing
from simlib.shell.files.view import View
from simlib.shell.host.times import in_a_listing, strftime
from simlib.shell.language.words import matches

DAY, MINUTE = 86400, 60  # s
UNITS = {"c": 1, "w": 2, "b": 512, "": 512, "k": 1024, "M": 1024**2, "G": 1024**3}
KINDS = {"f": "-", "d": "d", "l": "l", "c": "c"}
DEEPEST = 50
Test = Callable[[str, Thing], bool]
KNOWN = (
    "-name -iname -path -type -mtime -mmin -newer -size -user -group -perm -empty -maxdepth -mindepth -print -print0 "
    "-printf -ls -exec -ok -delete -prune -o -a ! ( )"
)


class _Expression:
    """The tests and actions of a command line."""

    def __init__(self, call: Call, view: View, words: list[str]) -> None:
        self.call, self.view, self.words = call, view, words
        self.acts = False
        self.deepest, self.least = 1000, 0
        self.pruned = False
        self.deep = 0
        self.together: list[tuple[list[str], list[str]]] = []  # -exec … +

    def all(self) -> Test:
        if not self.words:
            return lambda path, thing: True
        test = self.either()
        if self.words:
            raise Failed(f"find: paths must precede expression: `{self.words[0]}'")
        return test

    def either(self) -> Test:
        self.deep += 1
        if self.deep > DEEPEST:
            raise Failed("find: too many brackets within brackets")
        tests = [self.both()]
        while self.words[:1] in (["-o"], ["-or"]):
            self.words.pop(0)
            tests.append(self.both())
        self.deep -= 1
        return tests[0] if len(tests) == 1 else lambda path, thing: any(test(path, thing) for test in tests)

    def both(self) -> Test:
        tests = [self.one()]
        while self.words and self.words[0] not in ("-o", "-or", ")"):
            if self.words[0] in ("-a", "-and"):
                self.words.pop(0)
            tests.append(self.one())
        return tests[0] if len(tests) == 1 else lambda path, thing: all(test(path, thing) for test in tests)

    def one(self) -> Test:
        if not self.words:
            raise Failed("find: expected an expression after the last word")
        word = self.words.pop(0)
        if word in ("!", "-not"):
            self.deep += 1
            if self.deep > DEEPEST:
                raise Failed("find: too many conditions within conditions")
            inner = self.one()
            self.deep -= 1
            return lambda path, thing: not inner(path, thing)
        if word == "(":
            inner = self.either()
            if self.words[:1] != [")"]:
                raise Failed("find: invalid expression; I was expecting to find a ')' somewhere but did not see one.")
            self.words.pop(0)
            return inner
        if word in ("-exec", "-ok"):
            return self.exec()
        actions: dict[str, Callable[[], Test]] = {
            "-print": lambda: self.act(lambda path, thing: self.call.line(path)),
            "-print0": lambda: self.act(lambda path, thing: self.call.out(f"{path}\0")),
            "-ls": lambda: self.act(self.listed),
            "-delete": lambda: self.delete,
            "-prune": lambda: self.prune,
            "-empty": lambda: (
                lambda path, thing: not (self.view.names_or_none(path) if thing.kind == DIRECTORY else thing.size)
            ),
            "-true": lambda: lambda path, thing: True,
            "-depth": lambda: lambda path, thing: True,
            "-xdev": lambda: lambda path, thing: True,
            "-mount": lambda: lambda path, thing: True,
        }
        if word in actions:
            self.acts = self.acts or word in ("-print", "-print0", "-ls", "-delete")
            return actions[word]()
        with_value: dict[str, Callable[[str], Test]] = {
            "-name": lambda value: lambda path, thing: matches(value, basename(path.rstrip("/")) or path),
            "-iname": lambda value: lambda path, thing: matches(value.lower(), basename(path).lower()),
            "-path": lambda value: lambda path, thing: matches(value, path),
            "-wholename": lambda value: lambda path, thing: matches(value, path),
            "-type": self.type,
            "-mtime": lambda value: self.age(value, "-mtime", DAY),
            "-ctime": lambda value: self.age(value, "-ctime", DAY),
            "-atime": lambda value: self.age(value, "-atime", DAY),
            "-mmin": lambda value: self.age(value, "-mmin", MINUTE),
            "-cmin": lambda value: self.age(value, "-cmin", MINUTE),
            "-amin": lambda value: self.age(value, "-amin", MINUTE),
            "-newer": self.newer,
            "-size": self.size,
            "-user": lambda value: lambda path, thing: thing.owner == value,
            "-group": lambda value: lambda path, thing: thing.group == value,
            "-perm": self.perm,
            "-maxdepth": lambda value: self.depth(value, True),
            "-mindepth": lambda value: self.depth(value, False),
            "-printf": self.printf,
        }
        if word not in with_value:
            if not word.startswith("-"):
                raise Failed(f"find: paths must precede expression: `{word}'")
            raise Failed(f"find: unknown predicate `{word}': here it knows {KNOWN}")
        if not self.words:
            raise Failed(f"find: missing argument to `{word}'")
        self.acts = self.acts or word == "-printf"
        return with_value[word](self.words.pop(0))

    def act(self, action: Callable[[str, Thing], None]) -> Test:
        def test(path: str, thing: Thing) -> bool:
            action(path, thing)
            return True

        return test

    def type(self, value: str) -> Test:
        kinds = [KINDS.get(one) for one in value.split(",")]
        if None in kinds:
            raise Failed(f"find: Unknown argument to -type: {value}")
        return lambda path, thing: thing.kind in kinds

    def number(self, text: str, name: str) -> tuple[str, int]:
        found = re.fullmatch(r"([-+]?)([0-9]{1,12})", text)
        if found is None:
            raise Failed(f"find: invalid argument `{text}' to `{name}'")
        return found[1], int(found[2])

    def age(self, value: str, name: str, unit: int) -> Test:
        sign, many = self.number(value, name)
        now = self.call.shell.now

        def test(path: str, thing: Thing) -> bool:
            age = now - thing.modified
            units = -(-age // unit) if unit == MINUTE else age // unit  # minutes are rounded up, days down
            return units > many if sign == "+" else units < many if sign == "-" else units == many

        return test

    def newer(self, value: str) -> Test:
        other = self.view.find(value)
        if other is None:
            raise Failed(f"find: '{value}': No such file or directory")
        return lambda path, thing: thing.modified > other.modified

    def size(self, value: str) -> Test:
        found = re.fullmatch(r"([-+]?)([0-9]{1,12})([cwbkMG]?)", value)
        if found is None:
            raise Failed(f"find: Invalid argument `{value}' to -size")
        sign, many, unit = found[1], int(found[2]), UNITS[found[3]]

        def test(path: str, thing: Thing) -> bool:
            units = -(-thing.size // unit)
            return units > many if sign == "+" else units < many if sign == "-" else units == many

        return test

    def perm(self, value: str) -> Test:
        sign = value[:1] if value[:1] in ("-", "/", "+") else ""
        mode = changed_mode(value.removeprefix(sign), 0, False)
        if mode is None:
            raise Failed(f"find: invalid mode '{value}'")
        if sign == "-":
            return lambda path, thing: thing.mode & mode == mode
        return lambda path, thing: bool(thing.mode & mode) or not mode if sign else thing.mode == mode

    def depth(self, value: str, most: bool) -> Test:
        if not re.fullmatch("[0-9]{1,4}", value):
            name = "-maxdepth" if most else "-mindepth"
            raise Failed(f"find: Expected a positive decimal integer argument to {name}, but got '{value}'")
        if most:
            self.deepest = int(value)
        else:
            self.least = int(value)
        return lambda path, thing: True

    def prune(self, path: str, thing: Thing) -> bool:
        self.pruned = True
        return True

    def delete(self, path: str, thing: Thing) -> bool:
        if thing.kind == DIRECTORY and self.view.names_or_none(path):
            self.call.complain(f"cannot delete '{path}': Directory not empty")
            return False
        if not self.view.may_change(thing):
            self.call.complain(f"cannot delete '{path}': Permission denied")
            return False
        try:
            thing.remove()
        except Refused as refused:
            self.call.complain(f"cannot delete '{path}': {refused.words}")
            return False
        return True

    def exec(self) -> Test:
        ends = [
            n for n, word in enumerate(self.words) if word == ";" or (word == "+" and n and self.words[n - 1] == "{}")
        ]
        if not ends or not ends[0]:
            raise Failed("find: missing argument to `-exec'")
        command, end = self.words[: ends[0]], self.words[ends[0]]
        del self.words[: ends[0] + 1]
        self.acts = True
        if end == "+":
            paths: list[str] = []
            self.together.append((command[:-1], paths))
            return self.act(lambda path, thing: paths.append(path))
        return lambda path, thing: self.call.run([word.replace("{}", path) for word in command], stdin="") == 0

    def listed(self, path: str, thing: Thing) -> None:
        clock = self.call.shell.site.clock
        when = in_a_listing(clock.at(thing.modified), clock.at(self.call.shell.now))
        mode, links = thing.kind + permissions(thing.mode), 2 if thing.kind == DIRECTORY else 1
        self.call.line(
            f"{thing.inode:9d} {blocks(thing):6d} {mode} {links:3d} {thing.owner:8} {thing.group:8} "
            f"{thing.size:8d} {when} {path}"
        )

    def printf(self, template: str) -> Test:
        clock = self.call.shell.site.clock

        def show(path: str, thing: Thing) -> None:
            at = clock.at(thing.modified)
            facts = {
                "p": path, "f": basename(path), "s": str(thing.size), "u": thing.owner, "g": thing.group, "%": "%",
                "m": f"{thing.mode:o}", "M": thing.kind + permissions(thing.mode),
                "y": "f" if thing.kind == "-" else thing.kind,
                "i": str(thing.inode), "T@": f"{clock.unix(thing.modified)}.0000000000",
                "t": strftime("%c", at), "k": str(blocks(thing)),
                "h": path.rpartition("/")[0] or ".", "TY": str(at.year), "Tm": f"{at.month:02d}", "Td": f"{at.day:02d}",
            }  # fmt: skip
            text = re.sub(r"%(T.|.)", lambda found: facts.get(found[1], found[0]), template)
            self.call.out(
                re.sub(r"\\([nt0\\])", lambda found: {"n": "\n", "t": "\t", "0": "\0", "\\": "\\"}[found[1]], text)
            )

        return self.act(show)


def find(call: Call) -> None:
    """``find [path…] [expression]``"""
    words = [word for word in call.arguments if word not in ("-L", "-H", "-P")]
    many = next((n for n, word in enumerate(words) if word.startswith("-") or word in ("!", "(")), len(words))
    paths = words[:many] or ["."]
    view = View(call.shell)
    expression = _Expression(call, view, words[many:])
    test = expression.all()
    deep_first = "-delete" in words or "-depth" in words
    for path in paths:
        thing = view.find(path, follow=False)
        if thing is None:
            call.stderr.write(f"find: '{path}': {absent(view.absolute(path))}\n")
            call.status = 1
        else:
            _walk(call, view, expression, test, path, thing, 0, deep_first)
    for command, found in expression.together:
        if found:
            call.run([*command, *found], stdin="")


def _walk(
    call: Call, view: View, expression: _Expression, test: Test, path: str, thing: Thing, depth: int, deep_first: bool
) -> None:
    def look() -> None:
        if depth >= expression.least and test(path, thing) and not expression.acts:
            call.line(path)

    expression.pruned = False
    if not deep_first:
        look()
    if thing.kind == DIRECTORY and depth < expression.deepest and not expression.pruned:
        names = view.names_or_none(path)
        if names is None:
            call.stderr.write(f"find: '{path}': Permission denied\n")
            call.status = 1
        for name in sorted(names or ()):
            below = join(path, name)
            found = view.find(below, follow=False)
            if found is not None:
                _walk(call, view, expression, test, below, found, depth + 1, deep_first)
    if deep_first:
        look()


PROGRAMS: dict[str, Program] = {"find": find}

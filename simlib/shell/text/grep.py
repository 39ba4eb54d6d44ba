"""``grep``, ``egrep``, ``fgrep``: the lines that match."""

import re
from posixpath import join

from simlib.regex import Match, Regex
from simlib.shell.answer import Failed, lines_of, whole_number
from simlib.shell.call import Call, Program
from simlib.shell.files.view import View
from simlib.shell.language.words import matches
from simlib.shell.options import Known, read
from simlib.shell.text.sources import STDIN, compiled

NO_MATCH, TROUBLE = 1, 2
FLAGS, CONTEXT, FILES = "abcEFGHhiLlnoqrRsvwxyz", "ABC", ("include", "exclude")
LONG = {
    "--color": "", "--colour": "", "--count": "c", "--extended-regexp": "E", "--fixed-strings": "F",
    "--ignore-case": "i",
    "--invert-match": "v", "--line-number": "n", "--files-with-matches": "l", "--only-matching": "o", "--quiet": "q",
    "--recursive": "r", "--word-regexp": "w", "--line-regexp": "x", "--no-filename": "h", "--with-filename": "H",
    "--text": "a", "--no-messages": "s", **{f"--{name}": name for name in FILES},
}  # fmt: skip
PERL = "expressions of Perl are not known here; -E has (a|b), +, ? and {2}"
KNOWN = Known(FLAGS, f"{CONTEXT}efm", long=LONG, number="C", refused={"P": PERL}, status=TROUBLE)
MOST = 10**9


class Options:
    """A command line of grep."""

    def __init__(self, call: Call) -> None:
        self.letters = {"egrep": "E", "fgrep": "F"}.get(call.name, "")
        self.patterns: list[str] = []
        self.before = self.behind = 0
        self.most = MOST
        self.include: list[str] = []
        self.exclude: list[str] = []
        options, words = read("grep", KNOWN, call.arguments)
        for letter, value in options:
            self._take(call, letter, value)
        if not self.patterns:
            if not words:
                raise Failed(
                    f"usage: {call.name} [-{FLAGS}] [-A n] [-B n] [-C n] [-m n] [-e] pattern [file...]", TROUBLE
                )
            self.patterns = words.pop(0).split("\n")
        self.paths = words

    def _take(self, call: Call, letter: str, value: str) -> None:
        if letter == "e":
            self.patterns += value.split("\n")
        elif letter == "f":
            self.patterns += lines_of(call.stdin.read() if value == STDIN else View(call.shell).read("grep", value))
        elif letter == "m":
            self.most = _number(value, "max count")
        elif letter in FILES:
            (self.include if letter == "include" else self.exclude).append(value)
        elif letter in CONTEXT:
            many = _number(value, "context")
            self.before = many if letter in "BC" else self.before
            self.behind = many if letter in "AC" else self.behind
        else:
            self.letters += letter

    def __contains__(self, letter: str) -> bool:
        return letter in self.letters


def _number(text: str, what: str) -> int:
    number = whole_number(text, MOST)
    if number is None:
        told = f"{text}: invalid {what} length argument" if what == "context" else f"invalid {what}"
        raise Failed(f"grep: {told}", TROUBLE)
    return number


class _Wanted:
    """What is looked for: the lines of a pattern are patterns of their own, one of which has to match."""

    def __init__(self, options: Options) -> None:
        patterns, extended = options.patterns, "E" in options
        if "F" in options:
            patterns = [re.sub(r"([][\\.*^$+?(){}|])", r"\\\1", one) for one in patterns]
            extended = True
        any_case = "i" in options or "y" in options
        for one in patterns:
            compiled("grep", one, extended, any_case)
        either = "|" if extended else r"\|"
        self.regex: Regex | None = compiled("grep", either.join(patterns), extended, any_case) if patterns else None
        if "x" in options and self.regex is not None:
            group = "(" if extended else r"\(", ")" if extended else r"\)"
            self.regex = compiled("grep", f"^{group[0]}{either.join(patterns)}{group[1]}$", extended, any_case)
        self.words = "w" in options and "x" not in options

    def matches(self, line: str) -> bool:
        if self.regex is None:
            return False
        return next(iter(self.found(line)), None) is not None if self.words else self.regex.matches(line)

    def found(self, line: str) -> list[Match]:
        if self.regex is None:
            return []
        all_found = list(self.regex.find_all(line))
        return [one for one in all_found if _is_word(line, one)] if self.words else all_found


def _is_word(line: str, match: Match) -> bool:
    around = line[match.start - 1 : match.start] if match.start else "", line[match.end : match.end + 1]
    return not any(one and (one.isascii() and (one.isalnum() or one == "_")) for one in around)


def grep(call: Call) -> None:
    """``grep [-civnlLohHEFwxqrs] [-A n] [-B n] [-C n] [-m n] [-e] pattern [file…]``"""
    options = Options(call)
    wanted = _Wanted(options)
    recursive = "r" in options or "R" in options
    named = "h" not in options and ("H" in options or len(options.paths) > 1 or recursive)
    any_line, trouble = False, False
    for path in _paths(call, options, recursive):
        try:
            text = call.stdin.read() if path == STDIN else View(call.shell).read("grep", path)
        except Failed as failure:
            if "s" not in options:
                call.stderr.write(f"{failure.text}\n")
            trouble = True
            continue
        found = _File(call, options, wanted, "(standard input)" if path == STDIN else path, named).search(text)
        any_line |= found
        if found and "q" in options:
            break
    call.status = 0 if any_line and (not trouble or "q" in options) else TROUBLE if trouble else NO_MATCH


def _paths(call: Call, options: Options, recursive: bool) -> list[str]:
    if not recursive:
        return options.paths or [STDIN]
    view, found = View(call.shell), []
    waiting = list(reversed(options.paths or ["."]))
    while waiting:
        path = waiting.pop()
        if not view.is_directory(path):
            name = path.rpartition("/")[2]
            chosen = not options.include or any(matches(one, name) for one in options.include)
            if path in options.paths or (chosen and not any(matches(one, name) for one in options.exclude)):
                found.append(path)
        else:
            names = sorted(view.names_or_none(path) or (), reverse=True)
            waiting += [name if path == "." and not options.paths else join(path, name) for name in names]
    return found


class _File:
    """One file that is searched."""

    def __init__(self, call: Call, options: Options, wanted: _Wanted, path: str, named: bool) -> None:
        self.call, self.options, self.wanted, self.path, self.named = call, options, wanted, path, named
        self.printed = -1  # the last line that was printed

    def search(self, text: str) -> bool:
        """Print what is found; whether anything was."""
        options, count = self.options, 0
        if "L" in options or "l" in options or "q" in options or "c" in options:
            return self._only_told(lines_of(text))
        lines = lines_of(text)
        until = -1  # context goes on up to there
        for n, line in enumerate(lines):
            if count < options.most and self.wanted.matches(line) != ("v" in options):
                count += 1
                for before in range(max(n - options.before, self.printed + 1), n):
                    self._print(before, lines[before], "-")
                self._print(n, line, ":")
                until = n + options.behind
            elif n <= until:
                self._print(n, line, "-")
            if count >= options.most and n >= until:
                break
        return count > 0

    def _only_told(self, lines: list[str]) -> bool:
        options = self.options
        count = 0
        for line in lines:
            if self.wanted.matches(line) != ("v" in options):
                count += 1
                if count >= options.most or ("c" not in options and count):
                    break
        if "q" in options:
            return count > 0
        if "l" in options or "L" in options:
            if bool(count) != ("L" in options):
                self.call.line(self.path)
            return bool(count) != ("L" in options)
        self.call.line(f"{self.path}:{count}" if self.named else str(count))
        return count > 0

    def _print(self, n: int, line: str, mark: str) -> None:
        options = self.options
        if (options.before or options.behind) and self.printed >= 0 and n > self.printed + 1:
            self.call.line("--")
        elif (options.before or options.behind) and self.printed < 0:
            pass
        self.printed = n
        head = (f"{self.path}{mark}" if self.named else "") + (f"{n + 1}{mark}" if "n" in options else "")
        if "o" in options:
            if "v" not in options and mark == ":":
                for match in self.wanted.found(line):
                    part = match.group()
                    if part:
                        self.call.line(f"{head}{part}")
            return
        self.call.line(f"{head}{line}")


PROGRAMS: dict[str, Program] = {"grep": grep, "egrep": grep, "fgrep": grep}

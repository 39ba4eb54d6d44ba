"""``sendmail -bt``: address test mode, in which the rules tell what they do."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from simlib.cf import Mailer, marks
from simlib.cf.prescan import Alphabet
from simlib.mta.policy.rewriting import Rewriting
from simlib.rewrite.address import is_too_long, parse, remote_name
from simlib.rewrite.context import Context, shortened
from simlib.rewrite.crack import cracked
from simlib.rewrite.maps.names import canonical, mail_hosts
from simlib.rewrite.questions import Asking, Question, T
from simlib.rewrite.rules import Rule
from simlib.rewrite.run import rewrite
from simlib.site.dns import NameService

BANNER = "ADDRESS TEST MODE (ruleset 3 NOT automatically invoked)\nEnter <ruleset> <address>\n"
PROMPT = "> "
NAME_WIDTH = 16
MOST_NUMBERED = 100
SYMBOLS = 2003  # places in the table
_SET = re.compile(r"[A-Za-z][A-Za-z0-9_]*|[0-9]+")
_MACRO = re.compile(r"\{([A-Za-z0-9_]+)\}|([^\s{])")
MACROS_OF_A_SESSION: Mapping[str, str] = MappingProxyType({"_": "root@localhost", "addr_type": "e r"})
FAILURES, RULE_STEPS, RULE_LINES, MACROS = 10, 12, 15, 2  # levels of debug category 21


def address_test(
    rewriting: Rewriting, names: NameService, stdin: str, debug: str = "", said: Sequence[str] = ()
) -> str:
    """Answer each line: ``3,0 address``, ``/parse address``, ``/try mailer address``, ``=Sname``, ``$=w`` …

    ``said`` is what it complains of when it starts; in test mode it goes on all the same.
    """
    test = AddressTest(rewriting, names)
    if debug:
        test.set_debug(debug)
    printed = [*(f"{line}\n" for line in said), BANNER]
    lines = stdin.split("\n")
    for line in lines if lines[-1] else lines[:-1]:
        printed.append(PROMPT)
        if line.lower().split()[:1] == ["/quit"]:
            return "".join(printed)
        printed.append(test.obey(line))
    return "".join([*printed, PROMPT])


def answered(run: Asking[T], names: NameService) -> T:
    """Run to the end; the name service answers at once."""
    question: Question
    try:
        question = next(run)
        while True:
            question = run.send(names.answer(question.name, question.kind))
    except StopIteration as end:
        result: T = end.value
        return result


def alphabet_of_typed(rewriting: Rewriting) -> Alphabet:
    """By which an address that is typed is taken apart."""
    return rewriting.rulesets.text.alphabets.of_typed(rewriting.cf.version)


class AddressTest:
    """A session of address test mode: macros, classes and flags that are set stay so."""

    def __init__(self, rewriting: Rewriting, names: NameService) -> None:
        self.rewriting, self._names = rewriting, names
        self.macros = {**rewriting.macros, **MACROS_OF_A_SESSION}
        self.level = 0  # of debug category 21
        self._header = self._sender = False
        self._out: list[str] = []
        self._told: set[str] = set()  # faults of maps

    def obey(self, line: str) -> str:
        """What one line comes to, as it is printed."""
        self._out = []
        line = line.lstrip(" ")
        first = line[:1]
        if first and first not in "#\0":
            known = {"?": self._help, ".": self._define, "=": self._dump, "-": self._flag, "$": self._value}.get(first)
            if known is not None:
                known(line[1:])
            elif first == "/":
                self._command(line)
            else:
                self._rulesets(line)
        return "".join(self._out)

    def set_debug(self, text: str) -> None:
        """``-d21.12``: how much the rules tell."""
        for one in text.split(","):
            category, _, level = one.partition(".")
            if category in ("21", "", "0-99"):
                self.level = int(level) if level.isdecimal() else 1

    # What the rules tell while they run: see simlib.rewrite.context.Watcher

    def entered(self, name: str, workspace: str) -> None:
        """The line with what a ruleset is given."""
        self._say(f"{name[:NAME_WIDTH]:{NAME_WIDTH}}   input:{self._shown(workspace)}")

    def returned(self, name: str, workspace: str) -> None:
        """The line with what it returns."""
        self._say(f"{name[:NAME_WIDTH]:{NAME_WIDTH}} returns:{self._shown(workspace)}")

    def given_up(self, name: str, workspace: str) -> None:
        """Nothing is printed of a ruleset that an error ends."""

    def tried(self, rule: Rule, matched: bool) -> None:
        """With -d21.12: each rule."""
        if self.level >= RULE_STEPS:
            line = f" (line {rule.line})" if self.level >= RULE_LINES else ""
            self._say(f"-----trying rule{line}:{_row(rule.lhs)}")
        if not matched and self.level >= FAILURES:
            self._say("----- rule fails")
        elif matched and self.level >= RULE_STEPS:
            self._say(f"-----rule matches:{_row(rule.rhs)}")

    def skipped(self, name: str) -> None:
        """With -d21.3: a set without rules, which is not called."""
        if self.level >= 3:
            self._say(f"-----skip subr {name} ({self.rewriting.rulesets.names.number(name)})")

    def macro(self, side: str, name: str, value: str | None) -> None:
        """With -d21.2: a run-time macro. Simplified: those of left-hand sides are not told of."""
        if self.level >= MACROS and side == "RHS":
            shown = "(NULL)" if value is None else marks.written(value)
            self._say(f'rewrite: {side} $&{{{name}}} => "{shown}"')

    def fired(self, name: str, number: int, groups: tuple[str, ...], workspace: str) -> None:
        """With -d21.4: what it made."""
        if self.level >= 4:
            self._say(f"rewritten as:{self._shown(workspace)}")

    def looked_up(self, map_name: str, key: str, value: str | None) -> None:
        """Maps are told of by another category."""

    def said(self, text: str) -> None:
        """Complaints are printed as they come."""
        self._say(text)

    def _say(self, text: str) -> None:
        self._out.append(text + "\n")

    def _shown(self, workspace: str) -> str:
        return _row(self.rewriting.rulesets.tokens.texts(workspace))

    def _context(self) -> Context:
        return self.rewriting.context(self.macros, self, self._told)

    def _answered(self, run: Asking[T]) -> T:
        return answered(run, self._names)

    def _rulesets(self, line: str) -> None:
        """``3,0 address``: some rulesets, one after the other; several addresses stand apart by commas."""
        words = re.match(r"(\S*)(\s?)(.*)", line.lstrip(), re.DOTALL)
        assert words is not None
        sets, blank, rest = words.groups()
        if not blank:
            self._say("No address!")
            return
        context = self._context()
        if is_too_long(context, rest):
            return
        here = 0
        while True:
            scan = alphabet_of_typed(self.rewriting).scan(marks.foreign(rest[here:]), ",")
            for complaint in scan.said:
                self._say(f"{shortened(rest[here:])}... {complaint}")
            if scan.tokens is not None:
                self._run(context, sets, self.rewriting.rulesets.tokens.workspace(scan.tokens))
            here += scan.end
            if here >= len(rest):
                return
            here += 1

    def _run(self, context: Context, sets: str, workspace: str) -> None:
        rest = sets
        while rest:
            name = self._set_named(rest)
            if name is None:
                self._say(f"Undefined ruleset {rest}")
                return
            workspace, status = self._answered(rewrite(context, name, workspace))
            if status:
                self._say(f"== Ruleset {rest} ({self.rewriting.rulesets.names.number(name)}) status {int(status)}")
            rest = rest.partition(",")[2]

    def _set_named(self, text: str) -> str | None:
        """The ruleset at the front of a text, as its rules know it."""
        found = _SET.match(text)
        if found is None:
            self._say(f'invalid ruleset name: "{text[:20]}"')
            return None
        if found[0].isdecimal():
            if int(found[0]) >= MOST_NUMBERED:
                self._say(f"bad ruleset {int(found[0])} ({MOST_NUMBERED} max)")
                return None
            return self.rewriting.rulesets.names[str(int(found[0]))]
        return self.rewriting.rulesets.names[found[0]]

    def _help(self, rest: str) -> None:
        self._say(f"Sendmail {self.rewriting.defined['v']} -- HELP not implemented")

    def _define(self, rest: str) -> None:
        """``.Dxvalue`` and ``.Cxwords``."""
        if not rest:
            self._say("Usage: .[DC]macro value(s)")
        elif rest[0] == "D":
            name, value = self._named(rest[1:])
            if name:
                self.macros[name] = marks.marked(value)
        elif rest[0] == "C":
            if rest[1:]:
                name, value = self._named(rest[1:])
                if name:
                    self.rewriting.enter(name, value.split())
        else:
            self._say(f'Unknown "." command .{rest}')

    def _named(self, text: str) -> tuple[str, str]:
        found = _MACRO.match(text)
        if found is None:
            self._say(
                f"Unbalanced {{ on {text[1:]}"
                if text.startswith("{") and "}" not in text
                else "Name required for macro/class"
            )
            return "", ""
        return found[1] or found[2], text[found.end() :]

    def _dump(self, rest: str) -> None:
        """``=Sname``: the rules of a set; ``=M``: the mailers."""
        if not rest:
            self._say("Usage: =Sruleset or =M")
        elif rest[0] == "S":
            name = self._set_named(rest[1:])
            if name is None:
                self._say(f"Undefined ruleset {rest[1:]}")
            else:
                for rule in self.rewriting.rulesets.ruleset(name).rules:
                    sides = ("".join(f"{marks.written(token)} " for token in side) for side in (rule.lhs, rule.rhs))
                    self._say("R" + "\t\t".join(sides))
        elif rest[0] == "M":
            for number, mailer in enumerate(self.rewriting.mailers.values()):
                self._say(self._mailer(number, mailer))
        else:
            self._say(f'Unknown "=" command ={rest}')

    def _mailer(self, number: int, mailer: Mailer) -> str:
        sender, recipient = (
            "/".join(self._set_shown(name) for name in pair)
            for pair in (mailer.sender_rulesets, mailer.recipient_rulesets)
        )
        types = "/".join(one or "<undefined>" for one in mailer.type)
        eol = mailer.eol.replace("\r", "\\r").replace("\n", "\\n")
        return (
            f"mailer {number} ({mailer.name}): P={mailer.path} S={sender} R={recipient} M={mailer.max_size} "
            f"U={mailer.user or '-1:-1'} F={''.join(sorted(mailer.flags))} L={mailer.line_limit} E={eol} T={types} "
            f"r={mailer.max_recipients} A={mailer.argv}"
        )

    def _set_shown(self, name: str) -> str:
        return self.rewriting.rulesets.names[name or "0"] or name

    def _flag(self, rest: str) -> None:
        """``-d21.12``"""
        if not rest:
            self._say("Usage: -d{debug arguments}")
        elif rest[0] == "d":
            self.set_debug(rest[1:])
        else:
            self._say(f'Unknown "-" command -{rest}')

    def _value(self, rest: str) -> None:
        """``$x``: a macro; ``$=x``: a class."""
        if rest.startswith("="):
            name, _ = self._named(rest[1:])
            for word in sorted(self.rewriting.words(name), key=_place) if name else ():
                self._say(word)
            return
        mark = marks.marked(f"${rest[:1]}")
        if mark in marks.ALL or mark[:1] == marks.REPLACEMENT:
            self._say(marks.written(mark))
            return
        name, _ = self._named(rest)
        if name:
            value = self.macros.get(name)
            self._say("Undefined" if value is None else marks.written(value))

    def _command(self, line: str) -> None:
        word, _, rest = line.rstrip().replace("\t", " ").partition(" ")
        rest = rest.lstrip()
        known: dict[str, tuple[str, Callable[[str], None]]] = {
            "mx": ("/mx address", self._mx),
            "canon": ("/canon address", self._canon),
            "map": ("/map mapname key", self._map),
            "try": ("/try mailer address", self._try),
            "tryflags": ("/tryflags [Hh|Ee][Ss|Rr]", self._try_flags),
            "parse": ("/parse address", self._parse),
        }
        if word == "/":
            self._say("Usage: /[canon|map|mx|parse|try|tryflags]")
        elif word[1:].lower() not in known:
            self._say(f'Unknown "/" command {word}')
        else:
            usage, obey = known[word[1:].lower()]
            if rest:
                obey(rest)
            else:
                self._say(f"Usage: {usage}")

    def _mx(self, domain: str) -> None:
        hosts, waits = self._answered(mail_hosts(domain, self.rewriting.around))
        self._say(f"getmxrr({domain}) returns {-1 if waits else len(hosts)} value(s):")
        for host in hosts:
            self._say(f"\t{host}")

    def _canon(self, host: str) -> None:
        found, _ = self._answered(canonical(host, self.rewriting.around))
        self._say(f"getcanonname({host}) returns {found or host}")

    def _map(self, rest: str) -> None:
        name, _, key = rest.partition(" ")
        asked = self.rewriting.maps.get(name.lower())
        if not key:
            self._say("No key specified")
        elif asked is None:
            self._say(f'Map named "{name}" not found')
        else:
            found = self._answered(asked.look_up([key], self._context()))
            said = "".join(f"{line}\n" for line in found.said)
            result = (
                f"no match ({int(found.status)})"
                if found.value is None
                else f"returns {found.value} ({int(found.status)})"
            )
            self._say(f"map_lookup: {name} ({key}) {said}{result}")

    def _cracked(self, address: str) -> str:
        settings = self.rewriting.settings
        return cracked(marks.foreign(address), settings.must_quote, groups=not settings.colon_ok)

    def _kind(self) -> str:
        return f"{'header' if self._header else 'envelope'} {'sender' if self._sender else 'recipient'}"

    def _try(self, rest: str) -> None:
        name, _, address = rest.partition(" ")
        mailer = next((one for one in self.rewriting.mailers.values() if one.name.lower() == name.lower()), None)
        address = address.lstrip()
        if not address:
            self._say("Usage: /try mailer address")
        elif mailer is None:
            self._say(f"Unknown mailer {name}")
        else:
            self._say(f"Trying {self._kind()} address {address} for mailer {name}")
            run = remote_name(self._context(), address, mailer, self._sender, self._header, self._cracked(address))
            text, status = self._answered(run)
            self._say(f"Rcode = {int(status)}, addr = {marks.written(text)}")

    def _try_flags(self, rest: str) -> None:
        for letter in rest.upper():
            self._header = {"H": True, "E": False}.get(letter, self._header)
            self._sender = {"S": True, "R": False}.get(letter, self._sender)
        self.macros["addr_type"] = f"{'h' if self._header else 'e'} {'s' if self._sender else 'r'}"

    def _parse(self, address: str) -> None:
        self._say(f"Cracked address = {marks.written(self._cracked(address))}")
        self._say(f"Parsing {self._kind()} address")
        resolved = self._answered(
            parse(self._context(), address, self.rewriting.mailers, not (self._header or self._sender))
        )
        if resolved is None:
            self._say("Cannot parse")
            return
        host = f", host {resolved.host}" if resolved.host else ""
        self._say(f"mailer {resolved.mailer}{host}, user {resolved.user}")


def _place(word: str) -> int:
    """Where a word stands in sendmail's table of symbols, in whose order a class is shown [stab.c]."""
    place = 1
    for char in word.lower():
        place = (place << 1 ^ ord(char)) % SYMBOLS
    return place


def _row(tokens: list[str]) -> str:
    return "".join(f" {marks.written(token)}" for token in tokens)

"""The rewriting rules of one sendmail, with what they stand on: its names, classes, macros and maps."""

import warnings
from collections.abc import Mapping, MutableMapping, Sequence
from random import Random
from types import MappingProxyType

from simlib.cf import Cf, CfWarning, Mailer, marks, stock_rules
from simlib.cf.expand import expanded
from simlib.mta.policy.class_files import words_of
from simlib.mta.policy.settings import Settings
from simlib.rewrite.context import Context, Watcher
from simlib.rewrite.maps.databases import FileMap
from simlib.rewrite.maps.kinds import maps_of
from simlib.rewrite.rules import Rulesets
from simlib.site.host import Host

OWN_CLASSES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "e": ("7bit", "8bit", "binary"),
        "n": ("multipart/signed",),
        "s": ("rfc822",),
        "persistentMacros": ("r", "s", "_", "{if_addr}", "{daemon_flags}"),
        "checkMIMEHeaders": (
            "mime-version",
            "content-type",
            "content-disposition",
            "content-id",
            "content-transfer-encoding",
        ),
        "checkMIMETextHeaders": ("content-description",),
        "checkMIMEFieldHeaders": ("content-disposition", "content-type"),
    }
)
"""Classes that sendmail fills by itself [main.c]."""

BUILT_IN_MAILERS = (
    Mailer("prog", "/bin/sh", "sh -c $u", frozenset("lsoDq9"), eol="\n"),
    Mailer("*file*", "[FILE]", "FILE $u", frozenset("lsDFMPEouq9"), eol="\n", type=("X-Unix", "X-Unix", "X-Unix")),
    Mailer("*include*", "/dev/null", "INCLUDE $u", frozenset("su"), eol="\n"),
)
"""Mailers that are there whatever a cf says, in the order in which ``=M`` shows them [readcf.c, initmailers]."""


OF_THE_WAY = {"0", "3", "4", "parse", "canonify", "final"}  # a cf that has one of them has all that it needs
MASKED_SENDER = "MaskedSender"
SHORT_SINCE = 5  # V level from which on $w is the short name


class Rewriting:
    """What the rules of a host need to run. ``own_names`` is class w; ``mode`` is the letter of the option ``-b``.

    A cf that does not say where mail goes is run with ``stock_rules`` of our own beside its own; they answer as those
    of sendmail's m4 files do. Its mailers for the network then mask senders, which is said in their M lines there.
    """

    def __init__(
        self, cf: Cf, host: Host, own_names: Sequence[str], version: str, mode: str = "t", *, stock_rules: bool = True
    ) -> None:
        self.has_stock_rules = stock_rules and not OF_THE_WAY & set(cf.rulesets)
        self.cf = _with_stock_rules(cf) if self.has_stock_rules else cf
        self.settings = Settings.of(self.cf)
        self._host = host
        self._own_names = tuple(own_names)
        self.mailers = {one.name: one for one in BUILT_IN_MAILERS} | {
            name: _of_level(mailer, self.cf.version) for name, mailer in self.cf.mailers.items()
        }
        if self.has_stock_rules:
            self.mailers = {name: _masking(mailer) for name, mailer in self.mailers.items()}
        short, _, domain = host.name.partition(".")
        self.defined = {
            "j": host.name,
            "w": short if self.cf.version >= SHORT_SINCE else host.name,
            "m": domain,
            "k": host.name,
            "v": version,
            "n": "MAILER-DAEMON",
            "opMode": mode,
        }
        self.macros = self.defined | {name: marks.marked(value) for name, value in self.cf.macros.items()}
        self.classes: dict[str, tuple[str, ...]] = {}
        self.rulesets = Rulesets(self.cf, self.defined, self.words)
        self.around = _Around(host, (domain,) if domain and not _only_as_written(self.settings) else ())
        self.maps = maps_of(self.cf, self.around, self.macros.get)
        self._files = sorted({one.path for one in self.maps.values() if isinstance(one, FileMap)})

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a class, macros put in."""
        if name not in self.classes:
            own = {"w": self._own_names, "m": (self.macros["m"],), "k": (self.defined["k"],)}
            read = words_of(self.cf, name, self._host.files)
            found = expanded(marks.marked(" ".join(read)), self.macros.get).split()
            given = own.get(name, OWN_CLASSES.get(name, ()))
            self.classes[name] = _without_doubles((*given, *found))
        return self.classes[name]

    def enter(self, name: str, words: Sequence[str]) -> None:
        """Put words into a class."""
        self.classes[name] = _without_doubles((*self.words(name), *words))
        self.rulesets.changed()

    @property
    def state(self) -> object:
        """What results depend on beside macros and name service: equal as long as classes and maps are the same."""
        return self.rulesets.generation, [self.around.file(path) for path in self._files]

    def context(
        self, macros: MutableMapping[str, str], watcher: Watcher | None = None, told: set[str] | None = None
    ) -> Context:
        """What one question to the rules reads and notes; ``told``: the faults of maps that are not said again."""
        return Context(self.rulesets, self.maps, macros, watcher, told=told)


class _Around:
    """The host as its maps see it."""

    def __init__(self, host: Host, search: Sequence[str]) -> None:
        self._host = host
        short, _, domain = host.name.partition(".")
        self.hosts: Mapping[str, str] = {
            "localhost": f"localhost.{domain}" if domain else "localhost",
            short: host.name,
            host.name: host.name,
        }
        self.addresses: Mapping[str, str] = {"127.0.0.1": self.hosts["localhost"], host.address: host.name}
        self._random = Random(host.name)
        self.search = search

    def file(self, path: str) -> str | None:
        node = self._host.files.find(path) if path.startswith("/") else None
        return None if node is None or node.directory else node.text

    def account(self, user: str) -> Mapping[str, str] | None:
        known = None if self._host.users is None else self._host.users.get(user)
        if known is None:
            return None
        return {"name": known.name, "passwd": "x", "gecos": "", "dir": known.home, "shell": known.shell}

    def number(self, below: int) -> int:
        return self._random.randrange(below)


def _without_doubles(words: Sequence[str]) -> tuple[str, ...]:
    """Words of a class: each stays as it came first, whatever its case."""
    kept: dict[str, str] = {}
    for word in words:
        if word:
            kept.setdefault(word.lower(), word)
    return tuple(kept.values())


def _of_level(mailer: Mailer, level: int) -> Mailer:
    """A mailer with the flags that a text for an older sendmail takes for granted [readcf.c]."""
    granted = "7" if level < 2 and "L" in mailer.flags else ""
    if level < 7 and mailer.name in ("local", "prog"):
        granted += "q"
    if level < 6:
        granted += {"local": "Aw5:|/@", "prog": "o"}.get(mailer.name, "")
    return mailer._replace(flags=mailer.flags | set(granted)) if granted else mailer


def _only_as_written(settings: Settings) -> bool:
    """Whether names are looked for as they are written only, and never inside the host's own domain."""
    return not {"dnsrch", "defnames"} & set(settings.resolver_options)


def _masking(mailer: Mailer) -> Mailer:
    """A mailer that masks senders in headers, if it leads to other hosts and has no rules of its own for them."""
    if mailer.is_local or mailer.sender_rulesets != ("", ""):
        return mailer
    return mailer._replace(sender_rulesets=("", MASKED_SENDER))


def _with_stock_rules(cf: Cf) -> Cf:
    """A cf that has no rules is run with those of our own, which answer as the stock ones do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CfWarning)  # said when the cf was read
        return Cf.parse(f"{cf}\n{stock_rules()}", cf.name)

"""The simulated ``sendmail -bt`` on the same host."""

from simlib import World
from simlib.mta.policy.rewriting import Rewriting
from simlib.mta.policy.start_checks import read_for_test
from simlib.rewrite.maps.makemap import makemap
from simlib.shell.address_test import AddressTest, address_test
from simlib.site.dns import NameService
from simlib.site.host import Host
from tests.rewrite.real import ADDRESS, DATA, HOST, USERS, zone

VERSION = "8.17.1.9"
OWN_NAMES = ("mail", "localhost", HOST, "[127.0.0.2]")
_TABLES = ("access", "domaintable", "genericstable", "mailertable", "virtusertable")
_CF = "/mnt/test.cf"


class SimulatedTestMode:
    """One host for all sessions; each begins with a cf of its own."""

    def __init__(self) -> None:
        world = World(seed=1)
        self.host: Host = world.host(HOST)
        world.user(self.host, *USERS)
        self.host.address = ADDRESS  # that of the real one
        self.names: NameService = world.dns
        self.names.add(self.names.read_zone(f"$TTL 60\n{zone()}", origin="."))
        for path in (DATA / "mail").iterdir():
            self.host.files.write(f"/etc/mail/{path.name}", path.read_text())
        for name in _TABLES:
            source = (DATA / "mail" / name).read_text()
            self.host.files.write(f"/etc/mail/{name}.db", makemap(source, name).text)
        for empty in ("trusted-users", "canonify-domains"):
            self.host.files.write(f"/etc/mail/{empty}", "")

    def rewriting(self, cf: bytes) -> tuple[Rewriting, tuple[str, ...]]:
        """The rules of a cf on the host, and what is said of it."""
        read, said = read_for_test(cf.decode("latin-1"), _CF, self.host.files, VERSION)
        return Rewriting(read, self.host, OWN_NAMES, VERSION, stock_rules=False), said

    def __call__(self, cf: bytes, typed: str) -> str:
        """What it prints for what is typed."""
        rewriting, said = self.rewriting(cf)
        return address_test(rewriting, self.names, typed, said=said)

    def fired(self, cf: bytes, typed: str) -> dict[tuple[str, str], bool]:
        """Each rule of the cf by its two sides, and whether it fired."""
        rewriting, _ = self.rewriting(cf)
        test = _Recording(rewriting, self.names)
        for line in typed.splitlines():
            test.obey(line)
        rules = rewriting.rulesets
        return {
            (" ".join(rule.lhs), " ".join(rule.rhs)): (name, number) in test.seen
            for name in rewriting.cf.rulesets
            for number, rule in enumerate(rules.ruleset(name).rules)
        }


class _Recording(AddressTest):
    """Address test mode that notes which rules fire."""

    def __init__(self, rewriting: Rewriting, names: NameService) -> None:
        super().__init__(rewriting, names)
        self.seen: set[tuple[str, int]] = set()

    def fired(self, name: str, number: int, groups: tuple[str, ...], workspace: str) -> None:
        """Note it."""
        self.seen.add((name, number))

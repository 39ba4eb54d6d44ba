"""Who is meant by a local address: aliases, :include: lists and .forward files (slide claims 13.2-13.4, 14.2-14.6).

Simplified: the user database is not looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from errno import EACCES, EINTR, ENOENT
from typing import NamedTuple

from simlib.message.status import Exit
from simlib.mta.installation import Installation
from simlib.mta.policy import log_lines
from simlib.mta.policy.aliases import INCLUDE, addresses
from simlib.mta.policy.file_safety import FORWARD, Opened, Refused, open_safely
from simlib.mta.policy.file_safety import INCLUDE as INCLUDE_FILE
from simlib.mta.policy.log_lines import Said
from simlib.mta.policy.outcome import Outcome
from simlib.mta.policy.routing import LOCAL, Destination, is_file, is_program, no_way
from simlib.mta.policy.written import SYNTAX, read
from simlib.mta.process.rules import learn
from simlib.site.steps import Steps
from simlib.site.tree import WORDS
from simlib.site.users import User

BY_RULESET_5 = "5"  # stands in a chain for a user whom ruleset 5 has made another one
LOOP = "5.4.6"  # the status of who leads back to where he came from
DEFAULT_USER = "daemon"  # whose rights an alias has (DefaultUser)

Chain = tuple[str, ...]  # the aliases, users and files that lead to an address


class Target(NamedTuple):
    """One address in the end.

    ``controller``: the user with whose rights programs and files are used. ``owner``: who gets the returns of a list
    (``owner-list``). ``outcome``: why nothing can be delivered to it, if so. ``fault``: why it may name no program.
    ``source`` is the line of a file that names it, for the words of a refusal.
    """

    address: str
    shown: str
    controller: str = DEFAULT_USER
    owner: str = ""
    outcome: Outcome | None = None
    fault: str = ""
    source: str = ""
    destination: Destination | None = None  # where ruleset 5 sends it

    @property
    def named(self) -> str:
        """What a complaint calls it."""
        return f"{self.source}{self.shown}"


@dataclass(slots=True)
class Expansion:
    """The expansion of one address. ``targets`` are what it comes to, at least one.

    ``log`` is what is to be written to the mail log, ``said`` what stands in the transcript of a notice beside the
    reasons of those to whom nothing can be delivered.
    """

    mta: Installation
    targets: list[Target] = field(default_factory=list)
    log: list[Said] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    macros: Mapping[str, str] = field(default_factory=dict)
    takes_time: bool = True  # False: what name service has to say is known at once, for who cannot wait
    _seen: dict[str, str] = field(default_factory=dict)  # users that were expanded already, as the log writes them

    def expand(self, address: str, shown: str, controller: str = "") -> Steps[None]:
        """Find out who is meant."""
        target = Target(address, shown, controller or DEFAULT_USER)
        yield from self._expand(target, ())
        if not self.targets:  # only names that lead back to where they came from, or no address in a list
            self._refuse(target, _unlogged(Exit.UNAVAILABLE, LOOP, "aliasing/forwarding loop broken"))

    def _expand(self, target: Target, chain: Chain) -> Steps[None]:
        if self._is_too_deep(target, chain):
            return
        if is_program(target.address) or is_file(target.address):
            self._program_or_file(target)
        elif target.address.lower().startswith(INCLUDE):
            yield from self._include(target, chain)
        else:
            yield from self._address(target, chain)

    def _is_too_deep(self, target: Target, chain: Chain) -> bool:
        """Whether too many names lead to an address (MaxAliasRecursion); then nobody is meant."""
        depth, most = len(chain), self.mta.settings.max_alias_recursion
        if depth <= most:
            return False
        words = f"aliasing/forwarding loop broken ({depth} aliases deep; {most} max)"
        if self.takes_time:  # who types is told
            self.log.append(log_lines.loop_broken(depth, most))
        self._refuse(target, _unlogged(Exit.UNAVAILABLE, "5.4.6", words))
        return True

    def _address(self, target: Target, chain: Chain) -> Steps[None]:
        if self.takes_time:
            yield from learn(self.mta, target.address, self.macros)
        ways = self.mta.ways
        user, found = ways.local_user(target.address), ways.destination(target.address)
        refused = no_way(found, self.mta.cf)
        if refused is not None and refused.exit != Exit.SOFTWARE:
            self._refuse_as_rules_say(target, found, refused)
        elif user is None:
            name, _, domain = target.address.rpartition("@")
            self.targets.append(target._replace(address=f"{name}@{domain.lower()}"))
        elif user.startswith("\\"):
            self._local(target)
        else:
            yield from self._user(target, found._replace(user=user.lower()), chain)

    def _member(self, text: str, of: Target, chain: Chain) -> Steps[None]:
        """One address of a list, as it is written there; ``of`` says whose rights it has, and where it stands."""
        written = read(text)
        target = of._replace(address=written.address, shown=_escaped(text))
        self.said += (_complaint(one, target.named) for one in written.said)
        if written.refused:
            named = target.source if written.code == SYNTAX else f"{target.named}... "
            about = f"{named}{written.words}"
            self._refuse(target, _unlogged(Exit.USAGE, written.dsn, about, written.code))
        elif written.address:
            yield from self._expand(target, chain)

    def _user(self, target: Target, found: Destination, chain: Chain) -> Steps[None]:
        """A user of this host, as he was named or as ruleset 5 has it: with a host for the log, if that says one."""
        user, local = found.user, self.mta.local
        name = f"{found.host} {user}".lstrip()
        if name in chain:
            self._loop(target, name, chain)
        elif name in self._seen:
            self.mta.show(f"{target.named}... duplicate suppressed")
        elif local.alias_of(user) and self.mta.ways.may_be_alias(found):
            self._seen[name] = target.shown
            owner = self._owner_of(user) or target.owner
            database, key = local.alias_database, local.alias_of(user)
            self.mta.show(f"{target.shown}... aliased to {database.value(key)}")
            for each in database.targets(key):
                yield from self._member(each, Target("", "", DEFAULT_USER, owner), (*chain, name))
        elif (meant := self.mta.ways.by_ruleset_5(found)) is not None:
            yield from self._meant(target, meant, (*chain, BY_RULESET_5))  # who comes again here is no loop of names
        else:
            self._seen[name] = target.shown
            yield from self._forward(target, found, chain)

    def _meant(self, target: Target, found: Destination, chain: Chain) -> Steps[None]:
        """Whom ruleset 5 means by a user of this host: another one, or somebody elsewhere."""
        refused = no_way(found, self.mta.cf)
        if self._is_too_deep(target, chain):
            return
        if refused is not None:
            self._refuse_as_rules_say(target, found, refused)
        elif found.mailer == LOCAL:
            yield from self._user(target._replace(destination=found), found, chain)
        else:
            self.targets.append(target._replace(address=found.user, destination=found))

    def _loop(self, target: Target, user: str, chain: Chain) -> None:
        """Back where we were: a mailbox on the way gets the mail, or nobody does.

        Those in the loop who are no aliases come first, then whoever is nearest, back to the first name of all.
        """
        loop = chain[chain.index(user) :]
        known = [name for name in (user, *reversed(chain)) if self.mta.local.knows_user(name)]
        here = [name for name in loop if name in known and name not in self.mta.local.alias_database] or known[:1]
        for name in here:
            self.targets.append(target._replace(address=name, shown=self._seen.get(name, name), destination=None))
        if not here and len(loop) == 1:
            self._refuse(target, NO_USER)

    def _forward(self, target: Target, user: Destination, chain: Chain) -> Steps[None]:
        """What the user's own .forward says, if there is one that may be believed."""
        account = self._account(self.mta.local.account(user.user))
        if account is None:
            self._local(target)
            return
        busy = False
        for path in self._forward_paths(account, user.host or user.user.partition("+")[2]):
            error = yield from self.mta.host.files.reach(path, self.mta.settings.file_open)
            if error == ENOENT:
                continue
            if error:
                self.log.append(log_lines.forward_failed(path, _open_words(error), transient=True))
                busy = True
                continue
            opened = open_safely(self.mta.host.files, path, account.name, FORWARD, self.mta.settings.dont_blame)
            if isinstance(opened, Refused):
                if opened.errno != ENOENT:
                    self.log.append(log_lines.forward_failed(path, opened.reason))
                continue
            before = len(self.targets)
            yield from self._named(target, account, path, opened, chain)
            if len(self.targets) > before:
                return
            break
        if busy:
            self._refuse(target, Outcome(Exit.TEMPFAIL, "4.0.0", "", "local", logged=False))
            return
        self._local(target)

    def _named(self, target: Target, account: User, path: str, opened: Opened, chain: Chain) -> Steps[None]:
        fault = self._fault(target, account, opened.unsafe)
        for number, line in _lines(opened.node.text):
            self.mta.show(f"{path}: line {number}: forwarding to {line}")
            of = Target("", "", account.name, target.owner, fault=fault, source=f"{path}: line {number}: ")
            for each in addresses(line):
                if self.mta.ways.local_user(read(each).address) == account.name:  # oneself: the mailbox
                    self._local(target)
                else:
                    yield from self._member(each, of, (*chain, account.name))

    def _forward_paths(self, account: User, detail: str) -> list[str]:
        short = self.mta.name.partition(".")[0]
        paths = []
        for part in self.mta.settings.forward_path.split(":"):
            path = part.replace("$z", account.home).replace("$u", account.name).replace("$w", short)
            path = path.replace("$h", detail).replace("$j", self.mta.name)
            if path.startswith("/"):
                paths.append(path)
        return paths

    def _include(self, target: Target, chain: Chain) -> Steps[None]:
        path = target.address[len(INCLUDE) :].strip()
        files = self.mta.host.files
        if path in chain:
            return
        self.mta.show(f"{target.shown}... including file {path}")
        if not path.startswith("/"):  # looked for in the queue directory, where only root may look
            self._cannot_open(target, path, WORDS[EACCES])
            return
        error = yield from files.reach(path, self.mta.settings.file_open)
        if error and error != ENOENT:
            self.log.append(log_lines.include_failed(path, _open_words(error)))
            words = f"Cannot open {path}: {_open_words(error)}"
            self._refuse(target, Outcome(Exit.TEMPFAIL, "4.2.4", words, "", logged=False))
            return
        opened = open_safely(files, path, target.controller, INCLUDE_FILE, self.mta.settings.dont_blame)
        if isinstance(opened, Refused):
            self._cannot_open(target, path, opened.reason)
            return
        owner = opened.node.owner
        fault = self._fault(target, self._account(owner), opened.unsafe)
        given_away = "assumesafechown" not in self.mta.settings.dont_blame
        if given_away and files.over_nfs(path):  # nobody can tell whether files are given away over there
            owner = target.controller
        for number, line in _lines(opened.node.text):
            self.mta.show(f"{path}: line {number}: sending to {line}")
            of = Target("", "", owner, target.owner, fault=fault, source=f"{path}: line {number}: ")
            for each in addresses(line):
                yield from self._member(each, of, (*chain, path))

    def _cannot_open(self, target: Target, path: str, reason: str) -> None:
        self._refuse(target, _unlogged(Exit.NOINPUT, "5.2.4", f"{target.named}... Cannot open {path}: {reason}", 550))

    def _fault(self, target: Target, account: User | None, unsafe: str) -> str:
        """Why what a file names may be no program and no file, if so."""
        if account is not None and not account.may_run_programs:
            return f"User {account.name}@{self.mta.name} doesn't have a valid shell for mailing to"
        return f"Address {target.shown} is unsafe for mailing to" if unsafe else ""

    def _program_or_file(self, target: Target) -> None:
        if target.fault:
            what = "programs" if is_program(target.address) else "files"
            words = f"{target.named}... {target.fault} {what}"
            self._refuse(target, _unlogged(Exit.UNAVAILABLE, "5.7.1", words, 550))
        else:
            self.targets.append(target)

    def _local(self, target: Target) -> None:
        user = self.mta.ways.local_user(target.address) or target.address
        if target.destination is not None:
            user = target.destination.user
        if self.mta.local.knows_user(user):
            self.targets.append(target)
        else:
            self._refuse(target, NO_USER)

    def _owner_of(self, name: str) -> str:
        """Who answers for a list: what ``owner-list`` stands for if it is one address, else ``owner-list``."""
        owner = f"owner-{name}"
        if owner not in self.mta.local.alias_database:
            return ""
        named = [read(text).address for text in self.mta.local.alias_database.targets(owner)]
        return named[0] if len(named) == 1 and named[0] else owner

    def _account(self, user: str) -> User | None:
        return (self.mta.host.users or {}).get(user)

    def _refuse_as_rules_say(self, target: Target, found: Destination, outcome: Outcome) -> None:
        """Refuse somebody, in words that say whom where the reply code is one for that."""
        if found.refusal is not None:
            line = str(found.refusal.reply(target.named))
            outcome = outcome._replace(reply=line, remark=line.split(" ", 2)[2])
            target = target._replace(destination=found)
        self._refuse(target, outcome)

    def _refuse(self, target: Target, outcome: Outcome) -> None:
        self.targets.append(target._replace(outcome=outcome))


NO_USER = Outcome(
    Exit.NOUSER, "5.1.1", "User unknown", "local", reply="550 5.1.1 User unknown", reason="550 5.1.1 User unknown"
)
OPEN_TIMEOUT = "Timeout on file open"  # when Timeout.fileopen rings


def _open_words(error: int) -> str:
    return OPEN_TIMEOUT if error == EINTR else WORDS[error]


def _lines(text: str) -> list[tuple[int, str]]:
    """The lines of a list file, with their numbers; comments are left out."""
    lines = enumerate(text.splitlines(), 1)
    return [(number, line.strip()) for number, line in lines if line.strip() and not line.startswith("#")]


def _unlogged(exit: Exit, dsn: str, words: str, code: int = 554) -> Outcome:
    """A failure that no line of the log tells of; only the notice does."""
    return Outcome(exit, dsn, words, "", reply=f"{code} {dsn} {words}", logged=False)


def _complaint(said: str, named: str) -> str:
    """A line of the transcript about an address that is read all the same."""
    code, dsn, words = said.split(" ", 2)
    return f"{code} {dsn} {named}... {words}"


def _escaped(address: str) -> str:
    """An address as the log writes it."""
    return address.replace("\\", "\\\\")

"""What a sendmail knows of its own users: accounts, and the alias database."""

from collections.abc import Mapping
from copy import copy
from textwrap import dedent

from simlib.cf import Cf
from simlib.mta.policy import aliases
from simlib.mta.policy.aliases import Aliases
from simlib.mta.policy.routing import without_detail
from simlib.site.host import Host


class LocalAddresses:
    """Addresses of a host, as its sendmail knows them. ``own_names``: what it takes for a name of its own.

    Simplified: of several aliases files one that is not there is passed over, where sendmail puts local mail off.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self.own_names: Mapping[str, None] = {}
        self.alias_database = Aliases()  # what all files have, the first before the others
        self.keeps_details = False  # hana+list is looked for as he is
        self._checks_users = False  # mailer flag w of the local one
        self._files: tuple[str, ...] = (aliases.PATH,)
        self._built: dict[str, str] = {}  # path -> the text of which its database was made

    def heed(self, cf: Cf, files: tuple[str, ...]) -> None:
        """Heed a cf, the names that it gives the host, and its AliasFile."""
        local = cf.mailers.get("local")
        self._checks_users = local is None or local.wants_an_account
        self._files = files
        self._look()

    def without_aliases(self) -> "LocalAddresses":
        """The same where no alias is looked for, nor whether there is such a user (``sendmail -n``)."""
        other = copy(self)
        other.alias_database, other._checks_users = Aliases(), False
        return other

    @property
    def aliases(self) -> str:
        """The text of its aliases file; the first, where AliasFile names several.

        Setting it rebuilds the database, as ``newaliases`` does, and raises
        :class:`~simlib.errors.WorkbookError` with what ``newaliases`` complains of.
        """
        return self._built.get(self._files[0], "")

    @aliases.setter
    def aliases(self, text: str) -> None:
        path = self._files[0]
        aliases.check(aliases.newaliases(dedent(text), self.own_names, path))
        self.host.files.write(path, dedent(text))
        self.rebuild_aliases()

    def rebuild_aliases(self) -> str:
        """Make the databases anew from what the aliases files hold; gives what ``newaliases`` prints."""
        said = []
        for path in self._files:
            node = self.host.files.find(path)
            if node is None:
                said.append(f"newaliases: cannot open {path}: No such file or directory")
                continue
            self._built[path] = node.text
            said.append(aliases.newaliases(node.text, self.own_names, path).report)
        self._look()
        return "\n".join(said)

    @property
    def aliases_are_faulty(self) -> bool:
        """Whether a line of the aliases files had to be left out of the databases."""
        return any(one.problems for one in self._made())

    def _look(self) -> None:
        """Take over what the databases have."""
        self.alias_database = aliases.merged(self._made())

    def _made(self) -> list[Aliases]:
        return [aliases.newaliases(self._built.get(path, ""), self.own_names, path) for path in self._files]

    def newaliases(self, text: str) -> str:
        """What ``newaliases`` says of the text of an aliases file; nothing is changed."""
        return aliases.newaliases(dedent(text), self.own_names).report

    @property
    def expands(self) -> bool:
        """Whether a local address may stand for something else than a mailbox of that name."""
        return bool(self.host.users is not None or self.alias_database.entries)

    def alias_of(self, user: str) -> str:
        """The key of the aliases file that a user part is found by, empty if none: ``u+detail``, ``u+*``, ``u``."""
        if self.keeps_details:
            return user if user in self.alias_database else ""
        base = without_detail(user)
        keys = (user, f"{base}+*", base) if base != user else (user,)
        return next((key for key in keys if key in self.alias_database), "")

    def knows_user(self, name: str) -> bool:
        """Whether a local user exists, as far as sendmail looks (mailer flag w). If nobody was named, all do."""
        users, account = self.host.users, self.account(name.lower().removeprefix("\\"))
        return users is None or account in users or not self._checks_users

    def account(self, name: str) -> str:
        """Whose account a local user has: what stands behind a ``+`` is not looked at, unless it is left to rules."""
        return name if self.keeps_details else without_detail(name)

"""What a sendmail knows of its own users: accounts, and the alias database."""

from collections.abc import Mapping
from textwrap import dedent

from simlib.cf import Cf
from simlib.mta.policy import aliases
from simlib.mta.policy.routing import without_detail
from simlib.site.host import Host


class LocalAddresses:
    """Addresses of a host, as its sendmail knows them. ``own_names``: what it takes for a name of its own."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.own_names: Mapping[str, None] = {}
        self.alias_database = aliases.newaliases("", self.own_names)
        self._checks_users = False  # mailer flag w of the local one
        self._aliases = ""

    def heed(self, cf: Cf) -> None:
        """Heed a cf, and the names that it gives the host."""
        local = cf.mailers.get("local")
        self._checks_users = local is None or local.wants_an_account
        self.alias_database = aliases.newaliases(self._aliases, self.own_names)

    @property
    def aliases(self) -> str:
        """The text of its aliases file.

        Setting it rebuilds the database, as ``newaliases`` does, and raises
        :class:`~simlib.errors.WorkbookError` with what ``newaliases`` complains of.
        """
        return self._aliases

    @aliases.setter
    def aliases(self, text: str) -> None:
        database = aliases.newaliases(dedent(text), self.own_names)
        aliases.check(database)
        self._aliases, self.alias_database = dedent(text), database
        self.host.files.write(database.path, self._aliases)

    def rebuild_aliases(self, text: str) -> str:
        """Make the database anew from what the aliases file holds; gives what ``newaliases`` prints."""
        self._aliases, self.alias_database = text, aliases.newaliases(text, self.own_names)
        return self.alias_database.report

    def newaliases(self, text: str) -> str:
        """What ``newaliases`` says of the text of an aliases file; nothing is changed."""
        return aliases.newaliases(dedent(text), self.own_names).report

    @property
    def expands(self) -> bool:
        """Whether a local address may stand for something else than a mailbox of that name."""
        return bool(self.host.users is not None or self.alias_database.entries)

    def alias_of(self, user: str) -> str:
        """The key of the aliases file that a user part is found by, empty if none: ``u+detail``, ``u+*``, ``u``."""
        base = without_detail(user)
        keys = (user, f"{base}+*", base) if base != user else (user,)
        return next((key for key in keys if key in self.alias_database), "")

    def knows_user(self, name: str) -> bool:
        """Whether a local user exists, as far as sendmail looks (mailer flag w). If nobody was named, all do.

        What stands behind a ``+`` is not looked at.
        """
        users, name = self.host.users, without_detail(name.lower().removeprefix("\\"))
        return users is None or name in users or not self._checks_users

"""What a sendmail knows of its own users: accounts, the alias database, and rules for those who have moved."""

from collections.abc import Mapping
from textwrap import dedent

from simlib.cf import Cf
from simlib.mta import aliases
from simlib.mta.redirect import Rules, answer, ending_rules
from simlib.mta.routing import local_user, without_detail
from simlib.site.host import Host


class LocalAddresses:
    """The part of a sendmail that is about addresses of its own host."""

    host: Host
    cf: Cf
    own_names: Mapping[str, None]
    ending_rules: Rules
    alias_database: aliases.Aliases
    _aliases = ""

    def read_rules(self) -> None:
        """Heed the cf and the names that it gives the host."""
        self.ending_rules = ending_rules(self.cf)
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
        return bool(self.host.users is not None or self.alias_database.entries or self.ending_rules)

    def is_here(self, address: str) -> bool:
        """Whether this host has to know what an address stands for."""
        return local_user(address, self.own_names) is not None or answer(address, self.ending_rules) is not None

    def alias_of(self, user: str) -> str:
        """The key of the aliases file that a user part is found by, empty if none: ``u+detail``, ``u+*``, ``u``."""
        base = without_detail(user)
        keys = (user, f"{base}+*", base) if base != user else (user,)
        return next((key for key in keys if key in self.alias_database), "")

    def knows_user(self, name: str) -> bool:
        """Whether a local user exists, as far as sendmail looks (mailer flag w). If nobody was named, all do.

        What stands behind a ``+`` is not looked at.
        """
        users, local = self.host.users, self.cf.mailers.get("local")
        name = without_detail(name.lower().removeprefix("\\"))
        return users is None or name in users or (local is not None and "w" not in local.flags)

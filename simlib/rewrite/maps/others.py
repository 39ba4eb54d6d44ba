"""Maps made of other maps, and of the host's accounts: ``sequence``, ``switch``, ``user``, ``stab``, ``program``."""

from collections.abc import Mapping, Sequence

from simlib.cf.prescan import strip_quotes
from simlib.message.status import Exit
from simlib.rewrite.maps.map import NO_MATCH, Map, Options, Session, Surroundings
from simlib.rewrite.questions import Asking, Found

FIELDS = ("name", "passwd", "uid", "gid", "gecos", "dir", "shell")


class Sequel(Map):
    """One map after the other, until one of them knows the key."""

    waits = True  # perhaps: one of them may

    def __init__(self, name: str, options: Options, around: Surroundings) -> None:
        super().__init__(name, options, around)
        self.maps: Mapping[str, Map] = {}  # all there are; set when the last K line is read

    def look_up(self, words: Sequence[str], session: Session) -> Asking[Found]:
        """Ask them in their order; where one has to wait, so has the whole unless a later one knows it."""
        status = 0
        for name in self.options.rest.split():
            asked = self.maps.get(name.lower())
            if asked is None or asked is self:
                continue
            key = words[0] if asked.keeps_quotes else strip_quotes(words[0])
            found = yield from asked.look_up([key, *words[1:]], session)
            if found.value is not None:
                return Found(self.rewritten(found.value))
            status = Exit.TEMPFAIL if Exit.TEMPFAIL in (status, found.status) else found.status
        return Found(None, status)


class UserMap(Map):
    """The accounts of the host: ``-v`` says which field of the password file is the value."""

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """The account of that name."""
        account = self.around.account(words[0])
        if account is None:
            return Found(None, Exit.NOUSER)
        wanted = self.options.letters.get("v", "name")
        field = FIELDS[int(wanted) - 1] if wanted.isdecimal() and 0 < int(wanted) <= len(FIELDS) else wanted
        if self.matches_only:
            return Found(self.rewritten(words[0]))
        return Found(self.rewritten(account[field], words)) if field in account else NO_MATCH

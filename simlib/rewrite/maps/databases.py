"""Maps in files: ``hash``, ``btree`` and ``dbm``, which makemap makes, and ``text``."""

from collections.abc import Sequence

from simlib.message.status import Exit
from simlib.rewrite.maps.map import NO_MATCH, Map, Options, Session, Surroundings
from simlib.rewrite.questions import Found


class Database(Map):
    """A database that ``makemap`` has made. Simplified: its file holds key and value as text, one pair a line."""

    ending = ".db"

    def __init__(self, name: str, options: Options, around: Surroundings) -> None:
        super().__init__(name, options, around)
        path = options.rest.split()[0] if options.rest else ""
        self.path = path if path.endswith(self.ending) else path + self.ending
        self.folds = "f" not in options.letters
        self._text: str | None = None
        self._entries: dict[str, str] = {}

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """The value of a key; the file is looked at each time."""
        text = self.around.file(self.path)
        if text is None:
            if self.is_optional:
                return NO_MATCH
            return Found(None, Exit.TEMPFAIL)
        if text is not self._text:
            self._text, self._entries = text, entries(text)
        key = words[0].lower() if self.folds else words[0]
        value = self._entries.get(key)
        if value is None:
            return NO_MATCH
        return Found(self.rewritten(words[0]) if self.matches_only else self.rewritten(value, words))


class DbmDatabase(Database):
    """The same in ndbm's files."""

    ending = ".pag"


class TextFile(Map):
    """Lines of columns: ``-k`` is the key's, ``-v`` the value's, ``-z`` what is between them."""

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """The first line whose key is the one."""
        letters = self.options.letters
        text = self.around.file(self.options.rest)
        if text is None:
            return NO_MATCH if self.is_optional else Found(None, Exit.TEMPFAIL)
        delimiter = letters.get("z", "")[:1] or None
        key = words[0] if "f" in letters else words[0].lower()
        key_column, value_column = int(letters.get("k") or 0), int(letters.get("v") or 1)
        for line in text.splitlines():
            columns = line.split(delimiter)
            if line.startswith("#") or len(columns) <= max(key_column, value_column):
                continue
            found = columns[key_column]
            if (found if "f" in letters else found.lower()) == key:
                return Found(self.rewritten(words[0] if self.matches_only else columns[value_column], words))
        return NO_MATCH


def entries(text: str) -> dict[str, str]:
    """What a database holds, of its file's text."""
    pairs = (line.partition("\t") for line in text.split("\n") if line)
    return {key: value for key, _, value in pairs}

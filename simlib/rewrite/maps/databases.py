"""Maps in files: ``hash``, ``btree`` and ``dbm``, which makemap makes, and ``text``."""

from collections.abc import Sequence

from simlib.message.status import Exit
from simlib.rewrite.maps.map import NO_MATCH, Map, Options, Session, Surroundings
from simlib.rewrite.questions import Found


class FileMap(Map):
    """A map in a file, which may not be there."""

    kind = "text"

    def __init__(self, name: str, options: Options, around: Surroundings) -> None:
        super().__init__(name, options, around)
        self.path = options.rest

    def missing(self, path: str) -> Found:
        """The answer where there is no file; it is complained of, unless it is optional (``-o``)."""
        return Found(None) if self.is_optional else Found(None, Exit.TEMPFAIL, fault=self.complaint(path))

    def complaint(self, path: str) -> str:
        """What sendmail says of a file that is not there."""
        return f'{self.kind} map "{self.name}": missing map file {path}: No such file or directory'


class Database(FileMap):
    """A database that ``makemap`` has made. Simplified: its file holds key and value as text, one pair a line."""

    ending = ".db"
    kind = "hash"

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
            return self.missing(self.path)
        if text is not self._text:
            self._text, self._entries = text, entries(text)
        key = words[0].lower() if self.folds else words[0]
        value = self._entries.get(key)
        if value is None:
            return Found(None)
        return Found(self.rewritten(words[0]) if self.matches_only else self.rewritten(value, words))


class DbmDatabase(Database):
    """The same in ndbm's files."""

    ending = ".pag"


class TextFile(FileMap):
    """Lines of columns: ``-k`` is the key's, ``-v`` the value's, ``-z`` what is between them."""

    def complaint(self, path: str) -> str:
        """What sendmail says of a file that is not there."""
        if not path.startswith("/"):
            return f'text map "{self.name}": file name must be fully qualified'
        return f'text map "{self.name}": unsafe map file {path}'

    def at_once(self, words: Sequence[str], session: Session) -> Found:
        """The first line whose key is the one, whatever its case."""
        letters = self.options.letters
        text = self.around.file(self.path)
        if text is None:
            return self.missing(self.path)
        delimiter = letters.get("z", "")[:1] or None
        key_column, value_column = _column(letters.get("k")), _column(letters.get("v"))
        for line in text.split("\n"):
            columns = line.split(delimiter)
            if line.startswith("#") or len(columns) <= max(key_column, value_column):
                continue
            if columns[key_column].lower() == words[0].lower():
                return Found(self.rewritten(words[0] if self.matches_only else columns[value_column], words))
        return NO_MATCH


def _column(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def entries(text: str) -> dict[str, str]:
    """What a database holds, of its file's text."""
    pairs = (line.partition("\t") for line in text.split("\n") if line)
    return {key: value for key, _, value in pairs}

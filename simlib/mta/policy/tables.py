"""Tables that a notebook gives a sendmail: the source and the database that ``makemap`` makes of it."""

from textwrap import dedent

from simlib.errors import WorkbookError
from simlib.rewrite.maps.makemap import makemap

DIRECTORY = "/etc/mail/"
ENDINGS = {"hash": ".db", "btree": ".db", "dbm": ".pag", "text": ""}


def make(name: str, source: str, kind: str) -> dict[str, str]:
    """The files of a table: their paths, and what is in them.

    >>> make("access", "spam.example  REJECT", "hash")
    {'/etc/mail/access': 'spam.example  REJECT\\n', '/etc/mail/access.db': 'spam.example\\tREJECT\\n'}
    """
    if kind not in ENDINGS:
        raise WorkbookError("kind={kind!r}: a table is one of {known}", kind=kind, known=", ".join(sorted(ENDINGS)))
    path = name if name.startswith("/") else DIRECTORY + name
    text = dedent(source).strip("\n") + "\n"
    files = {path: text}
    if ENDINGS[kind]:
        made = makemap(text, name)
        if made.said:
            raise WorkbookError("{said}", said="; ".join(one.removeprefix("makemap: ") for one in made.said))
        files[path + ENDINGS[kind]] = made.text
    return files

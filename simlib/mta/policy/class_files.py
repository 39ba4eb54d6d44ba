"""The words of a class: those of the cf itself, and those of the files that its F lines name [readcf.c, fileclass]."""

from simlib.cf import Cf, ClassFile
from simlib.cf.contents import OF_CLASS
from simlib.site.tree import Node, Tree


def words_of(cf: Cf, name: str, files: Tree) -> tuple[str, ...]:
    """The words of a class on a host with those files; a file that is not there adds none.

    Simplified: programs and maps are not asked, and of the patterns for words there is ``%s`` and its like only.
    """
    found: list[str] = []
    for word in cf.classes.get(name, ()):
        other = word.removeprefix(OF_CLASS).strip("{}") if word.startswith(OF_CLASS) else ""
        found += words_of(cf, other, files) if other and other != name else (word,)
    for file in cf.class_files.get(name, ()):
        node = _opened(file, files)
        if node is not None:
            found += (word for line in node.text.splitlines() for word in _words(line.partition("\0")[0]))
    return tuple(dict.fromkeys(found))


def _opened(file: ClassFile, files: Tree) -> Node | None:
    node = files.find(file.path) if file.path.startswith("/") else None
    return None if node is None or node.directory else node


def _words(line: str) -> list[str]:
    """The first word of a line, unless it is a comment."""
    return [] if line.startswith("#") else line.split()[:1]

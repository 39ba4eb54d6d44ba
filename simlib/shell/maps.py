"""Databases of keys and values on a host: ``makemap``, ``editmap``, ``praliases``."""

from simlib.message.status import Exit
from simlib.rewrite.maps.databases import Database, DbmDatabase, entries
from simlib.rewrite.maps.makemap import makemap as made
from simlib.rewrite.maps.makemap import written
from simlib.shell.answer import Command, Failed, sendmail_of
from simlib.shell.files.paths import absolute
from simlib.shell.login import Login

ENDINGS = {"hash": Database.ending, "btree": Database.ending, "dbm": DbmDatabase.ending}
MAKEMAP_USAGE = "Usage: makemap [-e] [-f] [-l] [-o] [-r] [-t delimiter] [-u] [-v] type mapname"
EDITMAP_USAGE = 'Usage: editmap [-f] [-q|-u|-x] maptype mapname key [ "value ..." ]'
NOT_FOUND = 69


def makemap(shell: Login, arguments: list[str], stdin: str) -> str:
    """``makemap [-efoluv] [-r] [-t c] type mapname < source``: a database of what is typed; ``-u`` shows one."""
    options, delimiter, words = _options(arguments, "eflorduvs", MAKEMAP_USAGE)
    if "l" in options:
        return "".join(f"{kind}\n" for kind in ENDINGS)
    if len(words) != 2:
        raise Failed(MAKEMAP_USAGE, Exit.USAGE)
    kind, name = words
    path = _path(shell, "makemap", kind, name)
    if "u" in options:
        return "".join(f"{key}\t{value}\n" for key, value in _held(shell, "makemap", kind, name).items())
    if not shell.host.files.find(path.rpartition("/")[0] or "/"):
        raise Failed(f"makemap: error opening type {kind} map {name}: No such file or directory", Exit.CANTCREAT)
    if not shell.is_root:
        raise Failed(f"makemap: error opening type {kind} map {name}: Permission denied", Exit.CANTCREAT)
    before = _held(shell, "makemap", kind, name) if "o" in options and shell.host.files.find(path) else None
    result = made(
        stdin,
        name,
        fold="f" not in options,
        empty="e" in options,
        replace="r" in options,
        delimiter=delimiter,
        before=before,
    )
    shell.host.files.write(path, result.text, mode=0o640)
    shown = "".join(f"key=`{key}', val=`{value}'\n" for key, value in result.entries.items()) if "v" in options else ""
    if result.said:
        raise Failed(shown + "\n".join(result.said), Exit.DATAERR)
    return shown


def editmap(shell: Login, arguments: list[str], stdin: str) -> str:
    """``editmap -q type mapname key``: look; ``-u … value``: put in; ``-x``: take out."""
    options, _, words = _options(arguments, "fqux", EDITMAP_USAGE)
    wanted = set(options) & set("qux")
    if len(wanted) != 1 or len(words) < 3 or ("u" in options) != (len(words) > 3):
        raise Failed(EDITMAP_USAGE, Exit.USAGE)
    kind, name, key, *value = words
    held = _held(shell, "editmap", kind, name)
    key = key if "f" in options else key.lower()
    if "u" in options:
        held[key] = " ".join(value)
    elif key not in held:
        problem = f"couldn't find key {key}" if "q" in options else f"key {key} doesn't exist"
        raise Failed(f"editmap: {problem} in map {name}", NOT_FOUND if "q" in options else Exit.OK)
    elif "q" in options:
        return f"{held[key]}\n"
    else:
        del held[key]
    if not shell.is_root:
        raise Failed(f"editmap: error opening type {kind} map {name}: Permission denied", Exit.CANTCREAT)
    shell.host.files.write(_path(shell, "editmap", kind, name), written(held), mode=0o640)
    return ""


def praliases(shell: Login, arguments: list[str], stdin: str) -> str:
    """``praliases [key…]``: the alias database, an alias a line."""
    database = sendmail_of(shell, "praliases").local.alias_database
    if any(word.startswith("-") for word in arguments):
        raise Failed("usage: praliases [key ...]", Exit.USAGE)
    if not arguments:
        return "".join(f"{key}:{value}\n" for key, value in database.entries.items())
    lines = []
    for key in (word.lower() for word in arguments):
        known = database.entries.get(key)
        lines.append(f"{key}:{known}\n" if known is not None else f"{key}: No such key\n")
    return "".join(lines)


COMMANDS: dict[str, Command] = {"makemap": makemap, "editmap": editmap, "praliases": praliases}


def _options(arguments: list[str], known: str, usage: str) -> tuple[str, str, list[str]]:
    """The option letters, the value of ``-t``, and the other words."""
    words, options, delimiter = list(arguments), "", ""
    while words and words[0].startswith("-") and len(words[0]) > 1:
        word = words.pop(0)[1:]
        if word.startswith("t"):
            delimiter = word[1:] or (words.pop(0) if words else "")
            continue
        if set(word) - set(known):
            raise Failed(usage, Exit.USAGE)
        options += word
    return options, delimiter, words


def _path(shell: Login, command: str, kind: str, name: str) -> str:
    ending = ENDINGS.get(kind)
    if ending is None:
        raise Failed(f"{command}: error opening type {kind} map {name}: Unknown database type", Exit.CANTCREAT)
    return absolute(shell, name if name.endswith(ending) else name + ending)


def _held(shell: Login, command: str, kind: str, name: str) -> dict[str, str]:
    node = shell.host.files.find(_path(shell, command, kind, name))
    if node is None or node.directory:
        raise Failed(f"{command}: error opening type {kind} map {name}: No such file or directory", Exit.CANTCREAT)
    return entries(node.text)

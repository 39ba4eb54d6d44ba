"""Whether a file may be believed: sendmail's checks of owner and modes [conf.c, safefile.c; DontBlameSendmail].

Simplified: there are no links, and groups are not told apart.
"""

from collections.abc import Collection, Mapping
from errno import EACCES
from types import MappingProxyType
from typing import NamedTuple

from simlib.site.tree import ROOT, WORDS, Node, Tree, directories

FORWARD, INCLUDE = "forward", "include"
GROUP_FILE, WORLD_FILE = "Group writable file", "World writable file"
GROUP_DIRECTORY, WORLD_DIRECTORY = "Group writable directory", "World writable directory"

# which word of DontBlameSendmail lets a refusal pass, by kind of file
_EXCUSES: Mapping[tuple[str, str], tuple[str, ...]] = MappingProxyType(
    {
        (FORWARD, GROUP_FILE): ("groupwritableforwardfile",),
        (FORWARD, WORLD_FILE): ("worldwritableforwardfile",),
        (FORWARD, GROUP_DIRECTORY): ("forwardfileingroupwritabledirpath", "forwardfileinunsafedirpath"),
        (FORWARD, WORLD_DIRECTORY): ("forwardfileinunsafedirpath",),
        (INCLUDE, GROUP_FILE): ("groupwritableincludefile",),
        (INCLUDE, WORLD_FILE): ("worldwritableincludefile",),
        (INCLUDE, GROUP_DIRECTORY): ("includefileingroupwritabledirpath", "includefileinunsafedirpath"),
        (INCLUDE, WORLD_DIRECTORY): ("includefileinunsafedirpath",),
    }
)
# which word lets a file that is read name programs all the same; those for directories count for all of them
_SAFE_FILE: Mapping[str, str] = MappingProxyType(
    {FORWARD: "groupwritableforwardfilesafe", INCLUDE: "groupwritableincludefilesafe"}
)
_SAFE_PATH: Mapping[str, str] = MappingProxyType(
    {FORWARD: "forwardfileinunsafedirpathsafe", INCLUDE: "includefileinunsafedirpathsafe"}
)
_GROUP_WORD = {FORWARD: "forwardfileingroupwritabledirpath", INCLUDE: "includefileingroupwritabledirpath"}


class Opened(NamedTuple):
    """A file that may be read. ``unsafe``: what is wrong with it all the same, so that it may name no program."""

    node: Node
    unsafe: str = ""


class Refused(NamedTuple):
    """A file that is not read, the reason in sendmail's words, and the error number if it is one of the system's."""

    reason: str
    errno: int = 0


def open_safely(files: Tree, path: str, user: str, kind: str, excused: Collection[str]) -> Opened | Refused:
    """Open a .forward or :include: file with the rights of ``user``.

    ``excused``: the words of DontBlameSendmail. The directories above it are looked at first, from the root on, then
    the file.
    """
    unsafe = ""
    for reason in _faults_above(files, path, excused):
        if not _is_excused(kind, reason, excused):
            return Refused(reason)
        trusted = _SAFE_PATH[kind] in excused or (reason == GROUP_DIRECTORY and _GROUP_WORD[kind] in excused)
        unsafe = unsafe or ("" if trusted else reason)
    node = files.open(path, user)
    if isinstance(node, Node) and kind == FORWARD and node.owner not in (user, ROOT):
        node = EACCES
    if not isinstance(node, Node):
        return Refused(WORDS[node], node)
    for reason in _faults(node):
        if not _is_excused(kind, reason, excused):
            return Refused(reason)
        unsafe = unsafe or ("" if reason == GROUP_FILE and _SAFE_FILE[kind] in excused else reason)
    return Opened(node, unsafe)


def _faults_above(files: Tree, path: str, excused: Collection[str]) -> list[str]:
    nodes = [node for node in map(files.find, directories(path)) if node is not None]
    faults = [fault for node in nodes if (fault := _fault_of_directory(node, excused))]
    return list(dict.fromkeys(faults))


def _fault_of_directory(node: Node, excused: Collection[str]) -> str:
    if node.sticky and "truststickybit" in excused:
        return ""
    if node.world_writable:
        return WORLD_DIRECTORY
    return GROUP_DIRECTORY if node.group_writable and "groupwritabledirpathsafe" not in excused else ""


def _faults(node: Node) -> list[str]:
    faults = [GROUP_FILE] if node.group_writable else []
    return [*faults, WORLD_FILE] if node.world_writable else faults


def _is_excused(kind: str, reason: str, excused: Collection[str]) -> bool:
    return any(word in excused for word in _EXCUSES[kind, reason])

"""Lines of a cure, typed at the shell of an incident; what that shell cannot do yet is done to the file by hand."""

import re
import shlex

from simlib.exercises.scene import Scene

NOT_THERE = re.compile(r"sh: .*(command not found|syntax error near unexpected token `>)")


def typed(scene: Scene, line: str) -> str:
    """Type a line, or ring somebody up."""
    said = scene.type(line)
    if not NOT_THERE.match(said):
        return said
    return _by_hand(scene, scene.filled(line))


def _by_hand(scene: Scene, line: str) -> str:
    """What ``echo … >> file``, ``sed -i s/a/b/ file``, ``rm``, ``mv`` and ``chmod`` do."""
    files, words = scene.desk.host.files, shlex.split(line)
    name, path = words[0], words[-1]
    if name == "echo":
        before = _text(scene, path) if words[-2] == ">>" else ""
        files.write(path, f"{before}{' '.join(words[1:-2])}\n")
    elif name == "sed":
        _, pattern, new, _ = words[2].split("/") if "|" not in words[2] else words[2].split("|")
        files.write(path, re.sub(pattern, new, _text(scene, path), flags=re.MULTILINE))
    elif name == "rm":
        files.remove(path)
    elif name == "mv":
        node = files.find(words[1])
        assert node is not None
        files.write(path, node.text, node.owner, node.mode)
        files.remove(words[1])
    elif name == "chmod":
        node = files.find(path)
        assert node is not None
        node.mode = int(words[1], 8)
    else:
        raise AssertionError(f"{line}: nobody does this")
    return ""


def _text(scene: Scene, path: str) -> str:
    node = scene.desk.host.files.find(path)
    return node.text if node is not None else f"{scene.shell(f'cat {path}')}\n"

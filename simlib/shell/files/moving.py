"""``rm``, ``rmdir``, ``mv``: files go, or go elsewhere."""

from posixpath import basename, dirname, join

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.paths import absent
from simlib.shell.files.thing import DIRECTORY, Refused, Thing
from simlib.shell.files.view import View


def rm(call: Call) -> None:
    """``rm [-rfv] path…``"""
    options, paths = call.options("rRfviI")
    view = View(call.shell)
    if not paths:
        if "f" in options:
            return
        raise Failed("rm: missing operand")
    for path in paths:
        remove(call, view, path, options)


def remove(call: Call, view: View, path: str, options: dict[str, str]) -> None:
    thing = view.find(path, follow=False)
    if thing is None:
        if "f" not in options:
            call.complain(f"cannot remove '{path}': {absent(view.absolute(path))}")
        return
    if basename(path.rstrip("/")) in (".", ".."):
        call.complain(f"refusing to remove '.' or '..' directory: skipping '{path}'")
        return
    if thing.kind == DIRECTORY:
        if "r" not in options and "R" not in options:
            call.complain(f"cannot remove '{path}': Is a directory")
            return
        if thing.path == "/":
            call.complain("it is dangerous to operate recursively on '/'")
            return
        for name in sorted(view.names_or_none(path) or ()):
            remove(call, view, join(path, name), options)
        if view.names_or_none(path):
            call.complain(f"cannot remove '{path}': Directory not empty")
            return
    if not view.may_change(thing):
        call.complain(f"cannot remove '{path}': Permission denied")
        return
    if thing.path in view.shell.host.files.mounts or thing.path in view.shell.host.files.disks:
        call.complain(f"cannot remove '{path}': Device or resource busy")
        return
    try:
        thing.remove()
    except Refused as refused:
        call.complain(f"cannot remove '{path}': {refused.words}")
        return
    if "v" in options:
        call.line(f"removed '{path}'" if thing.kind != DIRECTORY else f"removed directory '{path}'")


def rmdir(call: Call) -> None:
    """``rmdir directory…``"""
    _, paths = call.options("p")
    view = View(call.shell)
    if not paths:
        raise Failed("rmdir: missing operand")
    for path in paths:
        thing = view.find(path, follow=False)
        if thing is None:
            call.complain(f"failed to remove '{path}': {absent(view.absolute(path))}")
        elif thing.kind != DIRECTORY:
            call.complain(f"failed to remove '{path}': Not a directory")
        elif view.names_or_none(path):
            call.complain(f"failed to remove '{path}': Directory not empty")
        elif not view.may_change(thing):
            call.complain(f"failed to remove '{path}': Permission denied")
        else:
            thing.remove()


def mv(call: Call) -> None:
    """``mv [-fnv] source… target``"""
    options, paths = call.options("fnviu")
    view = View(call.shell)
    for source, target in pairs(call, view, paths):
        thing = view.find(source, follow=False)
        if thing is None:
            call.complain(f"cannot stat '{source}': {absent(view.absolute(source))}")
            continue
        with call.heard():
            if _move(view, source, thing, target, options) and "v" in options:
                call.line(f"renamed '{source}' -> '{target}'")


def pairs(call: Call, view: View, paths: list[str]) -> list[tuple[str, str]]:
    """Each source with the path that it is to have."""
    if len(paths) < 2:
        missing = f"missing destination file operand after '{paths[0]}'" if paths else "missing file operand"
        raise Failed(f"{call.name}: {missing}")
    *sources, target = paths
    if view.is_directory(target):
        return [(source, join(target, basename(source.rstrip("/")) or source)) for source in sources]
    if len(sources) > 1:
        raise Failed(
            f"{call.name}: target '{target}'"
            + (" is not a directory" if view.find(target) else ": No such file or directory")
        )
    return [(sources[0], target)]


def _move(view: View, source: str, thing: Thing, target: str, options: dict[str, str]) -> bool:
    whole = view.absolute(target)
    there = view.find(target, follow=False)
    if there is not None and "n" in options:
        return False
    if there is not None and there.path == thing.path:
        raise Failed(f"mv: '{source}' and '{target}' are the same file")
    if thing.kind == DIRECTORY and whole.startswith(f"{thing.path}/"):
        raise Failed(f"mv: cannot move '{source}' to a subdirectory of itself, '{target}'")
    above = view.find(dirname(whole))
    if above is None:
        raise Failed(f"mv: cannot move '{source}' to '{target}': {absent(whole)}")
    if above.kind != DIRECTORY:
        raise Failed(f"mv: cannot move '{source}' to '{target}': Not a directory")
    if there is not None and (there.kind == DIRECTORY) != (thing.kind == DIRECTORY):
        words = "cannot overwrite directory" if there.kind == DIRECTORY else "cannot overwrite non-directory"
        raise Failed(
            f"mv: {words} '{target}' with " + ("non-directory" if there.kind == DIRECTORY else f"directory '{source}'")
        )
    if there is not None and there.kind == DIRECTORY and view.names_or_none(target):
        raise Failed(f"mv: cannot move '{source}' to '{target}': Directory not empty")
    if not view.may_change(thing) or not (view.shell.is_root or above.allows(view.shell.user, 2)):
        raise Failed(f"mv: cannot move '{source}' to '{target}': Permission denied")
    files = view.shell.host.files
    if thing.path in files.mounts or thing.path in files.disks:
        raise Failed(f"mv: cannot move '{source}' to '{target}': Device or resource busy")
    if thing.kind == "c":
        raise Failed(f"mv: cannot move '{source}' to '{target}': moving a device is not simulated")
    try:
        if there is not None and not _is_replaced(view, there, thing, whole):
            there.remove()
        if (
            there is not None
            and there.node is None
            and there.kind != DIRECTORY
            and view.find(target, follow=False) is not None
        ):
            text = thing.text()  # it stays where it is, with another content
            there.put(text)
            thing.remove()
        else:
            thing.move(whole)
    except Refused as refused:
        raise Failed(f"mv: cannot move '{source}' to '{target}': {refused.words}") from None
    return True


def _is_replaced(view: View, there: Thing, thing: Thing, whole: str) -> bool:
    """Whether what is there is written over, because it cannot be taken away."""
    return there.node is None and there.kind != DIRECTORY and not hasattr(there, "entry")


PROGRAMS: dict[str, Program] = {"rm": rm, "rmdir": rmdir, "mv": mv}

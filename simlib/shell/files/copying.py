"""``cp``, ``ln``, ``mkdir``, ``touch``: files that are made."""

from datetime import datetime
from posixpath import basename, dirname, join

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.moving import pairs, remove
from simlib.shell.files.owners import MASK, changed_mode
from simlib.shell.files.paths import absent
from simlib.shell.files.thing import DIRECTORY, Refused, Thing
from simlib.shell.files.view import View


def cp(call: Call) -> None:
    """``cp [-rpfav] source… target``; ``cp /dev/null sendmail.st``: the counters begin anew."""
    options, paths = call.options("rRpfavnidu")
    view = View(call.shell)
    for source, target in pairs(call, view, paths):
        thing = view.find(source)
        if thing is None:
            call.complain(f"cannot stat '{source}': {absent(view.absolute(source))}")
        elif thing.kind == DIRECTORY:
            if not {"r", "R", "a"} & set(options):
                call.complain(f"-r not specified; omitting directory '{source}'")
                continue
            _copy_directory(call, view, source, target, options)
        else:
            _copy(call, view, source, thing, target, options)


def _copy(call: Call, view: View, source: str, thing: Thing, target: str, options: dict[str, str]) -> None:
    words = view.unreadable(source, thing)
    if words:
        call.complain(f"cannot open '{source}' for reading: {words}")
        return
    there = view.find(target)
    if there is not None and "n" in options:
        return
    if there is not None and there.path == thing.path:
        call.complain(f"'{source}' and '{target}' are the same file")
        return
    with call.heard():
        try:
            text = view.read("cp", source)
            view.write(target, text)
        except Refused as refused:
            call.complain(f"cannot create regular file '{target}': {refused.words}")
            return
    made = view.find(target)
    if made is not None and made.node is not None and (there is None or "p" in options or "a" in options):
        made.node.mode = thing.mode if thing.kind != "c" else 0o644
        if ("p" in options or "a" in options) and call.shell.is_root:
            made.node.owner, made.node.group, made.node.modified = thing.owner, thing.group, thing.modified
    if "v" in options:
        call.line(f"'{source}' -> '{target}'")


def _copy_directory(call: Call, view: View, source: str, target: str, options: dict[str, str]) -> None:
    whole, top = view.absolute(target), view.absolute(source)
    if whole == top or whole.startswith(f"{top}/"):
        call.complain(f"cannot copy a directory, '{source}', into itself, '{target}'")
        return
    if view.find(target) is None:
        with call.heard():
            _make(call, view, target, 0o755)
    for name in sorted(view.names_or_none(source) or ()):
        one, other = join(source, name), join(target, name)
        thing = view.find(one)
        if thing is not None and thing.kind == DIRECTORY:
            _copy_directory(call, view, one, other, options)
        elif thing is not None:
            _copy(call, view, one, thing, other, options)


def mkdir(call: Call) -> None:
    """``mkdir [-p] [-m mode] directory…``"""
    options, paths = call.options("pv", "m")
    view = View(call.shell)
    if not paths:
        raise Failed("mkdir: missing operand")
    for path in paths:
        mode = changed_mode(options["m"], 0o777, True) if "m" in options else 0o777 & ~MASK
        if mode is None:
            raise Failed(f"mkdir: invalid mode '{options['m']}'")
        with call.heard():
            if "p" in options:
                parts = view.absolute(path).split("/")
                for n in range(2, len(parts) + 1):
                    above = "/".join(parts[:n])
                    if view.find(above) is None:
                        _make(call, view, above, mode if n == len(parts) else 0o755)
                continue
            if view.find(path, follow=False) is not None:
                raise Failed(f"mkdir: cannot create directory '{path}': File exists")
            _make(call, view, path, mode)


def _make(call: Call, view: View, path: str, mode: int) -> None:
    whole = view.absolute(path)
    above = view.find(dirname(whole))
    if above is None or not path:
        raise Failed(f"mkdir: cannot create directory '{path}': {absent(whole)}")
    if absent(whole) == "File name too long":
        raise Failed(f"mkdir: cannot create directory '{path}': File name too long")
    if above.kind != DIRECTORY:
        raise Failed(f"mkdir: cannot create directory '{path}': Not a directory")
    if not view.shell.is_root and not above.allows(view.shell.user, 2):
        raise Failed(f"mkdir: cannot create directory '{path}': Permission denied")
    view.shell.host.files.make_directory(join(above.path, basename(whole)), view.shell.user, mode)


def ln(call: Call) -> None:
    """``ln [-sf] target [name]``: a symbolic link (``-s``), or another name of a file."""
    options, paths = call.options("sfnv")
    if not paths:
        raise Failed("ln: missing file operand")
    target, name = paths[0], paths[1] if len(paths) > 1 else basename(paths[0])
    view = View(call.shell)
    if view.is_directory(name) and "n" not in options:
        name = join(name, basename(target.rstrip("/")))
    whole = view.absolute(name)
    there, above = view.find(name, follow=False), view.find(dirname(whole))
    kind = "symbolic" if "s" in options else "hard"
    if there is not None and "f" not in options:
        raise Failed(f"ln: failed to create {kind} link '{name}': File exists")
    if above is None or above.kind != DIRECTORY:
        raise Failed(f"ln: failed to create {kind} link '{name}': {absent(whole)}")
    if not call.shell.is_root and not above.allows(call.shell.user, 2):
        raise Failed(f"ln: failed to create {kind} link '{name}': Permission denied")
    files = call.shell.host.files
    source = view.find(target, follow=False)
    if "s" not in options:
        if source is None:
            raise Failed(f"ln: failed to access '{target}': No such file or directory")
        if source.kind == DIRECTORY:
            raise Failed(f"ln: {target}: hard link not allowed for directory")
        if source.node is None:
            raise Failed(f"ln: {target}: another name of a file that sendmail keeps is not simulated; ln -s works")
    if there is not None:
        with call.heard():
            remove(call, view, name, {"f": ""})
    if "s" in options:
        node = files.write(whole, owner=call.shell.user)
        node.link = target
    elif source is not None and source.node is not None:
        tree, place = files.place(whole)
        tree.nodes[place] = source.node


def touch(call: Call) -> None:
    """``touch [-c] [-d time] [-t [[CC]YY]MMDDhhmm] [-r file] path…``"""
    options, paths = call.options("cam", "dtr")
    if not paths:
        raise Failed("touch: missing file operand")
    view = View(call.shell)
    when = _time(call, view, options)
    for path in paths:
        thing = view.find(path)
        if thing is None:
            if "c" in options:
                continue
            try:
                view.write(path, "")
            except Refused as refused:
                call.complain(f"cannot touch '{path}': {refused.words}")
                continue
            thing = view.find(path)
        if thing is None or thing.kind == "c":
            continue
        if not (call.shell.is_root or thing.allows(call.shell.user, 2)):
            call.complain(f"cannot touch '{path}': Permission denied")
        elif thing.node is not None:
            thing.node.modified = when


def _time(call: Call, view: View, options: dict[str, str]) -> float:
    clock, now = call.shell.site.clock, call.shell.now
    if "r" in options:
        thing = view.find(options["r"])
        if thing is None:
            raise Failed(f"touch: failed to get attributes of '{options['r']}': No such file or directory")
        return thing.modified
    text = options.get("t") or options.get("d")
    if text is None:
        return now
    try:
        if "t" in options:
            digits, _, seconds = text.partition(".")
            century = f"{clock.at(now).year // 100}"
            full = {8: f"{clock.at(now).year}{digits}", 10: f"{century}{digits}", 12: digits}[len(digits)]
            at = datetime.strptime(full + (seconds or "00"), "%Y%m%d%H%M%S")
        else:
            at = datetime.fromisoformat(text)
        return (at.replace(tzinfo=clock.at(now).tzinfo) - clock.at(0)).total_seconds()
    except (KeyError, ValueError, OverflowError):
        raise Failed(f"touch: invalid date format '{text}': write -t 199807010900 or -d 1998-07-01T09:00") from None


def sync(call: Call) -> None:
    """``sync``: all is on the disk already."""


PROGRAMS: dict[str, Program] = {"cp": cp, "ln": ln, "mkdir": mkdir, "touch": touch, "sync": sync}

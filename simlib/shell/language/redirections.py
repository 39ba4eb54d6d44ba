"""``<``, ``>``, ``2>&1``, ``<<``: where a command reads from and prints to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from simlib.sh.syntax import Redirection
from simlib.shell.answer import Failed
from simlib.shell.files.thing import Refused
from simlib.shell.files.view import View
from simlib.shell.language.words import Words
from simlib.shell.login import Login
from simlib.shell.streams import Input, Into, Kept, Output, Streams


@contextmanager
def redirected(
    shell: Login, words: Words, redirections: Sequence[Redirection], streams: Streams
) -> Iterator[Streams | None]:
    """The streams of a command with redirections; None if one of them failed."""
    files: list[tuple[str, Kept]] = []
    now: Streams | None = streams
    try:
        for one in redirections:
            now = _redirect(shell, words, one, streams if now is None else now, files)
    except Refused as refused:
        streams.err.write(f"sh: {refused.words}\n")
        now = None
    except Failed as failure:
        streams.err.write(f"{failure.text}\n")
        now = None
    try:
        yield now
    finally:
        for path, kept in files:
            if kept.text:
                try:
                    View(shell).write(path, kept.text, append=True)
                except Refused as refused:
                    streams.err.write(f"sh: {path}: {refused.words}\n")


def _redirect(shell: Login, words: Words, one: Redirection, now: Streams, files: list[tuple[str, Kept]]) -> Streams:
    text = words.text(one.word)
    operator = one.operator
    if operator in ("<<", "<<-"):
        return now._replace(stdin=Input(text))
    if operator in ("<", "<>"):
        return now._replace(stdin=Input(_read(shell, text)))
    if one.number not in (0, 1, 2):
        raise Failed(f"sh: {one.number}: only the numbers 0, 1 and 2 are known here")
    if operator in (">&", "<&") and text in ("0", "1", "2", "-"):
        target: Output = {"1": now.out, "2": now.err, "-": Into(lambda _: None)}.get(text, now.out)
    else:
        if operator not in (">", ">>", ">|", ">&"):
            raise Failed(f"sh: {text}: ambiguous redirect")
        target = _file(shell, text, operator == ">>", files)
    return now._replace(err=target) if one.number == 2 else now._replace(out=target)


def _read(shell: Login, path: str) -> str:
    view = View(shell)
    try:
        return view.read("sh", path)
    except Failed as failure:
        raise Failed(failure.text.replace("sh: '': ", "sh: : ")) from None


def _file(shell: Login, path: str, append: bool, files: list[tuple[str, Kept]]) -> Output:
    view = View(shell)
    thing = view.find(path)
    if thing is not None and thing.kind == "c":
        return Into(lambda _: None) if path == "/dev/null" else _terminal(path)
    try:
        if append and thing is not None:
            why = view.unwritable(path)
            if why:
                raise Refused(why)
        else:
            view.write(path, "")
    except Refused as refused:
        raise Refused(f"{path}: {refused.words}") from None
    kept = Kept()
    files.append((view.absolute(path), kept))
    return kept


def _terminal(path: str) -> Output:
    raise Refused(f"{path}: writing to a device is not simulated; plain output goes to the screen")

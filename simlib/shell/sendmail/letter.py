"""``sendmail [-t] address…``: a letter from standard input, header first."""

from dataclasses import replace

from simlib.errors import WorkbookError
from simlib.message.envelope import Message
from simlib.message.header import read as read_header
from simlib.message.octets import as_bytes
from simlib.message.status import Exit
from simlib.mta.installation import Installation
from simlib.mta.policy.written import SYNTAX, read
from simlib.mta.receiving.submission import hand_in, prepare
from simlib.mta.receiving.typed import PRINT, Nobody
from simlib.shell.answer import Failed
from simlib.shell.login import Login
from simlib.shell.sendmail.line import Line
from simlib.shell.sendmail.recipients import named, of_header
from simlib.shell.sendmail.verify import directly
from simlib.shell.sendmail.wait import wait
from simlib.smtp.parameters import XTEXT
from simlib.smtp.terminal import IN, Terminal

NOTHING = b"\n"  # the message of somebody who types none
ENDS_WELL = "e"  # ErrorMode: what is wrong is mailed, and the command ends as if nothing were
SPECIALS = ".,;:@<>()[]\\"  # a name with one of these stands in quotes
END = "[EOF]"  # of what is typed, in a traffic log
DOT = b"."  # alone in a line it ends what is typed, without -i


def send(shell: Login, mta: Installation, line: Line, stdin: str, terminal: Terminal) -> None:
    """Take a letter, and deliver it as DeliveryMode says; in interactive mode the shell waits for the end."""
    if not line.operands and "t" not in line:
        raise Failed("Recipient names must be specified", Exit.USAGE)
    content = _typed(stdin, dots_count=not line.ignores_dots)
    terminal.note(IN, [*content.decode("utf-8", "surrogateescape").removesuffix("\n").split("\n"), END])
    texts = [text for operand in named(line.operands) for text in operand]
    if "t" in line:
        texts += of_header(read_header(content)[0])
        if not texts:
            raise Failed("No recipient addresses found in header", Exit.OK)
    to, nobody = _readable(texts, terminal)
    if not to and (not nobody or "t" in line or mta.settings.error_mode != PRINT):
        return
    values = line.values
    sender = values.get("f", values.get("r", shell.user))
    try:
        asked = prepare(
            mta,
            sender,
            list(to),
            message=content,
            notify=values["N"].split(",") if "N" in values else None,
            ret=values.get("R", ""),
            envid=values.get("V", ""),
            body=values.get("B", ""),
            user=shell.user,
            written=list(to.values()),
            nobody=nobody,
        )
    except WorkbookError as problem:
        raise Failed(str(problem), Exit.USAGE) from None
    if not line.operands:
        asked = asked._replace(typed=asked.typed._replace(in_header=True))
    if "F" in values and mta.ways.local_user(asked.sender) is not None:
        asked = asked._replace(message=_from(asked.message, values["F"]))
    terminal.names_failures = False
    wait(shell, terminal, hand_in(mta, asked))
    if mta.settings.error_mode == ENDS_WELL:
        terminal.status = Exit.OK


def _from(message: Message, full_name: str) -> Message:
    """With the full name of its sender (``-F``) for the From: line that it gets if it has none."""
    quoted = f'"{full_name}"' if any(char in full_name for char in SPECIALS) else full_name
    return replace(message, sender=f"{quoted} <{message.sender}>")


def _typed(stdin: str, dots_count: bool) -> bytes:
    """What is typed, up to a line of one dot."""
    lines = (as_bytes(stdin) or NOTHING).split(b"\n")
    if dots_count and DOT in lines:
        lines = [*lines[: lines.index(DOT)], b""]
    return b"\n".join(lines) or NOTHING


def _readable(texts: list[str], terminal: Terminal) -> tuple[dict[str, str], list[Nobody]]:
    """How each was written, by what it means; and what can be no address, of which is told."""
    to: dict[str, str] = {}
    nobody: list[Nobody] = []
    for text in texts:
        written, refused = read(text), directly(text)
        if refused or written.refused:
            words = written.words if written.code == SYNTAX else f"{text}... {written.words}"
            nobody.append(Nobody(refused or words, counts=bool(refused)))
            terminal.say(refused or words)
            terminal.fail(Exit.USAGE)
        elif written.address:
            to.setdefault(written.address, text)
    return to, nobody


def check_wishes(values: dict[str, str]) -> None:
    """Refuse what nobody can wish for, in sendmail's words [main.c]."""
    wishes = {"success", "failure", "delay"}
    if "N" in values and values["N"].lower() != "never" and not set(values["N"].lower().split(",")) <= wishes:
        raise Failed("Invalid -N argument", Exit.USAGE)
    if "R" in values and values["R"].lower() not in ("full", "hdrs"):
        raise Failed("Invalid -R value", Exit.USAGE)
    if XTEXT.fullmatch(values.get("V", "")) is None:
        raise Failed("Invalid syntax in -V flag", Exit.USAGE)
    if "B" in values and values["B"].lower() not in ("7bit", "8bitmime"):
        raise Failed(f"Illegal body type {values['B']}", Exit.USAGE)
    if "h" in values and not values["h"].lstrip("+-").isdecimal():
        raise Failed(f"Bad hop count ({values['h']})", Exit.USAGE)

"""``mail``: letters are written, and a mailbox is looked at."""

import re
from email.header import decode_header, make_header
from email.parser import HeaderParser
from email.policy import compat32

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.files.view import View
from simlib.trace.places import MAILBOXES

WIDTH = 80


def mail(call: Call) -> None:
    """``mail [-v] [-s subject] [-c cc] [-b bcc] [-r from] to… < file``; without an address the mailbox is listed."""
    options, words = call.options("vNniEeHI", "scbrfuaq")
    if "a" in options:
        raise Failed("mail: -a: attachments and headers of your own are not simulated; sendmail -t takes a header")
    if words and "f" not in options:
        _send(call, options, words)
        return
    path = options.get("f") or f"{MAILBOXES}/{options.get('u', call.shell.user)}"
    view = View(call.shell)
    thing = view.find(path)
    owner = options.get("u", call.shell.user)
    if thing is None or not thing.size:
        if "e" in options:
            call.status = 1
            return
        raise Failed(f"No mail for {owner}")
    text = view.read("mail", path)
    if "e" in options:
        return
    letters = _letters(text)
    commands = [line.strip() for line in call.stdin.read().split("\n") if line.strip()]
    if "H" not in options:
        call.line("Mail version 8.1 6/6/93.  Type ? for help.")
        plural = "s" if len(letters) != 1 else ""
        call.line(f'"{path}": {len(letters)} message{plural}')
    for n, letter in enumerate(letters, 1):
        call.line(_row(n, letter))
    for command in commands:
        _obey(call, command, letters)


def _letters(text: str) -> list[str]:
    parts = re.split(r"(?:\A|(?<=\n\n))(?=From )", text)
    return [part for part in parts if part]


def _header(letter: str, name: str) -> str:
    headers = HeaderParser(policy=compat32).parsestr(letter.partition("\n")[2], headersonly=True)
    value = headers.get(name) or ""
    try:
        return " ".join(str(make_header(decode_header(str(value)))).split())
    except (LookupError, UnicodeError, ValueError):
        return str(value)


def _row(number: int, letter: str) -> str:
    """``>N  1 taro@here.example  Wed Jul  1 09:00  12/345   "Subject"``"""
    first = letter.partition("\n")[0].split(" ")
    sender = first[1] if len(first) > 1 else ""
    when = " ".join(first[2:])[:16]
    mark = ">" if number == 1 else " "
    head = f"{mark}N{number:3d} {sender[:20]:20} {when:16} {letter.count(chr(10)):4d}/{len(letter):<5d} "
    subject = _header(letter, "Subject")
    return (head + (f'"{subject}"' if subject else "")).rstrip()[:WIDTH]


def _obey(call: Call, command: str, letters: list[str]) -> None:
    number = re.fullmatch(r"(?:[pt] ?)?([0-9]{1,6})", command)
    if number is not None:
        n = int(number[1])
        if not 1 <= n <= len(letters):
            call.line(f"{n}: Invalid message number")
            return
        call.line(f"Message {n}:")
        call.out(letters[n - 1])
    elif command in ("q", "x", "quit", "exit", "h", "headers"):
        return
    else:
        call.line(f"mail: {command}: here its prompt knows the number of a letter, and q; rm and > change a mailbox")


def _send(call: Call, options: dict[str, str], to: list[str]) -> None:
    text = call.stdin.read()
    head = [f"To: {', '.join(to)}"]
    if "s" in options:
        head.append(f"Subject: {options['s']}")
    if "c" in options:
        head.append(f"Cc: {options['c']}")
    if not text and "E" in options:
        return
    if not text:
        call.stderr.write("Null message body; hope that's ok\n")
    copies = [*re.split(r"[\s,]+", options.get("c", "")), *re.split(r"[\s,]+", options.get("b", ""))]
    sender = ["-f", options["r"]] if "r" in options else []
    verbose = ["-v"] if "v" in options else []
    recipients = [one for one in (*to, *copies) if one]
    call.status = call.run(["sendmail", "-i", *verbose, *sender, *recipients], "\n".join([*head, "", text]))


def from_(call: Call) -> None:
    """``from [user]``: from whom there is mail."""
    user = call.arguments[0] if call.arguments else call.shell.user
    thing = View(call.shell).find(f"{MAILBOXES}/{user}")
    if thing is None or not thing.size:
        return
    for line in View(call.shell).read("from", thing.path).split("\n"):
        if line.startswith("From "):
            call.line(line)


def vacation(call: Call) -> None:
    """``vacation``, ``procmail``: run by sendmail alone."""
    raise Failed(
        f"{call.name}: it is run for a letter by sendmail, from .forward or an alias; at the prompt it is not simulated"
    )


PROGRAMS: dict[str, Program] = {
    "mail": mail,
    "mailx": mail,
    "Mail": mail,
    "from": from_,
    "vacation": vacation,
    "procmail": vacation,
}

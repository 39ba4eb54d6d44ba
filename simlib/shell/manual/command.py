"""The commands ``man`` and ``help``."""

import textwrap

from simlib.language import chosen, phrase, translated
from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program
from simlib.shell.manual.of_files import ALSO_FILES, FILES, TEXT
from simlib.shell.manual.of_mail import ALSO_MAIL, MAIL
from simlib.shell.manual.of_the_machine import ALSO_MACHINE, MACHINE, SHELL
from simlib.shell.manual.page import Page

PAGES: dict[str, Page] = {**MAIL, **FILES, **TEXT, **MACHINE, **SHELL}
ALSO = {**ALSO_MAIL, **ALSO_FILES, **ALSO_MACHINE}
WIDTH = 78
NETWORK = ("telnet", "nc", "dig", "host", "nslookup", "ping", "traceroute", "netstat", "ifconfig", "route")
GROUPS = (
    (phrase("mail"), tuple(name for name in MAIL if name not in NETWORK)),
    (phrase("network"), NETWORK),
    (phrase("files"), tuple(FILES)),
    (phrase("text"), tuple(TEXT)),
    (phrase("the machine"), tuple(MACHINE)),
    (phrase("the shell itself"), tuple(SHELL)),
)
LANGUAGE = phrase(
    "The shell knows quotes, $variables, $( ) and backquotes, globs, ; && || | !, < > >> 2> 2>&1 <<, for, while, if, "
    "case, functions."
)


def page_of(name: str) -> Page | None:
    """The page of a command."""
    return PAGES.get(ALSO.get(name, name))


def man(call: Call) -> None:
    """``man name``, ``apropos word``"""
    words = [word for word in call.arguments if not word.isdigit() and not word.startswith("-")]
    if not words:
        raise Failed("What manual page do you want?\nFor example, try 'man man'.")
    if call.name == "apropos" or "-k" in call.arguments:
        found = [name for name, page in PAGES.items() if words[0].lower() in f"{name} {page.purpose}".lower()]
        if not found:
            raise Failed(f"{words[0]}: nothing appropriate.")
        for name in found:
            call.line(f"{name} - {translated(PAGES[name].purpose)}")
        return
    for name in words:
        page = page_of(name)
        if page is None:
            call.stderr.write(f"No manual entry for {name}\n")
            call.status = 16
            continue
        for heading, text in (
            (phrase("NAME"), f"{name} - {translated(page.purpose)}"),
            (phrase("USAGE"), page.usage),
            (phrase("HERE"), translated(page.here)),
        ):
            if text:
                call.line(translated(heading))
                call.line(_wrapped(text))


def help_(call: Call) -> None:
    """``help``: all commands, by what they are for."""
    if call.arguments:
        man(call)
        return
    for heading, names in GROUPS:
        call.line(f"{translated(heading)}:")
        call.line(_wrapped(" ".join(names)))
    call.line(_wrapped(translated(LANGUAGE), ""))
    call.line(translated(phrase("man NAME tells more of one.")))


def _wrapped(text: str, margin: str = "    ") -> str:
    if chosen() == "ja":  # without blanks there is nothing to break at
        return margin + text
    return textwrap.fill(text, WIDTH, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False)


PROGRAMS: dict[str, Program] = {"man": man, "apropos": man, "help": help_}

"""A command line of sendmail, taken apart as getopt does it [main.c]."""

from dataclasses import dataclass, field

from simlib.message.status import Exit
from simlib.shell.answer import Failed
from simlib.shell.sendmail.options import meant

FLAGS = "cGIimnsTtUv"
VALUED = "ABbCDdeFfhLMNOopQqRrVX"  # the value stands behind the letter or in the next word
WITHOUT_A_VALUE = {"C": "sendmail.cf", "q": "", "Q": "", "d": "0-99.1"}  # what such a word means alone
VERBOSE, IGNORE_DOTS = "Verbose", "IgnoreDots"  # options that this program heeds itself
YES = ("", "t", "T", "y", "Y")
AS_OPTIONS = {"c": "Oc", "i": "Oi", "m": "Om"}  # flags that set an option


@dataclass
class Line:
    """A command line. ``queue`` are its ``-q`` options, without ``-q``; ``settings`` what O lines would say.

    ``is_verbose``: it is to show what it does. ``ignores_dots``: a line of one dot is no end of a letter.
    """

    mode: str = "m"
    is_verbose: bool = False
    ignores_dots: bool = False
    queue: list[str] = field(default_factory=list)
    settings: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    operands: list[str] = field(default_factory=list)

    def __contains__(self, letter: str) -> bool:
        return letter in self.values


def read(arguments: list[str]) -> Line:
    """Take a command line apart. Raises :class:`~simlib.shell.answer.Failed` for what getopt does not take."""
    line, words = Line(), list(arguments)
    while words:
        word = words.pop(0)
        if word.startswith("--"):
            line.operands += words
            break
        if not word.startswith("-") or word == "-":
            line.operands += [word, *words]
            break
        alone = WITHOUT_A_VALUE.get(word[1:])
        if alone is not None and (word == "-d" or not words or words[0].startswith("-")):
            _valued(line, word[1:], alone)
            continue
        _options(line, word[1:], words)
    line.mode = line.values.get("b", "m")[:1]
    line.is_verbose = _is_set(line, VERBOSE) or "v" in line
    line.ignores_dots = _is_set(line, IGNORE_DOTS)
    return line


def _is_set(line: Line, name: str) -> bool:
    """Whether one of those options is set; then it is done with."""
    texts = [text for text in line.settings if (option := meant(text)) is not None and option.name == name]
    line.settings = [text for text in line.settings if text not in texts]
    values = (text[2:].partition("=")[2] if text.startswith("O ") else text[2:] for text in texts)
    return any(value[:1] in YES for value in values)


def _options(line: Line, text: str, words: list[str]) -> None:
    """One word of options: flags in a row, the last perhaps one with a value."""
    for n, letter in enumerate(text):
        if letter in VALUED:
            value = text[n + 1 :]
            if not value and not words:
                raise Failed(f"sendmail: option requires an argument -- {letter}", Exit.USAGE)
            _valued(line, letter, value or words.pop(0))
            return
        if letter not in FLAGS:
            raise Failed(f"sendmail: illegal option -- {letter}", Exit.USAGE)
        line.values[letter] = ""
        if letter in AS_OPTIONS:
            line.settings.append(f"{AS_OPTIONS[letter]}T")


def _valued(line: Line, letter: str, value: str) -> None:
    line.values[letter] = value
    if letter == "q":
        line.queue.append(value)
    elif letter == "O":
        line.settings.append(f"O {value}")
    elif letter == "o":
        line.settings.append(f"O{value}")
    elif letter == "e":
        line.settings.append(f"Oe{value}")
    elif letter == "M":
        line.settings.append(f"OM{value}")

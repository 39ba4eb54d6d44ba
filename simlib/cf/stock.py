"""The configuration a host starts from, when its notebook says nothing else."""

from functools import cache
from importlib.resources import files
from textwrap import dedent

from simlib.cf.conflicts import missing
from simlib.cf.reader import Cf
from simlib.errors import WorkbookError


@cache
def stock() -> Cf:
    """Our own short sendmail.cf (stock.cf beside this file): what sendmail's m4 files make active, without rulesets.

    >>> stock().with_lines("O ConnectionCacheSize=0")["ConnectionCacheSize"]
    0
    """
    return Cf.parse(files("simlib.cf").joinpath("stock.cf").read_text(encoding="utf-8"), name="stock.cf")


@cache
def stock_rules() -> str:
    """Our own rules (stock_rules.cf beside this file), which answer as those do that sendmail's m4 files make.

    >>> f"{stock()}\\n{stock_rules()}".count("Scanonify=3")
    1
    """
    return files("simlib.cf").joinpath("stock_rules.cf").read_text(encoding="utf-8")


def configuration(text: str | Cf) -> Cf:
    """What a notebook gives for a configuration.

    Text without a ``V`` line is laid over the stock configuration; with one it is the whole. Raises WorkbookError for
    one with which sendmail would not start.
    """
    if not isinstance(text, (str, Cf)):
        raise WorkbookError("cf={text!r}: write sendmail.cf lines as text, or give a Cf such as mail.cf", text=text)
    cf = text if isinstance(text, Cf) else _read(text)
    for lack, cure in missing(cf):
        raise WorkbookError("{name}: {lack}; {cure}", name=cf.name, lack=lack, cure=cure)
    return cf


def _read(text: str) -> Cf:
    whole = any(line.startswith("V") for line in dedent(text).splitlines())
    return Cf.parse(text) if whole else stock().with_lines(text)

"""Which word of DontBlameSendmail has a file read, and its programs run, that others may change."""

from collections.abc import Sequence

from tests.against_sendmail.case import Case
from tests.against_sendmail.cases.local import CAT, LISTS, alias, forward, home
from tests.against_sendmail.users import HOMES, File

SAID = {"hana": "hana", CAT: "a program"}


def excused(words: str) -> str:
    """The line of the cf."""
    return f"O DontBlameSendmail={words}"


def forwarded(
    words: str, mode: int = 0o644, in_home: int = 0o755, above: int = 0o755, said: Sequence[str] = SAID
) -> list[Case]:
    """A .forward of such a mode, in such a home, below such a directory."""
    files = (File(HOMES, None, mode=above), File(f"{HOMES}/u1", None, "u1", in_home))
    where = f"{mode:o} in {in_home:o} in {above:o}"
    return [home(f".forward, {where}, to {SAID[what]}, {words}", *files, forward(what, mode=mode), cf=excused(words))
            for what in said]  # fmt: skip


def included(
    words: str, mode: int = 0o644, within: int = 0o755, owner: str = "root", said: Sequence[str] = SAID
) -> list[Case]:
    """A list of such a mode in such a directory."""
    return [alias(f":include:, {mode:o} in {within:o}, of {owner}, to {SAID[what]}, {words}", f"a: :include:{LISTS}/l",
                  File(LISTS, None, mode=within), File(f"{LISTS}/l", what, owner, mode), cf=excused(words)) for what in said]  # fmt: skip


FILE_WORDS = ("groupwritable{}file", "groupwritable{}filesafe", "groupwritable{}file,groupwritable{}filesafe",
              "worldwritable{}file", "groupwritable{}file,worldwritable{}file",
              "groupwritable{}file,worldwritable{}file,groupwritable{}filesafe")  # fmt: skip
PATH_WORDS = ("groupwritabledirpathsafe", "truststickybit", "{}fileingroupwritabledirpath", "{}fileinunsafedirpath",
              "{}fileinunsafedirpathsafe", "{}fileinunsafedirpath,{}fileinunsafedirpathsafe",
              "truststickybit,{}fileingroupwritabledirpath", "assumesafechown")  # fmt: skip


def each(words: Sequence[str], kind: str) -> list[str]:
    """The words for .forward or for :include: files."""
    return [word.replace("{}", kind) for word in words]


CASES = [
    *(case for words in each(FILE_WORDS, "forward") for mode in (0o664, 0o666, 0o646) for case in forwarded(words, mode)),
    *(case for words in each(PATH_WORDS, "forward") for mode in (0o775, 0o777, 0o1777)
      for case in forwarded(words, in_home=mode)),
    *(case for words in each(PATH_WORDS[:4], "forward") for case in forwarded(words, above=0o1777, in_home=0o775)),
    *(case for words in each(FILE_WORDS, "include") for mode in (0o664, 0o666) for case in included(words, mode)),
    *(case for words in each(PATH_WORDS, "include") for mode in (0o775, 0o777, 0o1777)
      for case in included(words, within=mode)),
    *(case for words in ("safe", "assumesafechown") for case in included(words, owner="u1")),
    *forwarded("dontwarnforwardfileinunsafedirpath", in_home=0o777, said=("hana",)),
]  # fmt: skip

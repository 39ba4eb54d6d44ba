"""What is wrong with a Japanese text that stands for an English one, as far as that can be seen without reading it."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tools.translation.catalogues import TRANSLATIONS

_JAPANESE = "\u3040-\u30ff\u3400-\u9fff々〆ー"
_SAME = {  # what the two have to have in common
    "code": re.compile(r"(?<!`)(?:`[^`]+`|`` .+? ``)(?!`)"),
    "link": re.compile(r"\]\(([^)]*)\)"),
    "tag": re.compile(r"</?[a-z][^>]*>"),
    "place for a value": re.compile(r"\{\w*[^{}]*\}"),
}
_NUMBER = re.compile(r"\d[\d,.:]*\d|\d")
_STRESSED = re.compile(r"\*\*([^*]+)\*\*")
_NEEDS_BLANK = re.compile(rf"[A-Za-z0-9`)][{_JAPANESE}]|[{_JAPANESE}][A-Za-z0-9`(]")
_CLOSING = "。、」）：？．，』"


def faults(english: str, japanese: str) -> list[str]:
    """Each fault in a few words; none where all is well."""
    return list(_faults(english, japanese))


def _faults(english: str, japanese: str) -> Iterator[str]:
    if not japanese.strip():
        yield "missing"
        return
    for name, pattern in _SAME.items():
        wanted, there = Counter(pattern.findall(english)), Counter(pattern.findall(japanese))
        if wanted != there:
            yield f"{name}: {', '.join([*(wanted - there), *(there - wanted)])}"
    numbers = Counter(_NUMBER.findall(english)) - Counter(_NUMBER.findall(japanese))
    if numbers:
        yield f"number: {', '.join(numbers)}"
    if english.count("|") != japanese.count("|"):
        yield "columns of a table"
    yield from _unseen_stress(japanese)
    plain = _bare(japanese)
    yield from (f"a blank is wanted: {found}" for found in _NEEDS_BLANK.findall(plain))
    yield from (f"{found[0]}: write {instead}" for pattern, instead in _avoided() if (found := pattern.search(plain)))
    if re.search(rf"[{_JAPANESE}]", japanese):
        for pattern, terms in _terms():
            found = pattern.search(_bare(english))
            if found and not terms.search(japanese) and not _is_a_name(found[0], japanese):
                yield f"{found[0]}: the glossary has {terms.pattern}"


def _is_a_name(word: str, japanese: str) -> bool:
    """Whether a word belongs to something that is written alike in both: ``Timeout.ident``, ``Connection reset``."""
    return word[0].isupper() and word in japanese


def _bare(text: str) -> str:
    """A text without its code, links and tags, the blanks round which are as round Latin letters."""
    return re.sub(r"\]\([^)]*\)|</?[a-z][^>]*>|\*+|\{\w*[^{}]*\}", "", re.sub(r"`` .+? ``|`[^`]*`", "`", text)).replace(
        "``", "`"
    )


def _unseen_stress(text: str) -> Iterator[str]:
    """Stress that Markdown would not see: beside a stop or a bracket it needs a blank or another one outside."""
    for found in _STRESSED.finditer(text):
        before, after = text[: found.start()][-1:], text[found.end() :][:1]
        if found[1][-1] in _CLOSING and after and after not in " \n" + _CLOSING:
            yield f"not seen as stressed: {found[0]}{after}"
        if found[1][0] in "「（『" and before and before not in " \n。、」）|":
            yield f"not seen as stressed: {before}{found[0]}"


def _table(path: Path) -> list[tuple[str, str]]:
    lines = path.read_text("utf-8").splitlines()
    pairs = (line.split("\t", 1) for line in lines if line.strip() and not line.startswith("#"))
    return [(left.strip(), right.strip()) for left, right in pairs]


@cache
def _terms() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    table = _table(TRANSLATIONS / "ja" / "terms.tsv")
    return [(re.compile(rf"\b(?:{left})\b", re.IGNORECASE), re.compile(right)) for left, right in table]


@cache
def _avoided() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(left), right) for left, right in _table(TRANSLATIONS / "ja" / "avoided.tsv")]

"""In which language our own texts are shown: they are written in English, and looked up when they come to the screen.

``str`` and ``repr`` of everything stay English, so that what is compared, kept or printed is the same in each language.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import Any

LANGUAGES = ("en", "ja")
BETWEEN = {", ": "、"}  # in Japanese; a catalogue has whole words only
_ENDS = ("。", "」", "）", "、")  # behind which no blank stands in Japanese
CELL = "cell"  # the context in which words of tables are looked up

_chosen = "en"


class Phrase(str):
    """An English text that remembers of what it was made, so that it can be said in another language as well.

    What ``+`` makes of it remembers, too; ``join`` and an f-string make it plain English: see :func:`sentences`.
    """

    template: str
    values: Mapping[str, Any]

    def in_words_of(self, catalogue: NullTranslations) -> str:
        """The same in the language of a catalogue."""
        said = _looked_up(self.template, catalogue)
        return said.format(**{name: shown(value) for name, value in self.values.items()}) if self.values else said

    def __add__(self, other: str) -> str:
        return sentences([self, other], "")

    def __radd__(self, other: str) -> str:
        return sentences([other, self], "")

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (type(self), str(self), self.template, dict(self.values))


class Sentences(Phrase):
    """Several texts, one behind the other; ``template`` is what stands between them."""

    def in_words_of(self, catalogue: NullTranslations) -> str:
        """Each of them in the language of a catalogue, and between them what stands there in it."""
        texts = [str(shown(one)) for one in self.values.values()]
        if self.template == " ":
            return _one_behind_the_other(texts)
        return BETWEEN.get(self.template, _looked_up(self.template, catalogue)).join(texts)


def phrase(template: str, /, **values: Any) -> str:
    """A text of ours: ``phrase("{many} letters wait", many=3)``. A value that is a phrase is translated with it.

    >>> phrase("{many:,} letters for {who}", many=1200, who="hana")
    '1,200 letters for hana'
    """
    if isinstance(template, Phrase) and not values:
        return template
    return _made(Phrase, template.format(**values) if values else template, template, values)


def sentences(texts: Iterable[str], between: str = " ") -> str:
    """Texts one behind the other, without those that are empty; ``between=", "`` makes a list of them.

    >>> sentences(["It is lost.", "", "Why?"])
    'It is lost. Why?'
    """
    held = {str(place): text for place, text in enumerate(texts) if text}
    return _made(Sentences, between.join(held.values()), between, held)


def _made(kind: type[Phrase], text: str, template: str, values: Mapping[str, Any]) -> Phrase:
    made = str.__new__(kind, text)
    made.template, made.values = template, values
    return made


def choose(language: str) -> None:
    """Show our texts in this language from now on: one of ``LANGUAGES``."""
    global _chosen
    _chosen = language


def chosen() -> str:
    """The language in which our texts are shown; English where none was chosen."""
    return _chosen


def translated(text: str) -> str:
    """A text of ours in the language that was chosen; one that is not in its catalogue stays as it is."""
    if _chosen == "en":
        return str(text)
    catalogue = catalogue_of(_chosen)
    return text.in_words_of(catalogue) if isinstance(text, Phrase) else _looked_up(text, catalogue)


def shown(value: Any) -> Any:
    """What may be a text of ours or not, as it is shown: phrases, and texts of several words, are translated.

    A single word that is no phrase stays, for it may be a name, such as a mailbox called ``list``. Lists and tuples
    are gone through, and the values of dicts.
    """
    if _chosen == "en":
        return value
    if isinstance(value, str):
        return translated(value) if isinstance(value, Phrase) or (type(value) is str and " " in value) else value
    if isinstance(value, dict):
        return {key: shown(held) for key, held in value.items()}
    return [shown(held) for held in value] if isinstance(value, (list, tuple)) else value


def in_a_cell(text: Any) -> Any:
    """What stands in a cell of a table, as it is shown: there a single word may be ours, such as ``bounced``, too."""
    if _chosen == "en" or type(text) is not str or " " in text:
        return shown(text)
    return catalogue_of(_chosen).pgettext(CELL, text) if text else text


@cache
def catalogue_of(language: str) -> NullTranslations:
    """All of our texts in a language, by their English."""
    with files("simlib").joinpath("translations", f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)


def _one_behind_the_other(texts: list[str]) -> str:
    """Sentences with a blank between two of them where the writing wants one."""
    whole = ""
    for text in texts:
        whole += text if not whole or whole.endswith(_ENDS) or text.startswith("（") else f" {text}"
    return whole


def _looked_up(text: str, catalogue: NullTranslations) -> str:
    return catalogue.gettext(text) if text else ""  # the empty text is the catalogue's header

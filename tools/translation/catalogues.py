"""The .po files of a translation: read, brought up to date with the English, and written.

Each lesson has one, for its prose, the words on its screen and the lecturer's notes; what the code says has one, too.
"""

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
TRANSLATIONS = ROOT / "translations"


class Source(NamedTuple):
    """An English text, where it stands, and what it is there; a word of a cell of a table has a context of its own."""

    text: str
    place: str
    kind: str
    context: str | None = None


def path_of(name: str, language: str) -> Path:
    """Where the catalogue of that name is kept, such as ``04_delivery_efficiency``."""
    return TRANSLATIONS / language / f"{name}.po"


def read(path: Path, language: str) -> Catalog:
    """The catalogue at that path; an empty one where there is none yet."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def words(catalogue: Catalog) -> dict[str, str]:
    """English → the other language, of all that is translated and not in doubt."""
    return {
        str(one.id): str(one.string) for one in entries(catalogue) if one.string and not one.fuzzy and not one.context
    }


def entries(catalogue: Catalog) -> Iterator[Message]:
    """What the catalogue holds, without its header."""
    return (one for one in catalogue if one.id)


def brought_up_to_date(catalogue: Catalog, sources: Iterable[Source]) -> Catalog:
    """The catalogue with an entry for each of these sources, in their order, and no others.

    What was said of a text that has only changed a little is proposed again, as fuzzy, beside the text that it was said
    of. What is not wanted any more is kept as obsolete, for it may come back.
    """
    template = Catalog(locale=catalogue.locale, fuzzy=False)
    for source in sources:
        template.add(source.text, locations=[(source.place, None)], auto_comments=[source.kind], context=source.context)
    for entry in template:
        entry.auto_comments = list(dict.fromkeys(entry.auto_comments))
    made = Catalog(locale=catalogue.locale, fuzzy=False)
    for entry in catalogue:
        if entry.id:
            made[entry.id] = entry
    made.obsolete = catalogue.obsolete
    made.update(template, update_header_comment=False)
    return made


def lacking(catalogue: Catalog, sources: Iterable[Source]) -> list[str]:
    """The sources that have no translation, or one that is in doubt: each with its place."""
    kept = {(entry.id, entry.context) for entry in entries(catalogue) if entry.string and not entry.fuzzy}
    return [f"{one.place}: {one.text}" for one in sources if (one.text, one.context) not in kept]


def as_text(catalogue: Catalog) -> str:
    """The catalogue as it is written into its file: the same for the same entries, on whatever day."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=0, omit_header=True, include_previous=True)
    header = f'msgid ""\nmsgstr ""\n"Language: {catalogue.locale}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return header + buffer.getvalue().decode("utf-8").strip() + "\n"

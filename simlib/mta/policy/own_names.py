"""What a sendmail takes for its own name: class w."""

from collections.abc import Sequence

from simlib.cf import Cf
from simlib.cf.macros import expanded


def class_w(mta_name: str, cf: Cf, knows_its_name: bool, words: Sequence[str] = ()) -> list[str]:
    """The names that sendmail takes for its own: its host's, ``$j`` and the ``words`` of class w.

    >>> class_w("mail.here.example", Cf.parse("V10\\nDj$w.here.example"), False, ["Here.example"])
    ['mail', 'mail.here.example', 'here.example']
    """
    short, _, domain = mta_name.partition(".")
    own = [mta_name if knows_its_name else short]
    if "j" in cf.macros:
        macros = {"w": short, "m": domain if knows_its_name else "", **cf.macros}
        own.append(expanded(macros["j"], macros))
    return [name.lower() for name in (*own, *words)]


def is_within(name: str, domain: str) -> bool:
    """Whether a name is that of a domain or of something in it."""
    return name == domain or name.endswith(f".{domain}")

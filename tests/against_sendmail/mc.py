"""A whole configuration of a case's own: an .mc file, and what stands under /etc/mail for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MAILERS = "MAILER(local)\nMAILER(smtp)\n"


@dataclass(frozen=True)
class Mc:
    """What is said to m4 beside the place of files, and the files that its rules look into.

    ``features`` stand before the mailers, ``rules`` behind them: LOCAL_CONFIG, LOCAL_RULE_0 …, LOCAL_RULESETS.
    ``maps`` are sources of maps by their names under /etc/mail, made into databases of that ``kind`` as makemap names
    it (``text``: they stay as they are); ``files`` are class files there.
    """

    features: str = ""
    rules: str = ""
    mailers: str = MAILERS
    maps: Mapping[str, str] = field(default_factory=dict)
    kind: str = "hash"
    files: Mapping[str, str] = field(default_factory=dict)

"""What an SMTP server is configured to be: name, extensions, limits, privacy."""

from dataclasses import dataclass, field

# in the order in which sendmail lists them in its answer to EHLO
EXTENSIONS = (
    "ENHANCEDSTATUSCODES",
    "PIPELINING",
    "EXPN",
    "VERB",
    "8BITMIME",
    "SIZE",
    "DSN",
    "ETRN",
    "DELIVERBY",
    "HELP",
)
GOAWAY = frozenset({"needmailhelo", "needexpnhelo", "needvrfyhelo", "noexpn", "novrfy", "noverb"})
_HIDES = {"noexpn": ("EXPN", "VERB"), "noverb": ("VERB",), "noetrn": ("ETRN",), "noreceipts": ("DSN",)}


@dataclass(frozen=True)
class ServerSettings:
    """What a server is configured to be.

    ``extensions``: ESMTP keywords to offer; ``max_message_size``: bytes, 0 for no limit (O MaxMessageSize);
    ``privacy``: flags in lower case (O PrivacyOptions); ``max_bad_commands``: how many unknown commands are borne;
    ``daemon``: what the log calls it (O DaemonPortOptions).
    """

    host: str
    extensions: frozenset[str] = frozenset(EXTENSIONS)
    max_message_size: int = 0
    privacy: frozenset[str] = frozenset()
    max_bad_commands: int = 25
    daemon: str = "MTA"
    flags: frozenset[str] = field(init=False)  # the privacy flags with goaway spelt out
    offered: frozenset[str] = field(init=False)  # the extensions that the privacy flags leave
    features: tuple[str, ...] = field(init=False)  # the lines of the answer to EHLO
    dsn: bool = field(init=False)

    def __post_init__(self) -> None:
        flags = self.privacy | GOAWAY if "goaway" in self.privacy else self.privacy
        hidden = {keyword for flag, keywords in _HIDES.items() if flag in flags for keyword in keywords}
        offered = self.extensions - hidden
        size = f"SIZE {self.max_message_size}" if self.max_message_size else "SIZE"
        features = tuple(size if name == "SIZE" else name for name in EXTENSIONS if name in offered)
        for name, value in (("flags", flags), ("offered", offered), ("features", features), ("dsn", "DSN" in offered)):
            object.__setattr__(self, name, value)

"""What becomes here of an option or a mailer flag: obeyed, of no consequence, or not simulated.

What is *obeyed* says ``cf.OPTIONS``, and for flags ``OBEYED_FLAGS``. What is *of no consequence* stands below with its
reason: nothing that a student can see (log, dialogue, mailq, headers, notices, time) would differ in a real sendmail of
the simulated world. All else is *not simulated*: a line that sets it is warned of (``simlib.cf.not_simulated``), unless
it says what is so anyway: sendmail's default, or what one of its own files sets.
"""

from collections.abc import Mapping
from types import MappingProxyType

from simlib.cf.options import Option

OBEYED, OF_NO_CONSEQUENCE, NOT_SIMULATED = "obeyed", "of no consequence", "not simulated"

OBEYED_BY_RULES = ("OperatorChars",)  # obeyed, though no setting: rules are read with it

OBEYED_VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType({"ErrorMode": ("print", "mail", "e")})
"""Options of which only these values are obeyed."""

NO_CONSEQUENCE: Mapping[str, str] = MappingProxyType(
    {
        "AliasWait": "newaliases takes no time here, so nobody meets a database half made",
        "CertFingerprintAlgorithm": "no simulated host speaks STARTTLS, so there is no certificate",
        "CipherList": "no simulated host speaks STARTTLS",
        "CipherSuites": "no simulated host speaks STARTTLS",
        "ClientSSLOptions": "no simulated host offers STARTTLS to a client",
        "ControlSocketName": "no program of the simulated world gives orders by a control socket",
        "DataFileBufferSize": "with SuperSafe the file is on the disk before the 250, buffered or not",
        "DontInitGroups": "each simulated user is alone in his group",
        "DontLockFilesForRead": "nobody holds a lock on the files that sendmail reads here",
        "Milter.macros.connect": "no simulated host runs a filter that could be told macros",
        "Milter.macros.data": "no simulated host runs a filter that could be told macros",
        "Milter.macros.envfrom": "no simulated host runs a filter that could be told macros",
        "Milter.macros.envrcpt": "no simulated host runs a filter that could be told macros",
        "Milter.macros.eoh": "no simulated host runs a filter that could be told macros",
        "Milter.macros.eom": "no simulated host runs a filter that could be told macros",
        "Milter.macros.helo": "no simulated host runs a filter that could be told macros",
        "QueueFileMode": "nobody but root comes into the queue directory, whatever the mode of a file there",
        "RequiresDirfsync": "a directory of a simulated disk keeps what is in it through a crash",
        "ServerSSLOptions": "no simulated host speaks STARTTLS",
        "SetCertAltnames": "no simulated host speaks STARTTLS, so there is no certificate",
        "SharedMemoryKey": "shared memory spares looking at queue and disk; what is found is the same",
        "SharedMemoryKeyFile": "shared memory spares looking at queue and disk; what is found is the same",
        "TLSFallbacktoClear": "no simulated host offers STARTTLS, so no handshake fails",
        "Timeout.auth": "no simulated host offers AUTH",
        "Timeout.control": "no program of the simulated world gives orders by a control socket",
        "Timeout.starttls": "no simulated host offers STARTTLS",
        "UseCompressedIPv6Addresses": "the simulated net has IPv4 addresses only",
        "XscriptFileBufferSize": "where the transcript is kept until the notice is written shows nowhere",
    }
)
"""Options of no consequence here, each with its reason."""

SHIPPED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ConnectionRateWindowSize": ("10m",),
        "DefaultUser": ("998:998", "SERVER.SENDMAIL", "daemon", "mail:mail"),
        "DontProbeInterfaces": ("True",),
        "HelpFile": ("/etc/mail/helpfile", "/usr/lib/sendmail.hf"),
        "MaxRunnersPerQueue": ("5",),
        "OldStyleHeaders": ("True",),
        "PidFile": (
            *("/etc/sendmail.pid", "/system/volatile/sendmail.pid"),
            *("/var/run/sendmail/msp/sendmail.pid", "/var/run/sendmail/mta/sendmail.pid"),
        ),
        "ProcessTitlePrefix": ("MSP", "MTA"),
        "RejectNUL": ("true",),
        "RunAsUser": ("smmsp",),
        "TempFileMode": ("0640",),
        "Timeout.command": ("5m",),
        "TrustedUser": ("SERVER.SENDMAIL", "smmsp", "smmta"),
        "UnixFromLine": ("From $g $d",),
        "UseMSP": ("True",),
    }
)
"""What sendmail's own m4 files and Debian's two write for options that are not simulated, where it is no default."""

OBEYED_FLAGS = frozenset("lm0wuzc789a2kLh@|/:eA5PC%")

NO_CONSEQUENCE_FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "4": "the simulated net has IPv4 addresses only",
        "R": "no simulated host looks at the port that a connection comes from",
    }
)
"""Mailer flags of no consequence here, each with its reason."""

ALWAYS_FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "D": "mail without a Date: gets one",
        "E": "a From at the start of a line becomes >From in a mailbox",
        "F": "mail without a From: gets one",
        "M": "mail without a Message-Id: gets one",
        "X": "a dot at the start of a line is doubled on every connection",
    }
)
"""Mailer flags that are not simulated in that they are always taken as set, and what is done."""

SHIPPED_FLAGS: Mapping[str, str] = MappingProxyType(
    {
        "local": "/59:@ACDEFMPSXafhklmnopqrsuwxz|",
        "prog": "59DFMPXehklmopqsux",
        "smtp": "5CDFLMXaekmnpu",
        "esmtp": "5DFMXakmu",
        "smtp8": "58DFMXkmu",
        "dsmtp": "%5DFMXakmu",
        "relay": "8DFMXakmu",
        "cyrus": "/5:@ADFMPhlnqs|",
        "cyrusbb": "DFMPlnsu",
        "cyrusv2": "/:@ADFMXlmnqsz|",
        "fax": "DFMhu",
        "mail11": "Fnsx",
        "ph": "DFMehmnru",
        "pop": "DFMPelnqsu",
        "procmail": "9DFMPShmnosu",
        "qpage": "DFMms",
        "suucp": "DFMUdhmu",
        "usenet": "DFMmnrs",
        "uucp": "DFMUdhmu",
        "uucp-dom": "DFMdhmu",
        "uucp-new": "DFMUdhmu",
        "uucp-old": "DFMUdhu",
        "uucp-uudom": "DFMdhmu",
        "xagent": "DFMLXenu",
    }
)
"""The flags of each mailer in what sendmail's own m4 files make, of all systems together."""

OBEYED_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "PrivacyOptions": (
            *("needmailhelo", "needexpnhelo", "needvrfyhelo", "noexpn", "novrfy", "authwarnings", "noverb", "noetrn"),
            *("restrictmailq", "restrictqrun", "nobodyreturn", "noreceipts", "goaway"),
        ),
        "ResolverOptions": ("defnames", "dnsrch"),
        "DontBlameSendmail": (
            *("safe", "groupwritableforwardfile", "worldwritableforwardfile", "groupwritableforwardfilesafe"),
            *("forwardfileingroupwritabledirpath", "forwardfileinunsafedirpath", "groupwritableincludefile"),
            *("worldwritableincludefile", "groupwritableincludefilesafe", "includefileingroupwritabledirpath"),
            *("includefileinunsafedirpath", "groupwritabledirpathsafe", "truststickybit"),
            *("forwardfileinunsafedirpathsafe", "includefileinunsafedirpathsafe"),
        ),
    }
)
"""The words that are obeyed of the options that are lists of words."""

NO_CONSEQUENCE_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "PrivacyOptions": {"public": "it is the word for no restriction"},
        "ResolverOptions": {
            "workaroundbrokenaaaa": "the simulated net has IPv4 addresses only, and nobody asks for others",
        },
        "DontBlameSendmail": {},
    }
)
"""Words of no consequence here, by option, each with its reason."""

SHIPPED_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "PrivacyOptions": ("restrictexpand",),
        "ResolverOptions": (),
        "DontBlameSendmail": (
            *("assumesafechown", "dontwarnforwardfileinunsafedirpath", "groupreadabledefaultauthinfofile"),
            "nonrootsafeaddr",
        ),
    }
)
"""Words that sendmail's own m4 files and Debian's two write, and that are not simulated."""


def of_word(option: str, word: str) -> str:
    """Which of the three a word of such an option is."""
    if word in OBEYED_WORDS[option]:
        return OBEYED
    return OF_NO_CONSEQUENCE if word in NO_CONSEQUENCE_WORDS[option] else NOT_SIMULATED


def of_option(option: Option) -> str:
    """Which of the three an option is.

    >>> from simlib.cf.options import BY_NAME
    >>> of_option(BY_NAME["aliaswait"])
    'of no consequence'
    """
    if option.obeyed or option.name in OBEYED_BY_RULES:
        return OBEYED
    return OF_NO_CONSEQUENCE if option.name in NO_CONSEQUENCE else NOT_SIMULATED


def of_flag(flag: str) -> str:
    """Which of the three a mailer flag is.

    >>> of_flag("m")
    'obeyed'
    """
    if flag in OBEYED_FLAGS:
        return OBEYED
    return OF_NO_CONSEQUENCE if flag in NO_CONSEQUENCE_FLAGS else NOT_SIMULATED

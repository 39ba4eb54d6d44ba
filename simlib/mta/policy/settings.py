"""The options of the cf that the simulated sendmail obeys, read once.

Which options these are stands in their table (``simlib.cf.OPTIONS``, column ``obeyed``).
"""

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from math import inf
from typing import Any, NamedTuple

from simlib.cf import OPTIONS, Cf, stock
from simlib.cf.conflicts import host_status_directory, single_thread
from simlib.message.precedence import NON_URGENT, NORMAL, URGENT
from simlib.mta.policy.aliases import paths
from simlib.mta.policy.daemon_ports import Port, daemon_ports
from simlib.mta.policy.mime_header import Limits, limits
from simlib.site.dns import Patience
from simlib.site.host import KERNEL_CONNECT_TIMEOUT
from simlib.smtp.phases import Phase


class Mode(StrEnum):
    """DeliveryMode: when mail is delivered."""

    BACKGROUND = "background"
    INTERACTIVE = "interactive"
    QUEUE_ONLY = "queueonly"
    DEFERRED = "deferred"


class SortOrder(StrEnum):
    """QueueSortOrder: the order of a queue run."""

    PRIORITY = "priority"
    HOST = "host"
    TIME = "time"
    FILENAME = "filename"
    MODIFICATION = "modification"
    RANDOM = "random"
    NONE = "none"
    SHUFFLE = "shuffle"


class EightBits(StrEnum):
    """EightBitMode: what becomes of 8-bit mail that nobody has labelled."""

    MIMEFY = "mimefy"
    PASS = "pass8"
    STRICT = "strict"


class Settings(NamedTuple):
    """Typed values under our own names; each comment names the option. Times in seconds."""

    delivery_mode: Mode  # DeliveryMode
    cache_size: int  # ConnectionCacheSize
    cache_timeout: float  # ConnectionCacheTimeout
    keep_host_status: float  # Timeout.hoststatus
    queue_directory: str  # QueueDirectory; with a * at its end all that begin so
    host_status_directory: str  # HostStatusDirectory; empty for none
    single_thread: bool  # SingleThreadDelivery
    sort_order: SortOrder  # QueueSortOrder
    min_queue_age: float  # MinQueueAge
    max_queue_age: float  # MaxQueueAge
    max_queue_run: int  # MaxQueueRunSize; 0 for all
    max_queue_children: int  # MaxQueueChildren; 0 for any number
    fork_each_job: bool  # ForkEachJob
    recipient_factor: int  # RecipientFactor
    class_factor: int  # ClassFactor
    retry_factor: int  # RetryFactor
    hold_expensive: bool  # HoldExpensive
    queue_la: int  # QueueLA; 8 for each processor where the cf does not say
    refuse_la: int  # RefuseLA; 12 for each processor where the cf does not say, 0 for never
    delay_la: int  # DelayLA; 0 for never
    queue_factor: int  # QueueFactor
    rate_throttle: int  # ConnectionRateThrottle; 0 for any number
    max_children: int  # MaxDaemonChildren; 0 for any number
    min_free_blocks: int  # MinFreeBlocks
    max_message_size: int  # MaxMessageSize; 0 for any
    max_recipients: int  # MaxRecipientsPerMessage; 0 for any number
    fallback_mx: str  # FallbackMXhost
    smart_host: str  # FallbackSmartHost; empty for none
    try_null_mx: bool  # TryNullMXList
    no_recipient: str  # NoRecipientAction: one of its words
    double_bounce: str  # DoubleBounceAddress; empty discards
    dead_letter: str  # DeadLetterDrop; empty for none
    postmaster_copy: str  # PostmasterCopy
    mime_errors: bool  # SendMimeErrors
    eight_bit_mode: EightBits  # EightBitMode
    seven_bit_input: bool  # SevenBitInput
    charset: str  # DefaultCharSet
    max_headers: int  # MaxHeadersLength; 0 for any
    mime_header: Limits  # MaxMimeHeaderLength
    privacy: tuple[str, ...]  # PrivacyOptions
    checkpoint: int  # CheckpointInterval
    max_hops: int  # MaxHopCount
    connect_timeout: float  # Timeout.connect, or the kernel's own
    first_connect_timeout: float  # Timeout.iconnect, or the same
    phases: dict[Phase, float]  # Timeout.initial … Timeout.misc: those of a client
    ident: float  # Timeout.ident; 0 asks nobody
    patience: Patience  # Timeout.resolver.*
    return_after: dict[str, float]  # Timeout.queuereturn.*
    warn_after: dict[str, float]  # Timeout.queuewarn.*; 0 for never
    forward_path: str  # ForwardPath
    file_open: float  # Timeout.fileopen; inf for ever
    max_alias_recursion: int  # MaxAliasRecursion
    alias_files: tuple[str, ...]  # AliasFile: paths, in the order in which they are looked into
    me_too: bool  # MeToo
    dont_blame: tuple[str, ...]  # DontBlameSendmail
    safe_file_environment: str  # SafeFileEnvironment; empty for none
    blank_sub: str  # BlankSub
    resolver_options: tuple[str, ...]  # ResolverOptions: names as in res_init(3), in lower case
    colon_ok: bool  # ColonOkInAddr: a colon in an address begins no group
    must_quote: str  # MustQuoteChars: in a name before <address>, beside those that always must
    max_noop: int  # MaxNOOPCommands
    bad_rcpt_throttle: int  # BadRcptThrottle; 0 for any number
    greeting: str  # SmtpGreetingMessage
    error_mode: str  # ErrorMode
    status_file: str  # StatusFile
    log_level: int  # LogLevel
    daemon_ports: tuple[Port, ...]  # DaemonPortOptions

    @classmethod
    def of(cls, cf: Cf, cpus: int = 1) -> "Settings":
        """Read them from the configuration of a host with ``cpus`` processors."""
        return cls(**{name: _MADE[name](cf, cpus) if name in _MADE else _read(cf, name) for name in cls._fields})


@cache
def stock_settings() -> Settings:
    """Those of the stock configuration, by whose time-outs foreign clients wait, too."""
    return Settings.of(stock())


# the first for each setting: those behind it are other spellings, which set the same
_OPTIONS = {option.obeyed: option for option in reversed(OPTIONS) if option.obeyed}
_CLASSES = (NORMAL, URGENT, NON_URGENT)
_EMPTY = {"time": 0.0, "text": "", "munched text": "", "list": (), "comma list": (), "flags": (), "signed flags": ()}


def _read(cf: Cf, name: str) -> Any:
    """A setting that is just what its option says."""
    option = _OPTIONS[name]
    return cf[option.name] or _EMPTY.get(option.type, cf[option.name])


def _connect(cf: Cf, cpus: int) -> float:
    return cf["Timeout.connect"] or KERNEL_CONNECT_TIMEOUT


def _limit(option: str) -> Callable[[Cf, int], int]:
    """A load: the default is one for each processor."""
    return lambda cf, cpus: cf[option] if cf.is_set(option) else cf[option] * cpus


# Settings that are more than what one option says
_MADE: dict[str, Callable[[Cf, int], Any]] = {
    "delivery_mode": lambda cf, cpus: Mode(cf["DeliveryMode"]),
    "sort_order": lambda cf, cpus: SortOrder(cf["QueueSortOrder"]),
    "eight_bit_mode": lambda cf, cpus: EightBits(cf["EightBitMode"]),
    "host_status_directory": lambda cf, cpus: host_status_directory(cf),
    "daemon_ports": lambda cf, cpus: daemon_ports(cf["DaemonPortOptions"], str(cf)),
    "single_thread": lambda cf, cpus: single_thread(cf),
    "queue_la": _limit("QueueLA"),
    "refuse_la": _limit("RefuseLA"),
    "fallback_mx": lambda cf, cpus: (cf["FallbackMXhost"] or "").lower().removesuffix("."),
    "smart_host": lambda cf, cpus: (cf["FallbackSmartHost"] or "").lower(),
    "mime_header": lambda cf, cpus: limits(cf["MaxMimeHeaderLength"] or ""),
    "alias_files": lambda cf, cpus: paths(cf["AliasFile"]),
    "connect_timeout": _connect,
    "first_connect_timeout": lambda cf, cpus: cf["Timeout.iconnect"] or _connect(cf, cpus),
    "phases": lambda cf, cpus: {
        phase: float(cf[f"Timeout.{phase}"] or 0) for phase in Phase if phase is not Phase.COMMAND
    },
    "patience": lambda cf, cpus: Patience(float(cf["Timeout.resolver.retrans"] or 0), cf["Timeout.resolver.retry"]),
    "return_after": lambda cf, cpus: {name: float(cf[f"Timeout.queuereturn.{name}"] or 0) for name in _CLASSES},
    "warn_after": lambda cf, cpus: {name: float(cf[f"Timeout.queuewarn.{name}"] or 0) for name in _CLASSES},
    "file_open": lambda cf, cpus: cf["Timeout.fileopen"] or inf,
}

"""The options of the cf that the simulated sendmail obeys, read once."""

from math import inf
from typing import Any, NamedTuple

from simlib.cf import Cf
from simlib.cf.conflicts import host_status_directory, single_thread
from simlib.message.precedence import NON_URGENT, NORMAL, URGENT
from simlib.site.dns import Patience
from simlib.site.host import KERNEL_CONNECT_TIMEOUT
from simlib.smtp.phases import Phase


class Settings(NamedTuple):
    """Typed values under our own names; each comment names the option. Times in seconds."""

    delivery_mode: str  # DeliveryMode: "background", "interactive", "queueonly", "deferred", by first letter
    cache_size: int  # ConnectionCacheSize
    cache_timeout: float  # ConnectionCacheTimeout
    keep_host_status: float  # Timeout.hoststatus
    host_status_directory: str  # HostStatusDirectory; empty for none
    single_thread: bool  # SingleThreadDelivery
    sort_order: str  # QueueSortOrder
    min_queue_age: float  # MinQueueAge
    max_queue_age: float  # MaxQueueAge
    max_queue_run: int  # MaxQueueRunSize; 0 for all
    fork_each_job: bool  # ForkEachJob
    recipient_factor: int  # RecipientFactor
    class_factor: int  # ClassFactor
    retry_factor: int  # RetryFactor
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
    try_null_mx: bool  # TryNullMXList
    double_bounce: str  # DoubleBounceAddress; empty discards
    postmaster_copy: str  # PostmasterCopy
    mime_errors: bool  # SendMimeErrors
    eight_bit_mode: str  # EightBitMode: "mimefy", "pass8", "strict", by first letter
    seven_bit_input: bool  # SevenBitInput
    charset: str  # DefaultCharSet
    max_headers: int  # MaxHeadersLength; 0 for any
    privacy: tuple[str, ...]  # PrivacyOptions
    checkpoint: int  # CheckpointInterval
    max_hops: int  # MaxHopCount
    connect_timeout: float  # Timeout.connect, or the kernel's own
    first_connect_timeout: float  # Timeout.iconnect, or the same
    phases: dict[Phase, float]  # Timeout.initial … Timeout.misc, and Timeout.command
    ident: float  # Timeout.ident; 0 asks nobody
    patience: Patience  # Timeout.resolver.*
    return_after: dict[str, float]  # Timeout.queuereturn.*
    warn_after: dict[str, float]  # Timeout.queuewarn.*; 0 for never
    forward_path: str  # ForwardPath
    file_open: float  # Timeout.fileopen; inf for ever
    max_alias_recursion: int  # MaxAliasRecursion
    dont_blame: tuple[str, ...]  # DontBlameSendmail
    safe_file_environment: str  # SafeFileEnvironment; empty for none

    @classmethod
    def of(cls, cf: Cf, cpus: int = 1) -> "Settings":
        """Read them from the configuration of a host with ``cpus`` processors."""
        connect = _time(cf["Timeout.connect"]) or KERNEL_CONNECT_TIMEOUT
        return cls(
            delivery_mode=_text(cf["DeliveryMode"])[:1].lower(),
            cache_size=cf["ConnectionCacheSize"],
            cache_timeout=_time(cf["ConnectionCacheTimeout"]),
            keep_host_status=_time(cf["Timeout.hoststatus"]),
            host_status_directory=host_status_directory(cf),
            single_thread=single_thread(cf),
            sort_order=_text(cf["QueueSortOrder"]),
            min_queue_age=_time(cf["MinQueueAge"]),
            max_queue_age=_time(cf["MaxQueueAge"]),
            max_queue_run=cf["MaxQueueRunSize"],
            fork_each_job=cf["ForkEachJob"],
            recipient_factor=cf["RecipientFactor"],
            class_factor=cf["ClassFactor"],
            retry_factor=cf["RetryFactor"],
            queue_la=cf["QueueLA"] if cf.is_set("QueueLA") else cf["QueueLA"] * cpus,
            refuse_la=cf["RefuseLA"] if cf.is_set("RefuseLA") else cf["RefuseLA"] * cpus,
            delay_la=cf["DelayLA"],
            queue_factor=cf["QueueFactor"],
            rate_throttle=cf["ConnectionRateThrottle"],
            max_children=cf["MaxDaemonChildren"],
            min_free_blocks=cf["MinFreeBlocks"],
            max_message_size=cf["MaxMessageSize"],
            max_recipients=cf["MaxRecipientsPerMessage"],
            fallback_mx=_text(cf["FallbackMXhost"]).lower().removesuffix("."),
            try_null_mx=cf["TryNullMXList"],
            double_bounce=_text(cf["DoubleBounceAddress"]),
            postmaster_copy=_text(cf["PostmasterCopy"]),
            mime_errors=cf["SendMimeErrors"],
            eight_bit_mode=_text(cf["EightBitMode"])[:1].lower(),
            seven_bit_input=cf["SevenBitInput"],
            charset=_text(cf["DefaultCharSet"]),
            max_headers=cf["MaxHeadersLength"],
            privacy=tuple(cf["PrivacyOptions"] or ()),
            checkpoint=cf["CheckpointInterval"],
            max_hops=cf["MaxHopCount"],
            connect_timeout=connect,
            first_connect_timeout=_time(cf["Timeout.iconnect"]) or connect,
            phases={phase: _time(cf[f"Timeout.{phase}"]) for phase in Phase},
            ident=_time(cf["Timeout.ident"]),
            patience=Patience(_time(cf["Timeout.resolver.retrans"]), cf["Timeout.resolver.retry"]),
            return_after={name: _time(cf[f"Timeout.queuereturn.{name}"]) for name in (NORMAL, URGENT, NON_URGENT)},
            warn_after={name: _time(cf[f"Timeout.queuewarn.{name}"]) for name in (NORMAL, URGENT, NON_URGENT)},
            forward_path=_text(cf["ForwardPath"]),
            file_open=_time(cf["Timeout.fileopen"]) or inf,
            max_alias_recursion=cf["MaxAliasRecursion"],
            dont_blame=tuple(cf["DontBlameSendmail"] or ()),
            safe_file_environment=_text(cf["SafeFileEnvironment"]),
        )


def _time(value: Any) -> float:
    return float(value or 0)


def _text(value: Any) -> str:
    return str(value or "")

"""Every option that sendmail 8.17 and 8.18 know, in one table.

Defaults are those compiled in, which hold when the cf says nothing; what the stock m4 files write is in stock.cf.
Sources: sendmail's readcf.c and conf.c, its operations guide, and section 15 of the project's facts.
"""

from typing import NamedTuple

Value = bool | int | float | str | tuple[str, ...]


class Option(NamedTuple):
    """One option of sendmail.cf.

    ``name`` is the long name (a Timeout or Milter sub-option has a dot in it), ``letter`` the old single-letter name
    or an empty string. ``type`` says how the text is read: boolean, number, octal (a file mode), time (to seconds),
    text, munched text (quotes and backslashes go), letter (the first letter chooses), word, switch (a boolean with
    some words more), list (each line adds one), comma list, flags (words that add up), signed flags (``+`` sets,
    ``-`` clears). ``default`` is the typed value when the cf is silent, ``unit`` that of a bare number, ``choices``
    the legal words, ``empty`` the value of ``O Name`` with nothing after it (None: as the type reads an empty text),
    ``keeps`` whether an empty value is simply not obeyed, ``signed`` whether a time may be negative. ``since`` is
    the release that brought it, where known, or the compile-time feature that it needs. ``obeyed``: under which name
    the simulated sendmail has it among its settings; empty where it is read and does nothing.
    """

    name: str
    letter: str
    type: str
    default: Value
    meaning: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    empty: Value | None = None
    keeps: bool = False
    signed: bool = False
    since: str = ""
    obeyed: str = ""


_EIGHT_BIT = ("mimefy", "pass8", "strict")
_NO_RECIPIENT = ("none", "add-to", "add-apparently-to", "add-bcc", "add-to-undisclosed")
_DELIVERY = ("interactive", "background", "queueonly", "deferred")
_SORT = ("priority", "host", "time", "filename", "modification", "random", "none", "shuffle")
_SAFE = ("interactive", "postmilter")
_ERRORS = ("print", "quiet", "mail", "write", "e")

_KNOWN = (
    # What a message may be
    Option("SevenBitInput", "7", "boolean", False, "strip the eighth bit from what comes in"),
    Option("EightBitMode", "8", "letter", "pass8", "what becomes of unlabelled 8-bit mail", choices=_EIGHT_BIT),
    Option("MaxMessageSize", "", "number", 0, "bytes a message may have, announced in EHLO's SIZE; 0: any number"),
    Option("MaxHeadersLength", "", "number", 32768, "bytes all header lines together may have"),
    Option("MaxMimeHeaderLength", "", "text", "2048/1024", "length of some MIME headers, and of their parameters"),
    Option("MaxRecipientsPerMessage", "", "number", 0, "recipients in one transaction, more get 452; 0: any"),
    Option("MaxHopCount", "h", "number", 25, "Received lines after which a message is taken to be looping"),
    Option("DefaultCharSet", "", "text", "unknown-8bit", "charset given to unlabelled 8-bit text made MIME"),
    Option("NoRecipientAction", "", "word", "none", "what headers without a recipient get", choices=_NO_RECIPIENT),
    Option("OldStyleHeaders", "o", "boolean", False, "addresses may be separated by blanks when there is no comma"),
    Option("SaveFromLine", "f", "boolean", False, "keep a UNIX From_ line at the head of the message"),
    Option("SingleLineFromHeader", "", "boolean", False, "unfold a From: header onto one line"),
    Option("IgnoreDots", "i", "boolean", False, "a line with only a dot does not end a message typed to sendmail"),
    Option("MustQuoteChars", "", "text", ".'", "characters quoted in a full name, beside @,;:\\()[]"),
    Option("BlankSub", "B", "text", " ", "stands for a blank in an unquoted address", empty=" "),
    Option("ColonOkInAddr", "", "boolean", True, "a colon is part of an address; False from V level 6 on unless set"),
    Option("SmtpUTF8", "", "boolean", False, "internationalized addresses", since="8.17, USE_EAI"),
    Option("RejectNUL", "", "boolean", False, "refuse a body with NUL bytes", since="_FFR_REJECT_NUL_BYTE"),
    # The queue
    Option(
        "DeliveryMode", "d", "letter", "background", "when mail is delivered", choices=_DELIVERY, empty="interactive"
    ),
    Option("QueueDirectory", "Q", "text", "/var/spool/mqueue", "where the queue files lie", empty="mqueue"),
    Option("QueueSortOrder", "", "any-case letter", "priority", "order of a queue run", choices=_SORT, since="8.7"),
    Option("MinQueueAge", "", "time", 0.0, "mail tried less than this ago is passed over", "m", since="8.7"),
    Option("MaxQueueAge", "", "time", 0.0, "waits double from try to try up to this; 0: off", "m", since="8.15"),
    Option("MaxQueueRunSize", "", "number", 0, "entries looked at in a queue run; 0: all"),
    Option("MaxQueueChildren", "", "number", 0, "queue runners at one time; 0: any number", since="8.12"),
    Option("MaxRunnersPerQueue", "", "number", 1, "queue runners side by side in one queue group", since="8.12"),
    Option("NiceQueueRun", "", "number", 0, "nice value of queue runners"),
    Option("ForkEachJob", "Y", "boolean", False, "a process for each message of a queue run (no cache)"),
    Option("FastSplit", "", "number", 1, "above 0: split the first envelope without asking for MX records"),
    Option("CheckpointInterval", "C", "number", 10, "deliveries after which the queue file is written anew"),
    Option("SuperSafe", "s", "letter switch", "true", "queue files reach the disk before the 250", choices=_SAFE),
    Option("QueueFactor", "q", "number", 600000, "over QueueLA, mail is queued above this/(load-QueueLA+1)"),
    Option("RecipientFactor", "y", "number", 30000, "added to a message's priority number for each recipient"),
    Option("ClassFactor", "z", "number", 1800, "times the Precedence class, taken off the priority number"),
    Option("RetryFactor", "Z", "number", 90000, "added to the priority number at each try"),
    Option("HoldExpensive", "c", "boolean", False, "mail for a mailer with F=e waits for a queue run"),
    Option("QueueFileMode", "", "octal", 0o600, "file mode of qf files"),
    Option("TempFileMode", "F", "octal", 0o600, "file mode of other files"),
    Option("DataFileBufferSize", "", "number", 4096, "bytes of a df file held in memory before the disk is used"),
    Option("XscriptFileBufferSize", "", "number", 4096, "bytes of an xf file held in memory before the disk is used"),
    Option("RequiresDirfsync", "", "boolean", True, "also sync the directory after changes in it"),
    Option("SharedMemoryKey", "", "number", 0, "key of the shared memory for queue counts; 0: none, -1: choose"),
    Option("SharedMemoryKeyFile", "", "text", "", "file for the key chosen with SharedMemoryKey=-1"),
    Option("MinFreeBlocks", "b", "number", 100, "disk blocks to keep free; N/M sets MaxMessageSize too"),
    # Load
    Option("QueueLA", "x", "number", 8, "load average from which mail may only be queued; unset: 8 a CPU"),
    Option("RefuseLA", "X", "number", 12, "load average from which connections are refused; unset: 12 a CPU; 0: off"),
    Option("DelayLA", "", "number", 0, "load average from which SMTP commands wait a second; 0: off", since="8.12"),
    Option("RejectLogInterval", "", "time", 10800.0, "how often a long refusal is logged", "h", since="8.13"),
    Option("MaxDaemonChildren", "", "number", 0, "children at which connections are refused; 0: off"),
    Option("ConnectionRateThrottle", "", "number", 0, "connections a second after which the daemon pauses; 0: off"),
    Option("ConnectionRateWindowSize", "", "time", 60.0, "over which time connections are counted", "s", since="8.13"),
    # Delivery to other hosts
    Option("ConnectionCacheSize", "k", "number", 1, "connections kept open for the next message; 0: none"),
    Option("ConnectionCacheTimeout", "K", "time", 300.0, "idle time after which a kept connection is closed", "m"),
    Option("HostStatusDirectory", "", "text", "", "where processes share host status", keeps=True, since="8.8"),
    Option("SingleThreadDelivery", "", "boolean", False, "one connection a host, by HostStatusDirectory", since="8.8"),
    Option("FallbackMXhost", "V", "text", "", "host tried after every MX of a domain", keeps=True),
    Option("FallbackSmartHost", "", "text", "", "host tried when nothing else works", keeps=True, since="8.13"),
    Option("TryNullMXList", "w", "boolean", False, "being the best MX oneself, try the host's own address"),
    Option("DialDelay", "", "time", 0.0, "wait before a second connect, for dial-up lines and mailers with F=Z", "s"),
    Option("ConnectOnlyTo", "", "text", "", "connect to this address whatever the routing says, for tests"),
    Option("ClientPortOptions", "", "list", (), "socket options for outgoing connections, one line a family"),
    Option("HeloName", "", "text", "", "name in EHLO instead of $j"),
    Option("ResolverOptions", "I", "signed flags", ("recurse", "defnames", "dnsrch"), "flags of the DNS resolver"),
    Option("DontExpandCnames", "", "boolean", False, "leave a CNAME in an address as it is"),
    Option("HostsFile", "", "text", "/etc/hosts", "the hosts file used in making names canonical"),
    Option("ServiceSwitchFile", "", "text", "/etc/mail/service.switch", "which of files, dns, nis is asked for what"),
    # Bounces and notices
    Option("SendMimeErrors", "j", "boolean", True, "bounces as multipart/report, and DSN in EHLO"),
    Option("PostmasterCopy", "P", "text", "", "gets the headers of each bounced message"),
    Option("DoubleBounceAddress", "", "text", "postmaster", "gets undeliverable bounces; empty: dropped", since="8.8"),
    Option("DeadLetterDrop", "", "text", "", "file for mail that cannot even be bounced"),
    Option("ErrorHeader", "E", "text", "", "text, or file with text, at the head of a bounce", keeps=True),
    Option("ErrorMode", "e", "letter", "print", "where errors go when a user runs sendmail", choices=_ERRORS),
    Option("UseErrorsTo", "l", "boolean", False, "bounce to the Errors-To: header, against the RFCs"),
    Option("RrtImpliesDsn", "", "boolean", False, "Return-Receipt-To: asks for a success notice", since="8.10"),
    Option("SoftBounce", "", "boolean", False, "answer 4xy where 5xy is due, for trying out a new cf"),
    Option("DeliverByMin", "", "time", 0.0, "least time for DELIVERBY; negative: not offered", "s", signed=True),
    Option("DontPruneRoutes", "R", "boolean", False, "keep an explicit route in the address of a bounce"),
    # The SMTP server
    Option("DaemonPortOptions", "O", "list", (), "a socket to listen on, one line each"),
    Option("PrivacyOptions", "p", "flags", (), "what the server insists on and what it hides; lines add up"),
    Option("SmtpGreetingMessage", "", "munched text", "$j Sendmail $v ready at $b", "the 220 line"),
    Option("AllowBogusHELO", "", "boolean", False, "take HELO without a proper host name"),
    Option("MaxNOOPCommands", "", "number", 20, "idle commands before each further one is answered slowly"),
    Option("BadRcptThrottle", "", "number", 0, "refused recipients before each more costs a second; 0: off"),
    Option("BadRcptShutdown", "", "number", 0, "refused recipients ending a session", since="_FFR_BADRCPT_SHUTDOWN"),
    Option("BadRcptShutdownGood", "", "number", 0, "good per cent that save it", since="_FFR_BADRCPT_SHUTDOWN"),
    Option("HelpFile", "H", "text", "", "text for HELP", empty="helpfile"),
    Option("DirectSubmissionModifiers", "", "text", "", "${daemon_flags} for mail given to the command"),
    Option("UseCompressedIPv6Addresses", "", "boolean", False, "write IPv6 addresses short"),
    # Local delivery, aliases, users
    Option("AliasFile", "A", "comma list", (), "alias databases; lines add up", empty=("aliases",)),
    Option("AliasWait", "a", "time", 0.0, "wait for another's rebuilding of the aliases", "m", empty=300.0),
    Option("CheckAliases", "n", "boolean", False, "newaliases also checks the right-hand sides"),
    Option("MaxAliasRecursion", "", "number", 10, "depth of aliases within aliases"),
    Option("MeToo", "m", "boolean", True, "a sender who is on the list gets a copy"),
    Option("MatchGECOS", "G", "boolean", False, "match a recipient against full names too"),
    Option("ForwardPath", "J", "text", "$z/.forward", "where .forward files are looked for, first readable wins"),
    Option("UserDatabaseSpec", "U", "text", "", "user database files"),
    Option("MailboxDatabase", "", "text", "pw", "where local users are looked up"),
    Option("DefaultUser", "u", "text", "mailnull", "runs deliveries that belong to nobody; 1:1 without such a user"),
    Option("RunAsUser", "", "text", "", "user:group to be instead of root"),
    Option("TrustedUser", "", "text", "root", "owner of alias databases and control socket"),
    Option("DontInitGroups", "", "boolean", False, "do not ask for a user's groups (costly with NIS)"),
    Option("SafeFileEnvironment", "", "text", "", "chroot for deliveries to files", keeps=True),
    Option("DontBlameSendmail", "", "flags", (), "file checks given up; safe: none; lines add up", since="8.9"),
    Option("UnsafeGroupWrites", "", "boolean", True, "group-writable .forward and :include: files are not trusted"),
    Option("UnixFromLine", "", "munched text", "From $g  $d", "the From_ line of a mailbox file"),
    # The process
    Option("LogLevel", "L", "number", 9, "how much goes to syslog"),
    Option("StatusFile", "S", "text", "", "statistics for mailstats", empty="statistics"),
    Option("PidFile", "", "text", "/var/run/sendmail.pid", "file with the daemon's process id"),
    Option("ProcessTitlePrefix", "", "text", "", "first word of the title in ps"),
    Option("ControlSocketName", "", "text", "", "socket through which the daemon takes orders"),
    Option("DontProbeInterfaces", "", "switch", "false", "interface names stay out of class w", choices=("loopback",)),
    Option("OperatorChars", "", "munched text", ".:@[]", "characters that divide an address into tokens"),
    Option("TimeZoneSpec", "t", "text", "", "time zone; unset: the system's, set but empty: that of the environment"),
    Option("UseMSP", "", "boolean", False, "run as the mail submission program", since="8.12"),
    Option("Verbose", "v", "boolean", False, "tell what is going on, and deliver at once"),
    # Timeouts
    Option("Timeout", "r", "text", "", "old form: one time for all of SMTP, or name=time pairs with commas"),
    Option("QueueTimeout", "T", "text", "5d", "old form: return/warn, such as 5d/4h"),
    Option("Timeout.connect", "", "time", 0.0, "each TCP connect after the first try; 0: the system's own", "m"),
    Option("Timeout.iconnect", "", "time", 0.0, "each TCP connect in the first try; 0: as connect", "m", since="8.8"),
    Option("Timeout.aconnect", "", "time", 0.0, "all TCP connects of a delivery together; 0: off", "m", since="8.12"),
    Option("Timeout.initial", "", "time", 300.0, "the 220 greeting", "m"),
    Option("Timeout.helo", "", "time", 300.0, "reply to HELO or EHLO", "m"),
    Option("Timeout.mail", "", "time", 600.0, "reply to MAIL", "m"),
    Option("Timeout.rcpt", "", "time", 3600.0, "reply to RCPT", "m"),
    Option("Timeout.datainit", "", "time", 300.0, "the 354 after DATA", "m"),
    Option("Timeout.datablock", "", "time", 3600.0, "each block of the message, either way", "m"),
    Option("Timeout.datafinal", "", "time", 3600.0, "reply to the final dot", "m"),
    Option("Timeout.rset", "", "time", 300.0, "reply to RSET", "m"),
    Option("Timeout.quit", "", "time", 120.0, "reply to QUIT", "m"),
    Option("Timeout.misc", "", "time", 120.0, "reply to NOOP, VERB and the RSET that probes a kept connection", "m"),
    Option("Timeout.command", "", "time", 3600.0, "as server: the client's next command", "m"),
    Option("Timeout.ident", "", "time", 5.0, "answer of the client's ident server; 0: do not ask", "m"),
    Option("Timeout.fileopen", "", "time", 60.0, "opening a .forward or :include: file", "m"),
    Option("Timeout.control", "", "time", 120.0, "an order on the control socket", "m"),
    Option("Timeout.lhlo", "", "time", 120.0, "reply to LHLO", "m", since="8.12"),
    Option("Timeout.auth", "", "time", 600.0, "reply in an AUTH exchange", "m", since="8.12"),
    Option("Timeout.starttls", "", "time", 3600.0, "reply to STARTTLS and its handshake", "m", since="8.12"),
    Option("Timeout.hoststatus", "", "time", 1800.0, "how long what is known of a host is believed", "m"),
    Option("Timeout.queuereturn", "", "time", 432000.0, "age at which mail is returned, all classes", "d"),
    Option("Timeout.queuereturn.normal", "", "time", 432000.0, "the same for ordinary mail", "d"),
    Option("Timeout.queuereturn.urgent", "", "time", 432000.0, "the same for precedence above 0", "d"),
    Option("Timeout.queuereturn.non-urgent", "", "time", 432000.0, "the same for precedence below 0", "d"),
    Option("Timeout.queuereturn.dsn", "", "time", 432000.0, "the same for bounces and notices", "d", since="8.13"),
    Option("Timeout.queuewarn", "", "time", 0.0, "age at which the sender is warned, all classes; 0: never", "h"),
    Option("Timeout.queuewarn.normal", "", "time", 0.0, "the same for ordinary mail", "h"),
    Option("Timeout.queuewarn.urgent", "", "time", 0.0, "the same for precedence above 0", "h"),
    Option("Timeout.queuewarn.non-urgent", "", "time", 0.0, "the same for precedence below 0", "h"),
    Option("Timeout.queuewarn.dsn", "", "time", 0.0, "the same for bounces and notices", "h", since="8.13"),
    Option("Timeout.resolver.retrans", "", "time", 5.0, "wait for a DNS answer; unset: the resolver's own", "s"),
    Option("Timeout.resolver.retrans.first", "", "time", 5.0, "the same in a message's first try", "s"),
    Option("Timeout.resolver.retrans.normal", "", "time", 5.0, "the same in later tries", "s"),
    Option("Timeout.resolver.retry", "", "number", 4, "how often a DNS query is sent; unset: the resolver's own"),
    Option("Timeout.resolver.retry.first", "", "number", 4, "the same in a message's first try"),
    Option("Timeout.resolver.retry.normal", "", "number", 4, "the same in later tries"),
    # SMTP AUTH and STARTTLS
    Option(
        "AuthMechanisms", "", "text", "EXTERNAL GSSAPI KERBEROS_V4 DIGEST-MD5 CRAM-MD5", "SASL mechanisms", since="8.10"
    ),
    Option("AuthOptions", "", "text", "", "letters that restrict what SASL may do", since="8.10"),
    Option("AuthMaxBits", "", "number", 2147483647, "most encryption SASL may add", since="8.12"),
    Option("AuthRealm", "", "text", "", "SASL realm; unset: $j"),
    Option("DefaultAuthInfo", "", "text", "", "file with the client's password; superseded", since="8.10"),
    Option("TLSSrvOptions", "", "text", "", "V: no client certificate wanted, C: server without one", since="8.12"),
    Option("TLSFallbacktoClear", "", "boolean", True, "try without TLS after a handshake that failed", since="8.16"),
    Option("CipherList", "", "text", "", "ciphers for TLS 1.2 and older"),
    Option("CipherSuites", "", "text", "", "ciphers for TLS 1.3", since="8.17"),
    Option("ServerSSLOptions", "", "text", "", "OpenSSL options as server"),
    Option("ClientSSLOptions", "", "text", "", "OpenSSL options as client"),
    Option("SSLEngine", "", "text", "", "OpenSSL engine", since="8.16"),
    Option("SSLEnginePath", "", "text", "", "directory of the engine's library", since="8.16"),
    Option("CACertFile", "", "text", "", "file of trusted CA certificates", since="8.11"),
    Option("CACertPath", "", "text", "", "directory of CA certificates", since="8.11"),
    Option("ServerCertFile", "", "text", "", "certificate shown as server", since="8.11"),
    Option("ServerKeyFile", "", "text", "", "its private key", since="8.11"),
    Option("ClientCertFile", "", "text", "", "certificate shown as client", since="8.11"),
    Option("ClientKeyFile", "", "text", "", "its private key", since="8.11"),
    Option("CRLFile", "", "text", "", "file of revoked certificates"),
    Option("CRLPath", "", "text", "", "directory of revoked certificates"),
    Option("DHParameters", "", "text", "", "Diffie-Hellman parameters", since="8.11"),
    Option("RandFile", "", "text", "", "source of randomness", since="8.11"),
    Option("CertFingerprintAlgorithm", "", "text", "", "digest for the fingerprint of a certificate"),
    Option("DANE", "", "switch", "false", "check TLS by TLSA records", choices=("always",), since="8.16"),
    # Filters, LDAP
    Option("InputMailFilters", "", "comma list", (), "milters asked about each message, in order", since="8.12"),
    Option("Milter.LogLevel", "", "number", -1, "how much milters log; -1: as LogLevel"),
    Option("Milter.macros.connect", "", "text", "", "macros sent to milters after the connect"),
    Option("Milter.macros.helo", "", "text", "", "macros sent to milters after HELO"),
    Option("Milter.macros.envfrom", "", "text", "", "macros sent to milters after MAIL"),
    Option("Milter.macros.envrcpt", "", "text", "", "macros sent to milters after RCPT"),
    Option("Milter.macros.data", "", "text", "", "macros sent to milters after DATA"),
    Option("Milter.macros.eoh", "", "text", "", "macros sent to milters after the headers"),
    Option("Milter.macros.eom", "", "text", "", "macros sent to milters after the final dot"),
    Option("LDAPDefaultSpec", "", "text", "", "what all LDAP maps have in common"),
    # Only in a sendmail compiled with the feature named
    Option("AddBcc", "", "boolean", False, "add an empty Bcc: header", since="_FFR_ADD_BCC"),
    Option("AddrTypeModes", "", "boolean", False, "more detail in ${addr_type}", since="_FFR_ADDR_TYPE_MODES"),
    Option("BadRcptThrottleDelay", "", "number", 1, "seconds a throttled recipient costs", since="_FFR_RCPTTHROTDELAY"),
    Option("BounceQueue", "", "text", "", "queue group of bounces", since="_FFR_BOUNCE_QUEUE"),
    Option("CheckQueueRunners", "", "number", 0, "watch the queue runners", since="_FFR_QUEUE_RUN_PARANOIA"),
    Option("ClientCACertFile", "", "text", "", "CA certificates for the client side only", since="_FFR_CLIENTCA"),
    Option("ClientCACertPath", "", "text", "", "directory of the same", since="_FFR_CLIENTCA"),
    Option(
        "DontLockFilesForRead",
        "",
        "boolean",
        True,
        "read files without a lock",
        since="_FFR_DONTLOCKFILESFORREAD_OPTION",
    ),
    Option("EightBitAddrOK", "", "boolean", False, "8-bit characters in addresses", since="_FFR_EIGHT_BIT_ADDR_OK"),
    Option("FIPSMode", "", "boolean", False, "OpenSSL in FIPS mode", since="_FFR_FIPSMODE"),
    Option("KeepBcc", "", "boolean", False, "leave Bcc: headers in", since="_FFR_KEEPBCC"),
    Option("MaxForwardEntries", "", "number", 0, "addresses in a .forward file", since="_FFR_MAX_FORWARD_ENTRIES"),
    Option("MemoryResource", "", "text", "", "which memory the LowMem options look at", since="_FFR_MEMSTAT"),
    Option("MessageAccept", "", "text", "", "text of the 250 after the final dot", since="_FFR_MSG_ACCEPT"),
    Option("QueueLowMem", "", "number", 0, "free memory below which mail is only queued", since="_FFR_MEMSTAT"),
    Option("SetCertAltnames", "", "boolean", False, "fill ${cert_altnames}", since="_FFR_TLS_ALTNAMES"),
    Option("StrictTransportSecurity", "", "boolean", False, "obey MTA-STS policies", since="_FFR_MTA_STS"),
    Option("RefuseLowMem", "", "number", 0, "free memory below which connections are refused", since="_FFR_MEMSTAT"),
)

# What is obeyed, and the name of the setting that it becomes (simlib.mta.policy.settings)
_OBEYED = {
    "DeliveryMode": "delivery_mode",
    "ConnectionCacheSize": "cache_size",
    "ConnectionCacheTimeout": "cache_timeout",
    "Timeout.hoststatus": "keep_host_status",
    "HostStatusDirectory": "host_status_directory",
    "SingleThreadDelivery": "single_thread",
    "QueueSortOrder": "sort_order",
    "MinQueueAge": "min_queue_age",
    "MaxQueueAge": "max_queue_age",
    "MaxQueueRunSize": "max_queue_run",
    "ForkEachJob": "fork_each_job",
    "RecipientFactor": "recipient_factor",
    "ClassFactor": "class_factor",
    "RetryFactor": "retry_factor",
    "QueueLA": "queue_la",
    "RefuseLA": "refuse_la",
    "DelayLA": "delay_la",
    "QueueFactor": "queue_factor",
    "ConnectionRateThrottle": "rate_throttle",
    "MaxDaemonChildren": "max_children",
    "MinFreeBlocks": "min_free_blocks",
    "MaxMessageSize": "max_message_size",
    "MaxRecipientsPerMessage": "max_recipients",
    "FallbackMXhost": "fallback_mx",
    "TryNullMXList": "try_null_mx",
    "DoubleBounceAddress": "double_bounce",
    "PostmasterCopy": "postmaster_copy",
    "SendMimeErrors": "mime_errors",
    "EightBitMode": "eight_bit_mode",
    "SevenBitInput": "seven_bit_input",
    "DefaultCharSet": "charset",
    "MaxHeadersLength": "max_headers",
    "PrivacyOptions": "privacy",
    "CheckpointInterval": "checkpoint",
    "MaxHopCount": "max_hops",
    "Timeout.connect": "connect_timeout",
    "Timeout.iconnect": "first_connect_timeout",
    "Timeout.initial": "phases",
    "Timeout.helo": "phases",
    "Timeout.mail": "phases",
    "Timeout.rcpt": "phases",
    "Timeout.datainit": "phases",
    "Timeout.datablock": "phases",
    "Timeout.datafinal": "phases",
    "Timeout.rset": "phases",
    "Timeout.quit": "phases",
    "Timeout.misc": "phases",
    "Timeout.command": "phases",
    "Timeout.ident": "ident",
    "Timeout.resolver.retrans": "patience",
    "Timeout.resolver.retry": "patience",
    "Timeout.queuereturn.normal": "return_after",
    "Timeout.queuereturn.urgent": "return_after",
    "Timeout.queuereturn.non-urgent": "return_after",
    "Timeout.queuewarn.normal": "warn_after",
    "Timeout.queuewarn.urgent": "warn_after",
    "Timeout.queuewarn.non-urgent": "warn_after",
    "ForwardPath": "forward_path",
    "Timeout.fileopen": "file_open",
    "MaxAliasRecursion": "max_alias_recursion",
    "DontBlameSendmail": "dont_blame",
    "SafeFileEnvironment": "safe_file_environment",
    "BlankSub": "blank_sub",
    "MaxNOOPCommands": "max_noop",
    "SmtpGreetingMessage": "greeting",
    "ErrorMode": "error_mode",
    "StatusFile": "status_file",
}
OPTIONS = tuple(option._replace(obeyed=_OBEYED.get(option.name, "")) for option in _KNOWN)

BY_NAME = {option.name.lower(): option for option in OPTIONS}
BY_LETTER = {option.letter: option for option in OPTIONS if option.letter}

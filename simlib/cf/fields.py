"""The fields of the lines of a sendmail.cf, and of DaemonPortOptions: what each means, and what becomes of it here.

Lines that have no fields stand in ``LINES`` themselves, and rulesets that sendmail asks by name in ``RULESETS``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from simlib.cf.consequence import NOT_SIMULATED, OBEYED, OF_NO_CONSEQUENCE


class Field(NamedTuple):
    """One field: what it is written with, sendmail's default, what it means, and what it is here.

    ``why``: the reason of one that is of no consequence; of the others what more there is to say, or nothing: what is
    not warned of where others are, and which kinds it is for. ``NO_WARNING`` begins it where none is.
    """

    letter: str
    default: str
    meaning: str
    here: str
    why: str = ""


NO_WARNING = "no warning"
_SHIPPED = f"{NO_WARNING}: it is shipped"

LINES = (
    Field("Cx", "none; of w the host's names", "words of class x", OBEYED),
    Field("Dx", "none; some are built in", "value of macro x", OBEYED),
    Field(
        "EName=",
        "none",
        "environment of the programs that sendmail runs",
        NOT_SIMULATED,
        "none for _FORCE_MAIL_LOCAL_ (shipped)",
    ),
    Field("Fx/path", "none", "file whose lines begin with words of class x", OBEYED),
    Field("Fx|program", "none", "the same of a program or a map, or with a pattern", NOT_SIMULATED, "none for %[^#]"),
    Field("HName: $>ruleset", "none", "ruleset that judges a header", OBEYED),
    Field("HName: text", "none", "header that a message without it gets", OBEYED),
    Field("H?flags?", "none: for all", "F= of mailers that want it", OBEYED),
    Field(
        "HDate: text",
        "none",
        "other text for a header that sendmail's m4 files write",
        NOT_SIMULATED,
        "none for their own text",
    ),
    Field("Pname=", "0", "what Precedence: name counts for", OBEYED),
    Field("Rleft", "none", "rule of the ruleset above it", OBEYED),
    Field("Sname", "none", "the rules below it belong to that ruleset", OBEYED),
    Field("Tuser", "none", "user who may name another sender with -f", OBEYED),
)

_STOCK_RULES = "the workbook's own rules"
_AS_IT_IS, _ALL_FINE = "leaves all as it is", "has nothing against it"
_NO_STARTTLS, _NO_AUTH = "no simulated host speaks STARTTLS", "no simulated host offers AUTH"
RULESETS = (
    Field("parse=0", _STOCK_RULES, "mailer, host and user for an address", OBEYED),
    Field("1", _AS_IT_IS, "each sender that is written", OBEYED),
    Field("2", _AS_IT_IS, "each recipient that is written", OBEYED),
    Field("canonify=3", _STOCK_RULES, "each address before all others", OBEYED),
    Field("final=4", _STOCK_RULES, "each address after all others", OBEYED),
    Field("localaddr=5", _AS_IT_IS, "a user of this host who is no alias", OBEYED),
    Field("check_relay", _ALL_FINE, "client that connects", OBEYED),
    Field("check_mail", _ALL_FINE, "sender of MAIL", OBEYED),
    Field("check_rcpt", _STOCK_RULES, "recipient of RCPT", OBEYED),
    Field("check_data", _ALL_FINE, "number of recipients at DATA", OBEYED),
    Field("check_eoh", _ALL_FINE, "number and size of headers", OBEYED),
    Field("check_compat", _ALL_FINE, "sender and recipient before delivery", OBEYED),
    Field("check_vrfy", _ALL_FINE, "argument of VRFY", OBEYED),
    Field("check_expn", _ALL_FINE, "argument of EXPN", OBEYED),
    Field("check_etrn", _ALL_FINE, "argument of ETRN", OBEYED),
    Field("check_eom", _ALL_FINE, "size of a message at its end", NOT_SIMULATED),
    Field("check_other", _ALL_FINE, "all other commands", NOT_SIMULATED),
    Field("queuegroup", "mqueue", "queue group of a recipient", NOT_SIMULATED),
    Field("greet_pause", "0", "milliseconds before the greeting", NOT_SIMULATED, _SHIPPED),
    Field("srv_features", "all", "what a client is offered", NOT_SIMULATED, _SHIPPED),
    Field("clt_features", "all", "what a server is asked for", NOT_SIMULATED, _SHIPPED),
    Field("try_tls", _ALL_FINE, "whether STARTTLS is tried with a server", OF_NO_CONSEQUENCE, _NO_STARTTLS),
    Field("tls_client", _ALL_FINE, "client after STARTTLS", OF_NO_CONSEQUENCE, _NO_STARTTLS),
    Field("tls_server", _ALL_FINE, "server after STARTTLS", OF_NO_CONSEQUENCE, _NO_STARTTLS),
    Field("tls_rcpt", _ALL_FINE, "recipient after STARTTLS", OF_NO_CONSEQUENCE, _NO_STARTTLS),
    Field("tls_srv_features", "none", "certificate for a client", OF_NO_CONSEQUENCE, _NO_STARTTLS),
    Field("tls_clt_features", "none", "certificate for a server", OF_NO_CONSEQUENCE, _NO_STARTTLS),
    Field("trust_auth", _ALL_FINE, "AUTH= of MAIL", OF_NO_CONSEQUENCE, _NO_AUTH),
    Field("authinfo", "none", "name and password for a server", OF_NO_CONSEQUENCE, _NO_AUTH),
)
UNASKED_RULESETS = tuple(
    field.letter for field in RULESETS if field.here == NOT_SIMULATED and not field.why.startswith(NO_WARNING)
)

MAILER = (
    Field("P=", "none", "the program, or [IPC] for a connection, or [FILE]", OBEYED),
    Field("F=", "none", "flags, each of which has its own row above", OBEYED),
    Field("S=", "none", "rulesets for the sender: envelope/header", OBEYED),
    Field("R=", "none", "rulesets for a recipient: envelope/header", OBEYED),
    Field("E=", r"\n, of a connection \r\n", "what ends a line", NOT_SIMULATED, r"none for \n and \r\n of a program"),
    Field("M=", "any", "bytes that a message may have", OBEYED),
    Field("L=", "none, with F=L 990", "bytes that a line may have", OBEYED),
    Field("A=", "none", "arguments of the program, or TCP $h", OBEYED),
    Field(
        "T=",
        "dns/rfc822/smtp",
        "types of host, address, diagnostic",
        NOT_SIMULATED,
        "none for those of shipped mailers",
    ),
    Field("U=", "by F=o and DefaultUser", "user and group it runs as", NOT_SIMULATED, "none for cyrus:mail (shipped)"),
    Field("W=", "0, for ever", "wait for the program to end", NOT_SIMULATED),
    Field("r=", "100", "recipients in one transaction", OBEYED),
    Field("m=", "any", "messages on one connection", OBEYED),
    Field("C=", "DefaultCharSet", "charset of unlabelled text", NOT_SIMULATED, "none for iso-8859-1 (shipped)"),
    Field("N=", "0", "nice value of the program", NOT_SIMULATED),
    Field("Q=", "mqueue", "queue group", NOT_SIMULATED),
    Field("D=", "none", "directory in which the program runs", NOT_SIMULATED, "none for $z:/ (shipped)"),
    Field("/=", "none", "root directory of the program", NOT_SIMULATED),
)
UNDONE_MAILER_FIELDS = tuple(field.letter for field in MAILER if field.here == NOT_SIMULATED)

_ONE_QUEUE = "all mail waits in one queue, and ETRN knows the name of the group"
QUEUE_GROUP = (
    Field("P=", "QueueDirectory", "directory of the group", NOT_SIMULATED, _ONE_QUEUE),
    Field("F=", "none", "flags: f has a process of its own for each run", NOT_SIMULATED, _ONE_QUEUE),
    Field("I=", "that of -q", "time between two runs", NOT_SIMULATED, _ONE_QUEUE),
    Field("J=", "any", "entries worked on in a run", NOT_SIMULATED, _ONE_QUEUE),
    Field("N=", "NiceQueueRun", "nice value of its runners", NOT_SIMULATED, _ONE_QUEUE),
    Field("r=", "any", "recipients in an envelope", NOT_SIMULATED, _ONE_QUEUE),
    Field("R=", "MaxRunnersPerQueue", "runners side by side", NOT_SIMULATED, _ONE_QUEUE),
)

_NO_FILTER = "nobody is asked"
MILTER = (
    Field("S=", "none", "socket at which the filter listens", NOT_SIMULATED, _NO_FILTER),
    Field("F=", "none", "what to do without the filter: R refuses, T puts off", NOT_SIMULATED, _NO_FILTER),
    Field("T=", "C:5m;S:10s;R:10s;E:5m", "how long to wait for it", NOT_SIMULATED, _NO_FILTER),
)

VERSION = (
    Field("level", "0; with no V line here 10", "how the lines below it are read", OBEYED),
    Field("/vendor", "Berkeley", "whose sendmail it is for", OBEYED),
)

PORT_MODIFIERS_OBEYED = "E"
PORT_MODIFIERS_OF_NO_CONSEQUENCE = "bhAS"  # a host has one address and one name, and offers neither AUTH nor STARTTLS
DAEMON_PORT = (
    Field("Name=", "Daemon0, Daemon1, ...", "what the log calls the socket", OBEYED),
    Field("Addr=", "any", "address to listen at", OBEYED),
    Field("Port=", "smtp", "port to listen at", OBEYED),
    Field("Family=", "inet", "family of the address", NOT_SIMULATED, "none for inet"),
    Field(
        "Modify=",
        "none",
        "letters: a AUTH, c full names, E no ETRN, f full sender, ...",
        OBEYED,
        "b, h, A and S are of no consequence (one address, one name, no AUTH, no STARTTLS); a warning for others",
    ),
    Field("DeliveryMode=", "that of the option", "DeliveryMode of what comes in here", NOT_SIMULATED),
    Field("InputMailFilters=", "that of the option", "filters of what comes in here", NOT_SIMULATED),
    Field("Listen=", "10", "connections that wait to be taken", NOT_SIMULATED),
    Field("ReceiveBufferSize=", "the system's", "buffer for what comes in", NOT_SIMULATED),
    Field("SendBufferSize=", "the system's", "buffer for what goes out", NOT_SIMULATED),
    Field("children=", "that of the option", "MaxDaemonChildren of this socket", NOT_SIMULATED),
    Field("delayLA=", "that of the option", "DelayLA of this socket", NOT_SIMULATED),
    Field("queueLA=", "that of the option", "QueueLA of this socket", NOT_SIMULATED),
    Field("refuseLA=", "that of the option", "RefuseLA of this socket", NOT_SIMULATED),
)

MAP = (
    Field("-a", "none", "put behind what is found", OBEYED),
    Field("-T", "none", "put behind the key while the map cannot be asked", OBEYED),
    Field("-S", "BlankSub", "goes between the words of a key", OBEYED),
    Field("-m", "no", "the key itself is the answer", OBEYED),
    Field("-o", "no", "the file may be missing", OBEYED),
    Field("-t", "no", "a look-up that cannot be done counts as not found", OBEYED),
    Field("-q", "no", "quotes of the key stay", OBEYED),
    Field("-f", "no", "upper case of the key stays", OBEYED, "hash, btree, dbm, regex"),
    Field("-k", "0", "column of the key", OBEYED, "text"),
    Field("-v", "0, of user: name", "column or field of the value", OBEYED, "text, user"),
    Field("-z", "blanks", "what stands between columns or hosts", OBEYED, "text, bestmx"),
    Field("-R", "none", "kind of record", OBEYED, "dns"),
    Field("-B", "none", "domain behind the key", OBEYED, "dns"),
    Field("-b", "no", "basic regular expression", OBEYED, "regex"),
    Field("-n", "no", "what does not match is found", OBEYED, "regex"),
    Field("-s", "none", "parts of the match; blank of dequote", OBEYED, "regex, dequote"),
    Field("-d", "$|, of dns: 4", "between parts of a match; of dns and host: how often it is asked", OBEYED, "regex"),
    Field("-r", "5s", "wait of dns for an answer", NOT_SIMULATED),
    Field("-l", "0", "most characters of an answer", NOT_SIMULATED),
    Field("-Z", "1", "most records of dns in an answer", NOT_SIMULATED),
    Field("-D", "no", "no look-up with DeliveryMode=deferred", NOT_SIMULATED),
    Field("-N", "guessed", "keys end with a NUL byte", NOT_SIMULATED),
    Field("-O", "guessed", "keys end with no NUL byte", NOT_SIMULATED),
    Field("-A", "no", "values of one key add up", OF_NO_CONSEQUENCE, "only databases of aliases are built so"),
)

MAP_KINDS_OBEY: Mapping[str, str] = MappingProxyType(
    {
        "bestmx": "z",
        "btree": "f",
        "dbm": "f",
        "dequote": "s",
        "dns": "RB",
        "hash": "f",
        "regex": "fbnsd",
        "text": "kvz",
        "user": "v",
    }
)
"""The letters that a kind of map obeys beside those that all do."""
EVERY_MAP_OBEYS = "aTSmotqA"  # -A is of no consequence

"""What somebody else than root may not do: sendmail then gives up the rights of root that it is installed with."""

from simlib.shell.login import Login
from simlib.shell.sendmail.line import Line
from simlib.shell.sendmail.options import meant
from simlib.site.tree import Tree

SAFE = frozenset(
    [
        *("SevenBitInput", "EightBitMode", "MaxRecipientsPerMessage", "DefaultCharSet", "NoRecipientAction"),
        *("OldStyleHeaders", "SingleLineFromHeader", "IgnoreDots", "ColonOkInAddr", "RejectNUL", "DeliveryMode"),
        *("QueueSortOrder", "MinQueueAge", "MaxQueueRunSize", "CheckpointInterval", "SuperSafe", "MinFreeBlocks"),
        *("DialDelay", "SendMimeErrors", "ErrorMode", "PrivacyOptions", "AllowBogusHELO", "BadRcptThrottle"),
        *("BadRcptShutdown", "BadRcptShutdownGood", "MeToo", "LogLevel", "Verbose", "SaveFromLine"),
    ]
)
"""Options that everybody may set [each tried with 8.17]; ``-s`` is no option for it but a flag of its own."""

SAFE_MACROS = "rs"
UNSAFE = "CDX"  # files that are named on the command line
READ_WRITE_SEARCH = 7
NEEDS = "Program mode requires special privileges, e.g., root or TrustedUser."
NOTICE = "Notice: -bv may give misleading output for non-privileged user"


def refusal(shell: Login, line: Line, directory: str, files: Tree) -> str:
    """What it says where it cannot come into its queue directory without those rights; empty where it can."""
    if shell.is_root or not _gives_up(line):
        return ""
    node = files.find(directory)
    if node is not None and node.allows(shell.user, READ_WRITE_SEARCH):
        return ""
    said = [NOTICE] if line.mode == "v" else []
    return "\n".join([*said, f"can not chdir({directory}/): Permission denied", NEEDS])


def _gives_up(line: Line) -> bool:
    return any(letter in line for letter in UNSAFE) or any(map(_is_unsafe, line.settings))


def _is_unsafe(text: str) -> bool:
    if text.startswith("OM"):
        return text[2:3] not in SAFE_MACROS
    option = meant(text)
    return option is not None and option.name not in SAFE

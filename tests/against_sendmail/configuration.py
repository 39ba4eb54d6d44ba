"""The sendmail.cf that both are given, made by sendmail's own m4 files."""

import shutil
import subprocess
from functools import cache
from os import geteuid
from pathlib import Path
from textwrap import dedent

from tests.against_sendmail.mc import MAILERS, Mc

SENDMAIL = "/usr/sbin/sendmail"
M4_FILES = "/usr/share/sendmail/cf"
SPOOL = "/var/spool"  # in the namespace: its files stand nowhere else
HOST_STATUS = ".hoststat"  # in the queue directory, where a case says so
INBOX = f"{SPOOL}/inbox"  # where the local mailer of the cases puts what it is given

HERE = f"""
OSTYPE(linux)
FEATURE(no_default_msa)
define(`confDOMAIN_NAME', `snd.test')
define(`confDONT_PROBE_INTERFACES', `True')
define(`confDELIVERY_MODE', `queueonly')
define(`confTO_IDENT', `0s')
define(`confSERVICE_SWITCH_FILE', `{SPOOL}/switch')
define(`QUEUE_DIR', `{SPOOL}/mqueue')
define(`ALIAS_FILE', `{SPOOL}/aliases')
define(`STATUS_FILE', `{SPOOL}/statistics')
define(`confPID_FILE', `{SPOOL}/sendmail.pid')
define(`LOCAL_MAILER_PATH', `{SPOOL}/deliver')
define(`LOCAL_MAILER_ARGS', `deliver $u')
"""
COMMON = "FEATURE(nocanonify)\nFEATURE(accept_unresolvable_domains)\n"


def why_not() -> str:
    """What keeps the real one from being run here."""
    programs = ("m4", "ip", "nft", "nsenter", "unshare")
    missing = [program for program in programs if shutil.which(program) is None]
    missing += [path for path in (SENDMAIL, f"{M4_FILES}/m4/cf.m4") if not Path(path).exists()]
    if missing:
        return f"not installed here: {', '.join(missing)}"
    if geteuid() != 0:
        return "namespaces and a sendmail with a configuration of one's own need root"
    if subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "true"], check=False).returncode:
        return "no namespaces may be made here"
    return ""


def version() -> str:
    """The version of the real one."""
    told = subprocess.run([SENDMAIL, "-d0.1", "-bv", "root"], capture_output=True, text=True, check=False).stdout
    return told.partition("Version ")[2].split()[0]


def configuration(m4: str, lines: str, mc: Mc | None = None) -> str:
    """A whole sendmail.cf: m4 output, with ``lines`` laid over it. ``mc`` stands in place of the common features."""
    said = f"{COMMON}{dedent(m4)}\n{MAILERS}" if mc is None else f"{mc.features}\n{mc.mailers}\n{mc.rules}\n"
    return _made(said) + "\n" + dedent(lines)


@cache
def _made(m4: str) -> str:
    done = subprocess.run(
        ["m4", f"-D_CF_DIR_={M4_FILES}/", f"{M4_FILES}/m4/cf.m4", "-"],
        input=HERE + m4,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout

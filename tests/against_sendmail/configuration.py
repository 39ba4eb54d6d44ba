"""The sendmail.cf that both are given, made by sendmail's own m4 files."""

import shutil
import subprocess
from functools import cache
from os import geteuid
from pathlib import Path
from textwrap import dedent

SENDMAIL = "/usr/sbin/sendmail"
M4_FILES = "/usr/share/sendmail/cf"
SPOOL = "/var/spool"  # in the namespace: its files stand nowhere else
HOST_STATUS = ".hoststat"  # in the queue directory, where a case says so
INBOX = f"{SPOOL}/inbox"  # where the local mailer of the cases puts what it is given

BASE = f"""
OSTYPE(linux)
FEATURE(nocanonify)
FEATURE(no_default_msa)
FEATURE(accept_unresolvable_domains)
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


def configuration(m4: str, lines: str) -> str:
    """A whole sendmail.cf: m4 output, with ``lines`` laid over it."""
    return _made(dedent(m4)) + "\n" + dedent(lines)


@cache
def _made(m4: str) -> str:
    done = subprocess.run(
        ["m4", f"-D_CF_DIR_={M4_FILES}/", f"{M4_FILES}/m4/cf.m4", "-"],
        input=f"{BASE}{m4}\nMAILER(local)\nMAILER(smtp)\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout

"""Directories whose files cannot be opened, as on an NFS server that knows the handle no more.

A library stands between the program and the system.

The real sendmail is run from a copy without set-group-id, before which the loader would leave such a library out.
"""

import shutil
import subprocess

from tests.against_sendmail.configuration import SENDMAIL, SPOOL
from tests.against_sendmail.namespace import Namespace

COPY, LIBRARY = f"{SPOOL}/sendmail", f"{SPOOL}/stale.so"
SOURCE = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
static const char *under;  /* kept from the start, as sendmail clears its environment */
__attribute__((constructor)) static void begin(void) { if (getenv("STALE")) under = strdup(getenv("STALE")); }
static int stale(const char *path) {
    return under && strncmp(path, under, strlen(under)) == 0 && path[strlen(under)] == '/';
}
#define OPEN(name) int name(const char *path, int flags, ...) { \\
    va_list rest; va_start(rest, flags); int mode = va_arg(rest, int); va_end(rest); \\
    if (stale(path)) { errno = ESTALE; return -1; } \\
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name))(path, flags, mode); }
OPEN(open)
OPEN(open64)
"""


def why_not() -> str:
    """What keeps a file from being made stale here."""
    return "" if shutil.which("cc") else "not installed here: cc"


def command(host: Namespace, directory: str, *arguments: str) -> list[str]:
    """The command line of a sendmail for which the files in a directory are stale."""
    library = host.path(LIBRARY)
    if not library.exists():
        subprocess.run(["cc", "-shared", "-fPIC", "-x", "c", "-", "-o", library, "-ldl"], input=SOURCE, text=True,
                       check=True)  # fmt: skip
        shutil.copy(SENDMAIL, host.path(COPY))
        host.path(COPY).chmod(0o755)
    return host.command("env", f"STALE={directory}", f"LD_PRELOAD={LIBRARY}", COPY, *arguments)

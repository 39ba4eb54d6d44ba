"""The cases, a file a family."""

from tests.against_sendmail.cases import (
    connection_cache,
    disk,
    host_status,
    ident,
    load,
    mailstats,
    mx,
    notices,
    pitfalls,
    queue,
    reception,
    recipients,
    reports,
    shell,
    single_thread,
    size,
)

FAMILIES = {
    "connection cache": connection_cache.CASES,
    "host status": host_status.CASES,
    "single thread": single_thread.CASES,
    "queue": queue.CASES,
    "MX": mx.CASES,
    "recipients": recipients.CASES,
    "notices": notices.CASES,
    "reports": reports.CASES,
    "size": size.CASES,
    "shell": shell.CASES,
    "load": load.CASES,
    "disk": disk.CASES,
    "reception": reception.CASES,
    "ident": ident.CASES,
    "mailstats": mailstats.CASES,
    "pitfalls": pitfalls.CASES,
}

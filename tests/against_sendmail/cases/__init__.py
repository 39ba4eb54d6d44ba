"""The cases, a file a family."""

from dataclasses import replace

from tests.against_sendmail.cases import (
    alias_files,
    bad_rcpt,
    command_line,
    connection_cache,
    control_files,
    daemon_ports,
    dead_letter,
    disk,
    dont_blame,
    expensive,
    host_status,
    ident,
    load,
    log_level,
    mailstats,
    me_too,
    mime,
    mime_header,
    mx,
    no_recipient,
    notices,
    odd_texts,
    own_name,
    pitfalls,
    privacy,
    queue,
    queue_children,
    queue_directories,
    reception,
    recipients,
    reports,
    rules_access,
    rules_addresses,
    rules_delay,
    rules_genericstable,
    rules_headers,
    rules_hosts,
    rules_local_checks,
    rules_local_rules,
    rules_mailertable,
    rules_masquerade,
    rules_names,
    rules_relaying,
    rules_senders,
    rules_virtusertable,
    security,
    session,
    shell,
    single_thread,
    size,
    smart_host,
)
from tests.against_sendmail.cases.local import AGENTS, ALIASES, FILES, FORWARD

FAMILIES = {
    "connection cache": connection_cache.CASES,
    "host status": host_status.CASES,
    "single thread": single_thread.CASES,
    "queue": queue.CASES,
    "QueueDirectory": queue_directories.CASES,
    "MX": mx.CASES,
    "smart host": smart_host.CASES,
    "expensive": expensive.CASES,
    "recipients": recipients.CASES,
    "notices": notices.CASES,
    "reports": reports.CASES,
    "MIME": mime.CASES,
    "size": size.CASES,
    "shell": shell.CASES,
    "command line": command_line.CASES,
    "control files": control_files.CASES,
    "load": load.CASES,
    "disk": disk.CASES,
    "reception": reception.CASES,
    "ident": ident.CASES,
    "mailstats": mailstats.CASES,
    "pitfalls": pitfalls.CASES,
    "session": session.CASES,
    "security": security.CASES,
    "privacy": privacy.CASES,
    "own name": own_name.CASES,
    "local agents": AGENTS,
    "aliases": ALIASES,
    "files": FILES,
    "forward": FORWARD,
    "no recipient": no_recipient.CASES,
    "DontBlameSendmail": dont_blame.CASES,
    "bad RCPT": bad_rcpt.CASES,
    "LogLevel": log_level.CASES,
    "MeToo": me_too.CASES,
    "DaemonPortOptions": daemon_ports.CASES,
    "AliasFile": alias_files.CASES,
    "dead letter": dead_letter.CASES,
    "MIME header": mime_header.CASES,
    "queue children": queue_children.CASES,
    "odd texts": odd_texts.CASES,
}

WHOLE_LOG = (
    *("notices", "MIME", "size", "ident", "session", "security", "local agents", "files", "forward", "no recipient"),
    *("bad RCPT", "DaemonPortOptions", "MIME header", "host status", "MX", "privacy", "aliases", "MeToo"),
    *("smart host", "pitfalls"),
)
"""The families of which all that is logged is compared, not a letter's own lines alone."""

IN_PART = (
    ("MX", "equal preference, stays with the cached host"),  # which of two equal hosts comes first is chance
    ("pitfalls", "one recipient only"),  # so is who is named first of those who are in one place
    ("smart host", "it is this host"),  # whom the log calls so who refuses
)
"""Cases of them of which only a letter's own lines are."""

FAMILIES |= {
    name: [
        # whether the real one complains of a stale file differs from run to run
        case
        if (case.household and case.household.stale) or (name, case.name) in IN_PART
        else replace(case, observe=(*case.observe, "whole log"))
        for case in FAMILIES[name]
    ]
    for name in WHOLE_LOG
}

FAMILIES_OF_RULES = {
    "mailertable": rules_mailertable.CASES,
    "virtusertable": rules_virtusertable.CASES,
    "genericstable": rules_genericstable.CASES,
    "masquerading": rules_masquerade.CASES,
    "access": rules_access.CASES,
    "relaying": rules_relaying.CASES,
    "senders": rules_senders.CASES,
    "delayed checks and lists": rules_delay.CASES,
    "other hosts": rules_hosts.CASES,
    "header checks": rules_headers.CASES,
    "local checks": rules_local_checks.CASES,
    "local rules": rules_local_rules.CASES,
    "addresses": rules_addresses.CASES,
    "names": rules_names.CASES,
}
"""Those where rules decide: there are as many as of all others, and not all agree yet (see ``not_yet``)."""

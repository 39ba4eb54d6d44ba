"""Header lines that a cf gives to mail without them: H lines of one's own, ``HX-Site: $j`` [headers.c, putheader]."""

from collections.abc import Mapping

from simlib.cf import Cf, Mailer
from simlib.cf.macros import expanded
from simlib.cf.not_simulated import STOCK_HEADERS
from simlib.message.header import Headers


def own_headers(cf: Cf, mailer: Mailer, headers: Headers, macros: Mapping[str, str]) -> Headers:
    """The lines that ``mailer`` adds to ``headers``, in the order of the cf.

    Those that sendmail's own files write, such as Date:, are added elsewhere (:mod:`simlib.message.copy`).

    >>> cf = Cf.parse("V10\\nHX-Site: $j\\nH?x?X-Local: yes")
    >>> own_headers(cf, Mailer("esmtp", "[IPC]", "TCP $h"), (), {"j": "mail.here.example"})
    (('X-Site', ' mail.here.example'),)
    """
    there = {name.lower() for name, _ in headers} | STOCK_HEADERS
    wanted = [one for one in cf.headers if not one.template.startswith("$>") and one.name.lower() not in there]
    wanted = [one for one in wanted if not one.flags or mailer.flags & set(one.flags)]
    return tuple((one.name, f" {expanded(one.template, macros)}") for one in wanted)

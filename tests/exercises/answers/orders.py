"""Wrong orders, written as one line with the items by their places in the exercise's choices."""

from simlib.exercises import ALL


def _laid(id: str, *items: int) -> str:
    return "\n".join(ALL[id].choices[item] for item in items)


_HTTPD, _SENDMAIL, _NAMED, _NTPD, _NFSD, _HOME, _LOCAL = range(7)
_RUN, _SAVE, _OFF, _INSTALL, _KILL, _QUIET, _PUT, _BOOT, _START, _ON = range(10)

WRONG = {
    "05.a": {
        _laid("05.a", 0, 1, 2, 3, 4): "order of arrival",
        _laid("05.a", 4, 3, 2, 1, 0): "does not come at place 4",
        _laid("05.a", 3, 4, 1, 0, 2): "Precedence is no rank",
        _laid("05.a", 2, 4, 1, 0, 3): "By size alone",
        _laid("05.a", 4, 3, 0, 2, 1): "does not come at place 3",
        _laid("05.a", 4, 2, 3, 0, 1): "does not come at place 2",
        _laid("05.a", 4, 3): "wanted exactly once",
    },
    "15.b": {
        _laid("15.b", _HTTPD, _NFSD, _HOME, _LOCAL, _NAMED, _SENDMAIL, _NTPD): "12 came late, where 8",
        _laid("15.b", _NFSD, _HOME, _LOCAL, _SENDMAIL, _NAMED, _HTTPD, _NTPD): "4 letters bounced",
        _laid("15.b", _NFSD, _LOCAL, _NAMED, _SENDMAIL, _HOME, _HTTPD, _NTPD): "6 in a wrong mailbox",
        _laid("15.b", _NFSD, _HOME, _LOCAL, _NAMED, _NTPD, _HTTPD, _SENDMAIL): "14 came late, where 8",
        _laid("15.b", _HOME, _NFSD, _LOCAL, _NAMED, _SENDMAIL, _HTTPD, _NTPD): "put nfsd before /home",
        _laid("15.b", _NFSD, _HOME, _LOCAL, _NAMED, _SENDMAIL): "is started once",
        _laid("15.b", _NFSD, _HOME, _NAMED, _SENDMAIL, _LOCAL, _HTTPD, _NTPD): "6 letters bounced",
        _laid("15.b", _NFSD, _HOME, _LOCAL, _NTPD, _NAMED, _SENDMAIL, _HTTPD): "put named before ntpd",
    },
    "16.b": {
        _laid("16.b", _INSTALL): "36 of 36 bounced, the first after “install”",
        _laid("16.b", _SAVE, _INSTALL, _PUT, _KILL, _START): "first after “put sendmail.cf in place”",
        _laid("16.b", _RUN): "never installed",
        _laid("16.b", _RUN, _OFF, _INSTALL, _KILL, _PUT, _START, _ON): "30 of 36 bounced",
        _laid("16.b", _SAVE, _OFF, _INSTALL, _KILL, _START, _ON): "36 of 36 bounced, the first after “connect”",
        _laid("16.b", _SAVE, _RUN, _OFF, _INSTALL, _KILL, _PUT, _START): "25 of 36 still wait",
        _laid("16.b", _SAVE, _OFF, _INSTALL, _ON, _KILL, _PUT, _START): "11 of 36 bounced",
        _laid("16.b", _SAVE, _OFF, _KILL, _INSTALL, _KILL, _PUT, _START, _ON): "“kill sendmail” is there twice",
        "save the file\ninstall": "none of the cards",
    },
    "16.c": {
        _laid(
            "16.c", _SAVE, _RUN, _OFF, _INSTALL, _KILL, _QUIET, _PUT, _BOOT, _START, _ON
        ): "The slide's own order is a little too slow",
        _laid("16.c", _SAVE, _INSTALL, _PUT, _KILL, _START): "first after “put sendmail.cf in place”",
        _laid("16.c", _INSTALL, _ON): "36 of 36 bounced",
        _laid("16.c", _OFF, _SAVE, _RUN, _INSTALL, _KILL, _PUT, _START, _ON): "54 minutes late",
        _laid("16.c", _SAVE, _RUN, _OFF, _INSTALL, _KILL, _PUT, _START): "25 of 36 still wait",
        _laid("16.c", _SAVE, _RUN, _INSTALL, _KILL, _PUT, _START): "12 of 36 bounced",
        _laid("16.c", _SAVE, _RUN, _OFF, _PUT, _INSTALL, _KILL, _START, _ON): "28 of 36 bounced",
    },
}

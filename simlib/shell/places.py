"""Where programs lie."""

DIRECTORIES = ("/usr/sbin/", "/usr/lib/", "/usr/bin/", "/bin/", "/sbin/", "/usr/ucb/", "/usr/libexec/sendmail/")
IN_SBIN = ("sendmail", "makemap", "editmap", "praliases", "mailstats", "repquota", "service", "ifconfig", "traceroute")


def path_of(name: str) -> str:
    """Where a program is said to lie."""
    if "/" in name:
        return name
    return f"/usr/sbin/{name}" if name in IN_SBIN else f"/usr/bin/{name}"

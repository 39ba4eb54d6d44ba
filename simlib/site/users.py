"""Who has an account on a host: its password file."""

from dataclasses import dataclass

SYSTEM_ACCOUNTS = ("root", "daemon", "postmaster", "mailer-daemon")
SHELLS = ("/bin/sh", "/bin/csh", "/bin/bash", "/bin/tcsh", "/bin/zsh", "/SENDMAIL/ANY/SHELL/")  # /etc/shells


@dataclass(slots=True, eq=False)
class User:
    """An account: login name, home directory and shell. Simplified: each user is alone in a group of the same name."""

    name: str
    home: str
    shell: str = "/bin/sh"

    @property
    def may_run_programs(self) -> bool:
        """Whether sendmail runs programs for this user and writes to files: the shell is one of ``/etc/shells``."""
        return self.shell in SHELLS

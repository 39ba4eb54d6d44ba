"""Who lives on the host of a case, what files they have, and a delivery agent that fails: for both back ends."""

from dataclasses import dataclass

PEOPLE = ("taro", "hana", "postmaster", "mailer-daemon")  # those who are always there
HOMES = "/var/spool/home"


@dataclass(frozen=True)
class File:
    """A file or (text None) a directory, with its owner and its permission bits."""

    path: str
    text: str | None = None
    owner: str = "root"
    mode: int = 0o644


@dataclass(frozen=True)
class Agent:
    """The local mailer of a case: its flags beside those of all, and for whom it fails, with which status.

    With flag ``z`` it speaks LMTP and says 452 to those for whom it fails.
    """

    flags: str = "Prmn9"
    fails_for: tuple[str, ...] = ()
    status: int = 75

    @property
    def line(self) -> str:
        """The M line."""
        arguments = "deliver -l" if "z" in self.flags else "deliver -d $u"
        return (
            f"Mlocal, P=/var/spool/agent, F=lsDFMAw5:/|@q{self.flags}, S=EnvFromL/HdrFromL, R=EnvToL/HdrToL, "
            f"T=DNS/RFC822/{'SMTP' if 'z' in self.flags else 'X-Unix'}, A={arguments}"
        )


@dataclass(frozen=True)
class Household:
    """Users beside those who are always there, by shell; files; the text of the aliases file.

    ``stale``: a directory whose files give ESTALE when they are opened.
    """

    users: tuple[str, ...] = ()
    shells: tuple[tuple[str, str], ...] = ()
    files: tuple[File, ...] = ()
    aliases: str = ""
    agent: Agent | None = None
    stale: str = ""

    def shell(self, user: str) -> str:
        """A user's shell."""
        return dict(self.shells).get(user, "/bin/sh")


# a real agent for all of these: one argument a user, or LMTP
PROGRAM = """#!/usr/bin/python3
import sys, os, tempfile
fails = {fails!r}
def keep(user, text):
    handle, path = tempfile.mkstemp(prefix=user + ".", dir={inbox!r})
    os.write(handle, text); os.close(handle)
if "-l" not in sys.argv:
    text, bad = sys.stdin.buffer.read(), False
    for user in sys.argv[sys.argv.index("-d") + 1:]:
        if user in fails: bad = True
        else: keep(user, text)
    sys.exit({status} if bad else 0)
def say(line): sys.stdout.write(line + chr(13) + chr(10)); sys.stdout.flush()
say("220 snd.test LMTP ready")
users = []
while True:
    line = sys.stdin.buffer.readline().decode().strip()
    verb = line[:4].upper()
    if not line or verb == "QUIT":
        say("221 2.0.0 Bye"); break
    if verb == "LHLO": say("250-snd.test"); say("250-8BITMIME"); say("250-ENHANCEDSTATUSCODES"); say("250 PIPELINING")
    elif verb == "MAIL": users = []; say("250 2.5.0 Ok")
    elif verb == "RCPT": users.append(line.partition("<")[2].partition(">")[0]); say("250 2.1.5 Ok")
    elif verb == "DATA":
        say("354 Go ahead"); text = b""
        while (part := sys.stdin.buffer.readline()) != b"." + bytes((13, 10)): text += part.replace(bytes((13,)), b"")
        for user in users:
            path = "/var/mail/" + user
            if user in fails: say("450 4.2.0 " + path + ": Disc quota exceeded")
            else: keep(user, text); say("250 2.1.5 " + user + " Ok")
    else: say("250 2.0.0 Ok")
"""

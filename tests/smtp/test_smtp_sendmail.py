"""Held against a real sendmail: one script for its server and for ours, one odd server for its client and for ours.

Nothing leaves the machine: the real server talks on its standard input and output, the real client is given an address
literal of the loopback network, and name service is the hosts file alone.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simlib.smtp import Mail, Quirks, Rcpt, Reply, Server, ServerChannel, ServerSettings, Session, client

SENDMAIL, CF = "/usr/sbin/sendmail", "/usr/share/sendmail/cf"


def why_not() -> str:
    """What keeps the real one from being run here."""
    tools = {
        "sendmail": SENDMAIL,
        "sendmail-cf": f"{CF}/m4/cf.m4",
        "m4": shutil.which("m4"),
        "unshare": shutil.which("unshare"),
    }
    missing = [name for name, path in tools.items() if not (path and os.path.exists(path))]
    if missing:
        return f"not installed here: {', '.join(missing)}"
    if os.geteuid() != 0:
        return "a sendmail with a configuration of one's own needs root"
    if subprocess.run(["unshare", "--uts", "--mount", "--net", "true"], capture_output=True, check=False).returncode:
        return "no namespaces may be made here"
    return ""


WHY_NOT = why_not()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
PATIENCE = 30  # seconds for one run of the real one


@pytest.fixture
def configured(tmp_path: Path) -> Callable[[str], Path]:
    """``configured(m4)``: a sendmail.cf made from some m4 lines, with a queue directory beside it."""

    def configure(lines: str) -> Path:
        (tmp_path / "queue").mkdir(mode=0o700)
        (tmp_path / "switch").write_text("hosts files\n")
        (tmp_path / "aliases").write_text("")
        (tmp_path / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
        macros = f"""
            OSTYPE(linux)
            FEATURE(nocanonify)
            FEATURE(accept_unresolvable_domains)
            FEATURE(accept_unqualified_senders)
            define(`confDOMAIN_NAME', `snd.test')
            define(`confSERVICE_SWITCH_FILE', `{tmp_path}/switch')
            define(`QUEUE_DIR', `{tmp_path}/queue')
            define(`ALIAS_FILE', `{tmp_path}/aliases')
            {lines}
            MAILER(smtp)
        """
        source = "\n".join(line.strip() for line in macros.splitlines())
        made = subprocess.run(
            ["m4", f"-D_CF_DIR_={CF}/", f"{CF}/m4/cf.m4", "-"],
            input=source.encode(),
            capture_output=True,
            check=True,
            timeout=PATIENCE,
        )
        (tmp_path / "sendmail.cf").write_bytes(made.stdout)
        return tmp_path

    return configure


def run(home: Path, *arguments: str, text: bytes = b"", alone: bool = True) -> bytes:
    """Run the real one under the host name snd.test, asking no name server, and without any network if ``alone``."""
    spaces = ["--uts", "--mount", "--net"] if alone else ["--uts", "--mount"]
    command = [SENDMAIL, "-C", str(home / "sendmail.cf"), *arguments]
    set_up = f'set -e; hostname snd.test; mount --bind {home}/resolv.conf /etc/resolv.conf; exec "$@"'
    shell = ["unshare", *spaces, "sh", "-c", set_up, "sh", *command]
    done = subprocess.run(shell, input=text, capture_output=True, timeout=PATIENCE, check=False)
    return done.stdout


def codes(dialogue: bytes) -> list[str]:
    """Code and enhanced code of each line, after the greeting; 050 lines are news for people."""
    lines = dialogue.decode("utf-8", "replace").splitlines()[1:]
    heads = [re.match(r"(\d{3})([- ])(\d\.\d+\.\d+)?", line) for line in lines]
    return ["".join(part or "" for part in head.groups()) for head in heads if head and head[1] != "050"]


def without_auth(dialogue: bytes) -> bytes:
    """AUTH and STARTTLS are not ours."""
    return re.sub(rb"250-(AUTH|STARTTLS)[^\n]*\n", b"", dialogue)


SCRIPTS: dict[str, tuple[str, str, int, str]] = {
    "a message": (
        "",
        "",
        0,
        """EHLO cli.test
        MAIL FROM:<a@aa.test> SIZE=10 BODY=8BITMIME RET=HDRS ENVID=x
        RCPT TO:<b@bb.test> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;o@bb.test
        RCPT TO:<c@bb.test>
        DATA
        Subject: x

        ..dots
        .
        MAIL FROM:<>
        RCPT TO:<b@bb.test>
        RSET
        QUIT""",
    ),
    "out of turn": (
        "",
        "",
        0,
        """HELO a b
        RCPT TO:<a@b.test>
        DATA
        MAIL FROM:<a@b.test>
        MAIL FROM:<a@b.test>
        DATA
        HELO
        RCPT TO:<b@c.test>
        HELO x
        RCPT TO:<b@c.test>
        NOOP anything
        RSET anything
        FOO
        SEND FROM:<a>

        VERB
        ETRN
        VRFY
        EXPN
        VRFY <u@far.test>
        EXPN <u@far.test>
        HELP nonsense
        QUIT now""",
    ),
    "bad names": ("", "", 0, "HELO\nHELO (comment)"),
    "parameters": (
        "",
        "",
        0,
        """MAIL FROM:
        MAIL TO:<a@b.test>
        MAIL FROM <a@b.test>
        MAIL FROM:<a@aa.test
        MAIL FROM:a@aa.test>
        MAIL FROM:<a@b.test> SIZE
        MAIL FROM:<a@b.test> SIZE=-1
        MAIL FROM:<a@b.test> SIZE=99999999999999999999999
        MAIL FROM:<a@b.test> BODY=FOO
        MAIL FROM:<a@b.test> RET=BODY
        MAIL FROM:<a@b.test> RET=FULL RET=HDRS
        MAIL FROM:<a@b.test> ENVID=a+zz
        MAIL FROM:<a@b.test> ENVID=a ENVID=b
        MAIL FROM:<a@b.test> BY=10
        MAIL FROM:<a@b.test> =x
        MAIL FROM:<a@b.test> X!Y=1
        MAIL FROM:<あ@b.test>
        MAIL FROM:<é@b.test>
        RSET
        MAIL FROM:    <a@b.test>   SIZE=1   BODY=8BITMIME
        RCPT TO:<>
        RCPT TO:<あ@b.test>
        RCPT TO:<b@c.test> NOTIFY=NEVER,SUCCESS
        RCPT TO:<b@c.test> NOTIFY=
        RCPT TO:<b@c.test> NOTIFY
        RCPT TO:<b@c.test> ORCPT=rfc822
        RCPT TO:<b@c.test> ORCPT=rfc822;a=b
        RCPT TO:<b@c.test> garbage
        RCPT TO:
        RCPT TO:<"b >c"@d.test>
        QUIT""",
    ),
    "privacy": (
        "define(`confPRIVACY_FLAGS', `needmailhelo,needvrfyhelo,needexpnhelo,noetrn,noreceipts')",
        "needmailhelo,needvrfyhelo,needexpnhelo,noetrn,noreceipts",
        0,
        """MAIL FROM:<a@b.test>
        VRFY u@far.test
        EXPN u@far.test
        ETRN x.test
        EHLO x
        VRFY u@far.test
        MAIL FROM:<a@b.test> RET=HDRS
        MAIL FROM:<a@b.test> ENVID=x
        MAIL FROM:<a@b.test>
        RCPT TO:<c@d.test> NOTIFY=NEVER
        QUIT""",
    ),
    "goaway": (
        "define(`confPRIVACY_FLAGS', `goaway')",
        "goaway",
        0,
        """MAIL FROM:<a@b.test>
        VRFY u@far.test
        EXPN u@far.test
        VERB
        EHLO x
        MAIL FROM:<a@b.test> RET=HDRS
        QUIT""",
    ),
    "size limit": (
        "define(`confMAX_MESSAGE_SIZE', `2000')",
        "",
        2000,
        f"""EHLO x
        MAIL FROM:<a@b.test> SIZE=2001
        MAIL FROM:<a@b.test> SIZE=2000
        RCPT TO:<c@d.test>
        DATA
        {"x" * 990}
        {"x" * 990}
        {"x" * 990}
        .
        QUIT""",
    ),
    "bare line feed": (
        "",
        "",
        0,
        """HELO x
        MAIL FROM:<a@b.test>
        RCPT TO:<c@d.test>
        DATA
        hi\x00.
        QUIT""",
    ),
    "bare carriage return": (
        "",
        "",
        0,
        """HELO x
        MAIL FROM:<a@b.test>
        RCPT TO:<c@d.test>
        DATA
        hi\x01.
        QUIT""",
    ),
    "too many bad commands": ("", "", 0, "\n".join(["FOO"] * 26)),
    "too long a line": ("", "", 0, "NOOP " + "x" * 2041 + "\nNOOP " + "x" * 2042),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_same_script_gets_the_same_codes(name: str, configured: Callable[[str], Path]) -> None:
    m4, privacy, limit, text = SCRIPTS[name]
    lines = [line.removeprefix("        ") for line in text.split("\n")]
    script = "".join(f"{line}\r\n" for line in lines).encode().replace(b"\x00", b"\n").replace(b"\x01", b"\r")
    home = configured(m4 or "define(`confPRIVACY_FLAGS', `')")
    # F in srv_features: it may be told everything at once, which is what a script on standard input does
    with (home / "sendmail.cf").open("a") as cf:
        cf.write("Ssrv_features\nR$*\t\t$# F\n")
    real = run(home, "-bs", "-odq", text=script)
    settings = ServerSettings("snd.test", max_message_size=limit, privacy=frozenset(privacy.split(",")))
    channel = ServerChannel(Server(settings, client="root@localhost"))
    ours = channel.open() + channel.receive(script)
    assert codes(ours) == codes(without_auth(real))


ODD_SERVERS: dict[str, Quirks] = {
    "nothing odd": Quirks(),
    "no pipelining": Quirks(extensions=frozenset({"SIZE", "DSN"})),
    "HELO only": Quirks(hello_only=True),
    "two-line greeting": Quirks(greeting=Reply(220, "mx.test", "ESMTP spoken here")),
    "greeting 451": Quirks(greeting=Reply(451, "4.3.2 busy")),
    "greeting 554": Quirks(greeting=Reply(554, "5.3.2 go away")),
    "EHLO 421": Quirks(replies={"EHLO": Reply(421, "4.3.2 busy")}),
    "HELO 550": Quirks(hello_only=True, replies={"HELO": Reply(550, "no")}),
    "MAIL 550 once": Quirks(replies={"MAIL": [Reply(550, "5.1.8 no"), None]}),
    "MAIL 451 once": Quirks(replies={"MAIL": [Reply(451, "4.1.8 no"), None]}),
    "RCPT 550": Quirks(replies={"RCPT": Reply(550, "5.1.1 no")}),
    "RCPT 550, no pipelining": Quirks(replies={"RCPT": Reply(550, "5.1.1 no")}, extensions=frozenset({"SIZE"})),
    "RCPT 550 and DATA 354": Quirks(replies={"RCPT": Reply(550, "5.1.1 no"), "DATA": Reply(354, "go")}),
    "DATA 554 once": Quirks(replies={"DATA": [Reply(554, "5.5.1 no"), None]}),
    "DATA 250": Quirks(replies={"DATA": Reply(250, "what?")}),
    "dot 554 once": Quirks(replies={".": [Reply(554, "5.6.0 no"), None]}),
    "dot 452 once": Quirks(replies={".": [Reply(452, "4.3.1 no"), None]}),
    "RSET 500": Quirks(replies={"RSET": Reply(500, "what?")}),
    "silent at DATA": Quirks(silent_at="DATA"),
    "hangs up after MAIL": Quirks(close_after="MAIL"),
}


@pytest.mark.parametrize("name", ODD_SERVERS)
def test_before_the_same_odd_server_the_same_commands(
    name: str,
    configured: Callable[[str], Path],
    listening: Callable[..., Any],
    calling: Callable[..., Any],
) -> None:
    quirks = ODD_SERVERS[name]
    settings = ServerSettings("mx.test")
    theirs = listening(settings, quirks=quirks, address="127.0.0.11")
    patience = 1 if quirks.silent_at else PATIENCE
    home = configured(
        f"""define(`ESMTP_MAILER_ARGS', `TCP $h {theirs.port}')
        define(`confTO_DATAINIT', `{patience}s')"""
    )
    for n in range(2):
        letter = f"Subject: {n}\n\nhello\n".encode()
        run(home, "-odq", "-oi", "-fa@snd.test", f"u{n}@[127.0.0.11]", text=letter, alone=False)
    run(home, "-qf", "-ok2", "-OQueueSortOrder=filename", alone=False)

    ours = listening(settings, quirks=quirks)
    deliver_two(calling, ours.port, patience)
    theirs.settle()
    ours.settle()
    assert [verbs(session) for session in ours.heard] == [verbs(session) for session in theirs.heard]


def deliver_two(calling: Callable[..., Any], port: int, patience: float) -> None:
    """Two messages, as a queue run with a connection cache sends them."""
    caller = session = None
    for _ in range(2):
        if session is None or not session.open or not caller.play(client.probe(session)):
            caller, session = calling(port, patience), Session("mx.test", "snd.test", frozenset("a"), cached=True)
            if caller.play(client.hello(session)) is not None:
                break  # the next message does not even try this host
        mail = Mail("a@snd.test", size=200)
        (result,) = caller.play(client.transaction(session, mail, [Rcpt("u@mx.test")]), b"hello\r\n")
        if not session.open:
            caller.socket.close()
        if result.sticky:
            break
    assert caller is not None and session is not None  # there were two messages
    caller.play(client.quit(session))
    caller.socket.close()


def verbs(session: bytes) -> list[str]:
    """What a client said: its verbs, and the dots that end its messages; ``(empty)`` for a message of nothing else."""
    said = [
        line.split(b" ")[0].decode("ascii", "replace")
        for line in session.replace(b"DATA\r\n.", b"DATA\r\n(empty)").split(b"\r\n")
    ]
    return [word for word in said if word in ("EHLO", "HELO", "MAIL", "RCPT", "DATA", "(empty)", ".", "RSET", "QUIT")]

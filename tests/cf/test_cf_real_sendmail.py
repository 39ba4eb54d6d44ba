"""The reader held against the real sendmail, run on files of our own in a network and host name of their own."""

import os
import re
import shutil
import subprocess
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from simlib.cf import OPTIONS, Cf, CfError, CfWarning
from simlib.cf.flag_names import FLAGS

pytestmark = pytest.mark.filterwarnings("ignore::simlib.cf.NotSimulated")  # they are about how lines are read

Run = Callable[..., str]  # (text of a cf, what is typed, arguments of the command) to all that is printed

CASES = [
    "O QueueDirectory=/nowhere",
    "O Foo=1",
    "O  MeToo=t",
    "O\tMeToo=t",
    "O",
    "O =3",
    "O metoo = t",
    "O QueueSort=time",
    "O QueueS=time",
    "O ConnectionCache=3",
    "O Timeout.queue=3",
    "O Timeout.QueueReturn.Urgent=3",
    "O Timeout.rcpt=1.5h",
    "O Timeout.rcpt=1D",
    "O Timeout.rcpt=1d 12h",
    "O Timeout.rcpt= 1d12h",
    "O Timeout.rcpt",
    "O Timeout.rcpt 3h",
    "O Timeout=initial=3m,helo:4m",
    "OT5d/4h",
    "OT5d/x",
    "Ob100/5000",
    "O!x",
    "OW3",
    "O MinQueueAge=now",
    "O PrivacyOptions=noexpn,novry",
    "O PrivacyOptions=GoAway public",
    "O DontBlameSendmail=safe,foo",
    "O DontBlameSendmail=,TrustStickyBit",
    "O ResolverOptions=+FOO -DNSRCH",
    "O ResolverOptions=HasWildcardMX",
    "O QueueSortOrder=x",
    "O QueueSortOrder=Filename",
    "O NoRecipientAction=foo",
    "O NoRecipientAction=ADD-TO",
    "O SuperSafe=q",
    "O Milter.foo=3",
    "O Milter=3",
    "O Milter.macros.helo=j",
    "Zfoo",
    "lower",
    "D",
    "D{foo",
    "D{foo bar}x",
    "D{a_1}x",
    'DXa "b\\n',
    "C",
    "C{foo}",
    "C{x-y}z",
    "Cw a\n  b",
    "F",
    "Fw",
    "Fw-o /nowhere %s",
    "P",
    "Pfoo",
    "Pfoo=3",
    "Troot daemon",
    "V",
    "Vx",
    "H",
    "HFoo",
    "HFoo: bar",
    "HFoo : bar",
    "H?M?Foo:",
    "H?M: bar",
    "H: bar",
    "HFoo Bar: x",
    "H*: $>foo",
    "S",
    "S3",
    "S named = 7",
    "Snamed=8",
    "Sfoo=x",
    "S999",
    "Sfoo bar",
    "S9\nR$*",
    "S9\nR$* $1",
    "S9\nR$*\t",
    "S9\nR$*\t$1 # foo",
    "S9\nR$*\t\t$1\t\tcomment",
    "K",
    "Kfoo",
    "K-foo hash",
    "Kfoo_bar.baz hash -o /x",
    "Q",
    "Qone, P=/x, F=f, I=5m, J=3, N=2, r=10, R=2",
    "Qtwo, P=/x, Z=2",
    "Qthree, P",
    "X",
    "Xone",
    "Xtwo, S=local:/x, T=S:10s;R:4m",
    "Xtwo, S=local:/y",
    "Xthree, S=local:/x, Z=T",
    "EFOO=bar",
    "M",
    "Mx",
    "Mx, P",
    "Mx, P=/bin/a",
    "Mx, A=a",
    "Mx P=/bin/a, A=a b",
    "Mx, Path=/bin/a, Argv=a b, Flags=l s D",
    "Mx, P=/bin/a, A=a, Z=3",
    "Mx, P=/bin/a, A=a, W=3x",
    "Mx, P=[IPC], A=TCP",
    "Mx, P=[TCP], A=TCP $h",
    "Mx, P=[FILE], A=FILE",
    "Mx, P=[FILE], A=x y",
    "Mx, P=/bin/a, A=a, E=",
    "Mx, P=/bin/a, A=a, S=foo/",
    "Mx, P=/bin/a, A=a, S=100",
    "Mx, P=/bin/a,, A=a,",
    "Mx, P=/bin/a,\n\tA=a # foo\n\tb",
]
MAILERS = [
    "Mlocal, P=/bin/true, F=lsDFMAw5:/|@qSPfhn9, S=EnvFromL/HdrFromL, R=EnvToL, T=DNS/RFC822/X-Unix, A=true $u",
    "Mprog, P=/bin/sh, F=lsD, D=$z:/, T=X-Unix, A=sh -c $u, E=\\n",
    "Mnet, P=[IPC], F=mDFMuXaL, L=0, M=100, S=Foo/Bar, A=TCP $h, W=3m,r=5",
    'Modd P=/bin/true, P=/bin/false, Args=true "a, b" $u, L=-3, r=-1, C=iso-8859-1',
    "Msock, P=[IPC], A=FILE /sock, T=/x",
]


@pytest.fixture
def sendmail(tmp_path: Path) -> Run:
    """The real one, run on a configuration of ours. The network it sees is empty, so nothing can leave."""
    if shutil.which("sendmail") is None or shutil.which("unshare") is None:
        pytest.skip("sendmail or unshare is not installed")
    if os.geteuid() != 0:
        pytest.skip("only root may give sendmail a network of its own")
    if subprocess.run(["unshare", "-n", "-u", "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody have a network of his own")
    inside = 'hostname cf.test && exec sendmail -C "$0" "$@"'

    def run(text: str, typed: str, *arguments: str) -> str:
        file = tmp_path / "test.cf"
        file.write_text(text)
        command = ["unshare", "-n", "-u", "sh", "-c", inside, str(file), *arguments]
        done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=60)
        return (done.stdout + done.stderr).replace(str(file), "CF")

    if "Version 8." not in run("V10\n", "", "-d0.1", "-bt"):
        pytest.skip("the sendmail on this machine is another's")
    return run


def ours(text: str) -> bool:
    """Whether the reader finds fault."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            Cf.parse(text)
        except CfError:
            return True
    return any(warning.category is CfWarning for warning in caught)


def test_we_find_fault_where_sendmail_does(sendmail: Run) -> None:
    lines, numbers = ["V10/Berkeley", "Djcf.test"], {}
    for case in CASES:
        for physical in case.split("\n"):
            lines.append(physical)
            numbers[len(lines)] = case
    said = sendmail("\n".join(lines) + "\n", "", "-bt")
    complained = {
        numbers[int(n)] for n in re.findall(r"CF: line (\d+): (?!Option \S+ used)", said) if int(n) in numbers
    }
    abbreviated = {numbers[int(n)] for n in re.findall(r"CF: line (\d+): Option \S+ used as abbreviation", said)}
    before = "V10/Berkeley\n"
    context = {"Snamed=8": "S named = 7\n", "Xtwo, S=local:/y": "Xtwo, S=local:/x\n"}
    for case in CASES:
        assert (case, ours(before + context.get(case, "") + case)) == (case, case in complained | abbreviated)


LEGAL = {
    "eightbitmode": "pass8",
    "errormode": "print",
    "norecipientaction": "none",
    "queuefilemode": "0600",
    "queuesortorder": "priority",
    "tempfilemode": "0600",
}


def option_line(name: str) -> str:
    """An O line with a value that is legal whatever option a shortened name may mean."""
    return f"O {name}=" + next((value for full, value in LEGAL.items() if full.startswith(name.lower())), "")


def test_abbreviations_are_taken_as_sendmail_takes_them(sendmail: Run) -> None:
    def said_of(names: list[str]) -> str:
        return sendmail("\n".join(["V10/Berkeley", "Djcf.test", *map(option_line, names), ""]), "", "-bt")

    table = {option.name: option for option in OPTIONS if "." not in option.name}
    absent = set(re.findall(r"unknown option name (\S+)", said_of(list(table))))
    assert all(table[name].since.startswith("_FFR") or name in ("DANE", "SmtpUTF8") for name in absent)

    short = {name[:length].lower() for name in table for length in range(1, len(name))}
    short -= {name.lower() for name in table}
    short -= {start for start in short for name in (*absent, "Milter") if name.lower().startswith(start)}
    said = said_of(sorted(short))
    taken = dict(re.findall(r"Option (\S+) used as abbreviation for (\S+)", said))
    ambiguous = set(re.findall(r"ambiguous option name (\S+)", said))
    assert taken.keys() | ambiguous == short
    for start in sorted(short):
        with pytest.warns(CfWarning) as caught:
            Cf.parse(option_line(start))
        expected = f"{start} is taken as short for {taken[start]};" if start in taken else f"{start} may be "
        assert expected in str(caught[0].message)


def test_every_flag_word_of_ours_is_one_of_sendmails(sendmail: Run) -> None:
    lines = [f"O {name}={word}" for name, words in FLAGS.items() for word in words]
    said = sendmail("\n".join(["V10/Berkeley", "Djcf.test", *lines, ""]), "", "-bt")
    refused = {lines[int(number) - 3] for number in re.findall(r"CF: line (\d+): .* unrecognized", said)}
    elsewhere = {  # compiled in on request, by some C libraries, and from 8.18 on
        "O PrivacyOptions=noreflection",
        "O ResolverOptions=use_inet6",
        "O DontBlameSendmail=certowner",
    }
    assert refused <= elsewhere


def test_mailers_are_read_as_sendmail_prints_them(sendmail: Run) -> None:
    text = "V10/Berkeley\nDjcf.test\nO QueueDirectory=/tmp\nS0\nS1\nS2\nS3\nS4\n" + "\n".join(MAILERS) + "\n"
    printed = dict(re.findall(r"mailer \d+ \((\w+)\): (.*)", sendmail(text, "=M\n", "-bt")))
    for name, mailer in Cf.parse(text).mailers.items():
        eol = mailer.eol.replace("\r", "\\r").replace("\n", "\\n")
        kinds = "/".join(kind or "<undefined>" for kind in mailer.type)
        charset = f" C={mailer.charset}" if mailer.charset else ""
        sender = "/".join(name or "0" for name in mailer.sender_rulesets)
        recipient = "/".join(name or "0" for name in mailer.recipient_rulesets)
        assert printed[name] == (
            f"P={mailer.path} S={sender} R={recipient} M={mailer.max_size} U=-1:-1 F={''.join(sorted(mailer.flags))} "
            f"L={mailer.line_limit} E={eol}{charset} T={kinds} r={mailer.max_recipients} A={mailer.argv}"
        )


def test_the_default_timeouts_are_sendmails(sendmail: Run) -> None:
    said = sendmail("V10/Berkeley\nDjcf.test\n", "", "-d37.5", "-bt")
    renamed = {"nextcommand": "command", "miscshort": "misc"}
    timeouts = re.findall(r"^  (\w+) = (\d+)$", said, re.MULTILINE)
    assert len(timeouts) == 17
    for name, value in timeouts:
        assert (name, Cf.parse("")[f"Timeout.{renamed.get(name, name)}"]) == (name, float(value))


def test_macros_and_classes_hold_the_same(sendmail: Run) -> None:
    text = (
        "V10/Berkeley\nDjcf.test\nO QueueDirectory=/tmp\nS0\nS1\nS2\nS3\nS4\n" + MAILERS[0] + "\n"
        'DX"a, b" \\\\c\nD{y}one#two\nD{long}a\\#b\nC{Q}a b\n  c\nC{Q}b d\nCz$={Q}\n'
    )
    said = sendmail(text, "$X\n$y\n${long}\n$=z\n", "-bt")
    cf = Cf.parse(text)
    assert f"> {cf.macros['X']}\n> {cf.macros['y']}\n> {cf.macros['long']}\n" in said
    assert set(cf.classes["z"]) == {"a", "b", "c", "d"} == set(said.rpartition("> ")[0].rpartition("> ")[2].split())


def test_sendmail_goes_by_the_first_p_line_and_takes_the_blank_for_a_letter(sendmail: Run, tmp_path: Path) -> None:
    queue = tmp_path / "mqueue"
    queue.mkdir(mode=0o700)
    text = (
        f"V10/Berkeley\nDjcf.test\nDnMAILER-DAEMON\nO QueueDirectory={queue}\nPlist=-30\nPlist=-90\nPbulk = -60\n"
        f"Troot\n{MAILERS[0]}\nMprog, P=/bin/sh, F=lsD, A=sh -c $u\nSparse=0\nR$*\t$#local $: $1\nS3\nS1\nS2\nS4\n"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CfWarning)
        cf = Cf.parse(text)
    for precedence in ("list", "bulk"):
        message = f"Subject: x\nPrecedence: {precedence}\n\nhi\n"
        sendmail(text, message, "-odq", "-bm", "root")
        (file,) = queue.glob("qf*")
        (priority,) = re.findall(r"^P(\d+)$", file.read_text(), re.MULTILINE)
        size = int(priority) - 30000 + cf.precedences.get(precedence, 0) * 1800
        assert 0 < size < 100
        for left in queue.iterdir():
            left.unlink()

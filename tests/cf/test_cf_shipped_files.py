"""Configurations that others wrote, whole: Debian's own, and what sendmail's m4 files build for an ordinary host."""

import re
import shutil
import subprocess
import warnings
from pathlib import Path

import nbformat
import pytest

from simlib.cf import OPTIONS, Cf, stock

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
M4_FILES = Path("/usr/share/sendmail/cf")
COMMANDS = set("VODCFPTHMKSRQEX")
NOT_OBEYED = {"SafeFileEnvironment", "HostStatusDirectory"}  # Debian writes the first as /, the second empty: no effect
NOT_COMPILED_IN = {  # what m4 writes into a comment as advice or example, where the compiled default is another
    "AuthOptions", "BadRcptThrottle", "ClientPortOptions", "ColonOkInAddr", "ConnectOnlyTo", "ControlSocketName",
    "DANE", "DeadLetterDrop", "DefaultAuthInfo", "ErrorHeader", "FallbackMXhost", "FallbackSmartHost",
    "HostStatusDirectory", "LDAPDefaultSpec", "MaxMimeHeaderLength", "MinQueueAge", "MustQuoteChars", "PostmasterCopy",
    "ProcessTitlePrefix", "ResolverOptions", "RunAsUser", "Timeout.connect", "Timeout.iconnect",
    "Timeout.queuereturn.non-urgent",
    "Timeout.queuereturn.urgent", "Timeout.queuewarn.dsn", "Timeout.queuewarn.non-urgent", "Timeout.queuewarn.normal",
    "Timeout.queuewarn.urgent", "UseCompressedIPv6Addresses", "UseMSP", "UserDatabaseSpec", "AuthMaxBits",
    "DontBlameSendmail", "TLSFallbacktoClear", "TrustedUser",
}  # fmt: skip


def text_of(path: str) -> str:
    if not Path(path).exists():
        pytest.skip(f"{path} is not there: Debian's sendmail is not installed")
    return Path(path).read_bytes().decode()


@pytest.fixture(scope="module")
def built_by_m4(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build("bsd4.4", tmp_path_factory.mktemp("m4"))


def build(system: str, directory: Path, *more: str) -> str:
    """The sendmail.cf of an ordinary host of that operating system, with ``more`` lines of m4."""
    if not (M4_FILES / "m4" / "cf.m4").exists() or shutil.which("m4") is None:
        pytest.skip("sendmail's m4 files or m4 itself are not installed")
    source = directory / "generic.mc"
    features, mailers = [one for one in more if "FEATURE" in one], [one for one in more if "FEATURE" not in one]
    parts = [f"include(`{M4_FILES}/m4/cf.m4')dnl", f"OSTYPE(`{system}')dnl", *features, "MAILER(`local')dnl"]
    parts += ["MAILER(`smtp')dnl", *mailers]
    source.write_text("\n".join(parts) + "\n")
    command = ["m4", f"-D_CF_DIR_={M4_FILES}/", str(source)]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="latin-1").stdout


def read_quietly(text: str) -> Cf:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return Cf.parse(text)


def check_nothing_dropped(text: str) -> Cf:
    """Every command in the file has left its trace in a table, counted without the reader's help."""
    cf = read_quietly(text)
    assert str(cf) == text
    starts = [line for line in text.splitlines() if line[:1] in COMMANDS]
    counts = {letter: sum(line.startswith(letter) for line in starts) for letter in COMMANDS}
    defined = [line for line in starts if line[0] == "D"]
    assert sum(len(rules) for rules in cf.rulesets.values()) == counts["R"]
    assert len(cf.headers) == counts["H"]
    assert len(cf.mailers) == counts["M"]
    assert len(cf.maps) == counts["K"]
    assert len(cf.precedences) == counts["P"]
    assert len(cf.trusted) == counts["T"]
    assert set(cf.macros) == {re.match(r"D\{?(\w+(?=\})|\w)", line)[1] for line in defined}  # type: ignore[index]  # it matches
    assert all(cf.is_set(option) for option in names(starts) if option not in NOT_OBEYED)
    assert {rule.lhs for rules in cf.rulesets.values() for rule in rules} == {
        line[1:].split("\t")[0] for line in starts if line[0] == "R"
    }
    return cf


def names(lines: list[str]) -> list[str]:
    return [line[2:].partition("=")[0] for line in lines if line.startswith("O ")]


def test_debians_sendmail_cf_loads_whole() -> None:
    cf = check_nothing_dropped(text_of("/etc/mail/sendmail.cf"))
    assert (cf.version, cf.vendor) == (10, "Berkeley")
    assert (cf["ConnectionCacheSize"], cf["Timeout.queuereturn"], cf["QueueFileMode"]) == (2, 432000.0, 0o640)
    assert "authwarnings" in str(cf["PrivacyOptions"])
    assert cf.mailers["esmtp"].flags == frozenset("mDFMuXa")
    assert cf.mailers["local"].argv == "sensible-mda $g $u $h ${client_addr}"
    assert cf.class_files["R"][0].optional


def test_debians_submit_cf_loads_whole() -> None:
    cf = check_nothing_dropped(text_of("/etc/mail/submit.cf"))
    assert cf["UseMSP"] is True


def test_what_m4_builds_loads_whole(built_by_m4: str) -> None:
    check_nothing_dropped(built_by_m4)


def test_nothing_that_sendmails_own_files_set_is_warned_of(tmp_path: Path) -> None:
    """The options of all systems, and the mailers of all kinds."""
    systems = sorted(path.stem for path in (M4_FILES / "ostype").glob("*.m4"))
    kinds = sorted(
        {path.stem for path in (M4_FILES / "mailer").glob("*.m4")} - {"local", "smtp", "ssh"}
    )  # ssh wants values first
    for system in systems:
        read_quietly(build(system, tmp_path))
    read_quietly(build("linux", tmp_path, "FEATURE(`local_lmtp')dnl", *(f"MAILER(`{kind}')dnl" for kind in kinds)))
    read_quietly(build("linux", tmp_path, "FEATURE(`local_procmail')dnl"))
    assert len(systems) in (0, *range(50, 100))


@pytest.mark.parametrize(("name", "system"), [("SunOS", "sunos4.1"), ("Solaris", "solaris2"), ("4.4BSD", "bsd4.4")])
def test_the_lines_of_lesson_01_are_those_of_the_systems(name: str, system: str, tmp_path: Path) -> None:
    cells = nbformat.read(NOTEBOOKS / "01_mailbox.ipynb", as_version=4).cells
    (shown,) = (cell.source for cell in cells if "LINES = {" in cell.source)
    found: dict[str, dict[str, str]] = {}
    exec(shown.partition("\ndef ")[0], found)  # our own lesson
    assert Cf.parse(found["LINES"][name]).mailers == {"local": read_quietly(build(system, tmp_path)).mailers["local"]}


def test_our_stock_has_the_options_and_flags_that_m4_makes_active(built_by_m4: str) -> None:
    theirs, ours = read_quietly(built_by_m4), stock()
    assert ours.options.keys() == theirs.options.keys()
    place = {"StatusFile"}  # the operating system's choice
    assert all(ours[name] == theirs[name] for name in ours.options.keys() - place)
    assert ours.precedences == theirs.precedences
    assert ours.trusted == theirs.trusted
    assert list(ours.mailers) == list(theirs.mailers)
    for name, mailer in ours.mailers.items():
        real = theirs.mailers[name]
        assert (mailer.flags, mailer.line_limit, mailer.type) == (real.flags, real.line_limit, real.type)


def test_the_defaults_are_those_that_m4_shows_in_comments(built_by_m4: str) -> None:
    shown = [line[1:] for line in built_by_m4.splitlines() if line.startswith("#O ") and "=" in line]
    table = {option.name: option.default for option in OPTIONS}
    checked = 0
    for line in shown:
        (name,) = names([line])
        if name not in NOT_COMPILED_IN:
            assert (name, read_quietly(line)[name]) == (name, table[name])
            checked += 1
    assert checked > 60

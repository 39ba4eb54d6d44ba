"""Options: one table says which are obeyed, and the settings are made of it."""

import ast
from pathlib import Path

import pytest

from simlib.cf import OPTIONS, Cf, CfError, stock
from simlib.mta.policy.settings import EightBits, Mode, Settings
from simlib.site.host import KERNEL_CONNECT_TIMEOUT

pytestmark = pytest.mark.filterwarnings("ignore::simlib.cf.NotSimulated")  # they are about how lines are read

ROOT = Path(__file__).parents[2] / "simlib"
ROOMS = ("mta", "neighbours", "shell")
WORDS = {
    "PrivacyOptions": ("novrfy",),
    "DontBlameSendmail": ("ForwardFileInUnsafeDirPath",),
    "ResolverOptions": ("-DNSRCH",),
    "Timeout": ("7m",),
    "QueueTimeout": ("7d/1h",),
}


def with_lines(lines: str, cpus: int = 1) -> Settings:
    return Settings.of(stock().with_lines(lines), cpus)


def test_every_setting_is_what_some_option_becomes() -> None:
    assert {option.obeyed for option in OPTIONS if option.obeyed} == set(Settings._fields)


@pytest.mark.parametrize("file", [path for room in ROOMS for path in (ROOT / room).rglob("*.py")], ids=str)
def test_no_option_is_read_past_the_settings(file: Path) -> None:
    if file.name == "settings.py":
        return
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            assert not ast.unparse(node.value).endswith("cf"), f"{ast.unparse(node)}: mta.settings has it"


def test_each_option_that_is_obeyed_changes_its_setting() -> None:
    values = {"boolean": ("true", "false"), "number": ("7", "8"), "time": ("7m", "8m"), "letter": ("p", "")}
    silent, usual = Cf.parse("V10"), Settings.of(Cf.parse("V10"))
    for option in OPTIONS:
        if not option.obeyed or option.name in ("HostStatusDirectory", "SingleThreadDelivery", "DaemonPortOptions"):
            continue
        texts = option.choices or values.get(option.type, ("/a", "b"))
        texts = WORDS.get(option.name, texts)
        made = [Settings.of(silent.with_lines(f"O {option.name}={text}")) for text in texts]
        assert any(getattr(one, option.obeyed) != getattr(usual, option.obeyed) for one in made), option.name


def test_no_other_option_changes_a_setting() -> None:
    values = {"boolean": ("true", "false"), "number": ("7",), "time": ("7m",), "octal": ("0700",)}
    silent, usual = Cf.parse("V10"), Settings.of(Cf.parse("V10"))
    for option in OPTIONS:
        if option.obeyed:
            continue
        for text in option.choices or values.get(option.type, ("/a",)):
            try:
                changed = Settings.of(silent.with_lines(f"O {option.name}={text}"))
            except CfError:
                continue  # a word that is none of its own
            assert changed == usual, option.name


def test_modes_and_limits() -> None:
    assert with_lines("O DeliveryMode=i").delivery_mode is Mode.INTERACTIVE
    assert with_lines("O EightBitMode=m").eight_bit_mode is EightBits.MIMEFY
    assert with_lines("O FallbackMXhost=Relay.Example.").fallback_mx == "relay.example"
    assert (with_lines("", cpus=2).queue_la, with_lines("O QueueLA=5", cpus=2).queue_la) == (16, 5)


def test_hosts_to_listen_at_are_named_with_their_lines() -> None:
    (port,) = Settings.of(Cf.parse("V10\nO DaemonPortOptions=Addr=mail.example, Name=MTA")).daemon_ports
    assert (port.line, port.address) == (2, "mail.example")


def test_a_connect_without_a_time_out_is_the_kernel_s() -> None:
    silent = with_lines("O Timeout.connect=0\nO Timeout.iconnect=0")
    assert (silent.connect_timeout, silent.first_connect_timeout) == (KERNEL_CONNECT_TIMEOUT, KERNEL_CONNECT_TIMEOUT)
    assert with_lines("O Timeout.connect=9s").first_connect_timeout == 9
    first = with_lines("O Timeout.connect=9s\nO Timeout.iconnect=5s")
    assert (first.connect_timeout, first.first_connect_timeout) == (9, 5)


def test_locks_of_hosts_need_their_directory_and_that_a_cache() -> None:
    assert with_lines("O HostStatusDirectory=.hoststat\nO SingleThreadDelivery").single_thread
    with pytest.warns(match="required"):
        assert not with_lines("O SingleThreadDelivery").single_thread
    with pytest.warns(match="disabled"):
        assert with_lines("O HostStatusDirectory=.hoststat\nO ConnectionCacheSize=0").host_status_directory == ""

"""Rewriting rules beside SimPy's bare time-outs: new addresses, remembered ones, and what compiling costs."""

import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import simpy

from simlib import World
from simlib.cf import Cf, marks
from simlib.mta.policy.rewriting import Rewriting
from simlib.rewrite.address import call
from simlib.rewrite.questions import Asking
from simlib.rewrite.results import Results
from simlib.site.dns import Answer
from simlib.site.host import Host

MC = """OSTYPE(debian)DOMAIN(debian-mta)FEATURE(no_default_msa)
define(`confDOMAIN_NAME', `mail.here.example')
FEATURE(use_cw_file)FEATURE(access_db, , `skip')FEATURE(greet_pause, 1000)FEATURE(delay_checks, `friend', `n')
FEATURE(conncontrol, `nodelay', `terminate')FEATURE(ratecontrol, `nodelay', `terminate')
MAILER(local)MAILER(smtp)
"""  # what the package's own sendmail.mc has: some 550 rules
M4 = "/usr/share/sendmail/cf"
KNOWN = Answer("NOERROR", ("127.0.0.1",), 60)
KINDS = (*["{u}@h{n}.remote.example"] * 5, "{u}", "{u}", "{u}@mail.here.example", "{u}@[10.0.0.1]", "U{u}@F{n}.example")
ADDRESSES, TIMEOUTS, ROUNDS = 1_000, 200_000, 7


def main() -> None:
    """Print the table."""
    text = _configuration()
    cf = Cf.found(text)[0]
    host = World(seed=1).host("mail.here.example")
    rewriting = Rewriting(cf, host, ("mail", "localhost", "mail.here.example"), "8.18", mode="m")
    route(rewriting, addresses(99))
    rows = [(bare(), new_addresses(rewriting, n), remembered(rewriting)) for n in range(ROUNDS)]
    events, new, again = (max(column) for column in zip(*rows, strict=True))
    again_compiled = compiling(cf, host)
    print(f"Rules of a stock sendmail.cf ({sum(map(len, cf.rulesets.values()))} of them), best of {ROUNDS} in turns")
    print(f"  SimPy, bare time-outs               {events:>12,.0f} a second")
    print(f"  new addresses (3, 0, 2, R=, 4)      {new:>12,.0f} a second, 1/{events / new:.0f} of them")
    print(f"  remembered                          {again:>12,.0f} a second, 1/{events / again:.1f} of them")
    print(f"  from a cf to the first address      {again_compiled * 1000:>12.1f} ms where its text is known already")


def bare() -> float:
    """Events a second of a process that only waits."""
    env = simpy.Environment()

    def waiting():
        for _ in range(TIMEOUTS):
            yield env.timeout(1)

    env.process(waiting())
    began = time.perf_counter()
    env.run()
    return TIMEOUTS / (time.perf_counter() - began)


def addresses(number: int) -> list[str]:
    """Addresses that nobody has seen: half of them elsewhere, the others names alone and of this host."""
    return [KINDS[n % 10].format(u=f"u{number}x{n}", n=f"{number}y{n}") for n in range(ADDRESSES)]


def route(rewriting: Rewriting, texts: Sequence[str]) -> None:
    """What one recipient costs: rulesets 3 and 0, and 2, R= and 4 on the user that they give."""
    for text in texts:
        _route(rewriting, text)


def _route(rewriting: Rewriting, text: str) -> str:
    rulesets = rewriting.rulesets
    context = rewriting.context(rewriting.macros.copy())
    scan = rulesets.text.alphabets.outside.scan(text)
    assert scan.tokens is not None
    workspace = rulesets.tokens.workspace(scan.tokens)
    for name in ("3", "0"):
        workspace = _at_once(call(context, name, workspace))
    user = workspace.partition(marks.CANON_USER)[2]
    mailer = rewriting.mailers[rulesets.tokens.texts(workspace[1])[0]]
    for name in ("2", mailer.recipient_rulesets[0], "4"):
        user = _at_once(call(context, name, user))
    return user


def remembered(rewriting: Rewriting) -> float:
    """Addresses a second that are known already."""
    results: Results[str] = Results()
    texts = addresses(0)
    for text in texts:
        context = rewriting.context(rewriting.macros.copy())
        results.put("route", text, _route(rewriting, text), context, rewriting.state)
    began = time.perf_counter()
    for _ in range(20):
        for text in texts:
            results.get("route", text, rewriting.macros, rewriting.state, 0.0)
    return 20 * len(texts) / (time.perf_counter() - began)


def new_addresses(rewriting: Rewriting, number: int) -> float:
    """Addresses a second that nobody has seen."""
    texts = addresses(number)
    began = time.perf_counter()
    route(rewriting, texts)
    return ADDRESSES / (time.perf_counter() - began)


def compiling(cf: Cf, host: Host) -> float:
    """Seconds until the first address has been routed by a cf that has been read."""
    began = time.perf_counter()
    _route(Rewriting(cf, host, ("mail.here.example",), "8.18", mode="m"), "taro@mail.here.example")
    return time.perf_counter() - began


def _at_once(run: Asking[tuple[str, int]]) -> str:
    try:
        next(run)
        while True:
            run.send(KNOWN)
    except StopIteration as end:
        workspace, _ = end.value
        return str(workspace)


def _configuration() -> str:
    """The sendmail.cf that the package's m4 files make; without them, our own rules."""
    if not Path(M4).is_dir():
        from simlib.mta.policy.rewriting import _with_stock_rules

        return str(_with_stock_rules(Cf.parse("V10\nMlocal, P=/bin/mail, F=l, A=mail $u\nMesmtp, P=[IPC], A=TCP $h\n")))
    with tempfile.NamedTemporaryFile("w", suffix=".mc") as source:
        source.write(MC)
        source.flush()
        command = ["m4", f"-D_CF_DIR_={M4}/", f"{M4}/m4/cf.m4", source.name]
        return subprocess.run(command, capture_output=True, check=False).stdout.decode("latin-1")


if __name__ == "__main__":
    main()

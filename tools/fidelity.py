"""Play every case with the real sendmail and with the simulated one, and write docs/fidelity.md.

``python tools/fidelity.py``, as root where sendmail is installed. Exit status 1 if they disagree where they should not.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# the tests are no installed package, so the path comes first
from tests.against_sendmail import configuration, observation, real, simulated  # noqa: E402
from tests.against_sendmail.case import Case  # noqa: E402
from tests.against_sendmail.cases import FAMILIES, FAMILIES_OF_RULES  # noqa: E402
from tests.against_sendmail.not_yet import KINDS, NOT_YET  # noqa: E402
from tests.against_sendmail.stage import Stage  # noqa: E402

AGREES, DIFFERS, SIMPLIFIED, NOT_YET_SO = "agrees", "**differs**", "simplified: ", "not yet: "
HEAD = """# Held against the real sendmail

Each case is one description of a site (sendmail.cf, zone, peers, messages, faults, queue runs), played by sendmail
{version} in network namespaces and by the simulator with the same sendmail.cf text. Compared are connections,
dialogues, order of delivery, queue files, host status, log lines, notices and time, as far as a case looks. Made by
`python tools/fidelity.py`.

Left out of both observations, because they differ from run to run of the real one as well: queue ids, times and process
numbers, `ctladdr=`, the number in `SIZE=` (each host adds its own headers), the order of recipients within a message,
`dsn=4.4.3` beside `stat=queued`, the wording where a peer hangs up in the middle, the boundaries of multiparts, and the
extension AUTH, which belongs to a library. Times are compared in whole seconds or in multiples of the configured
time-out.

{agreed} of {count} cases agree, {simplified} are deliberate simplifications, {not_yet} are known to
differ, {differ} differ.

Known to differ, all where rules decide:

{kinds}
"""


def main() -> int:
    """Play all cases and write the table; the exit status."""
    if reason := configuration.why_not():
        print(f"cannot be done here: {reason}")
        return 1
    results: dict[str, list[tuple[str, str]]] = {}
    for family, case, stage in _all_cases():
        results.setdefault(family, []).append((case.name, verdict(stage, family, case)))
    verdicts = [result for rows in results.values() for _, result in rows]
    simplified = sum(result.startswith(SIMPLIFIED) for result in verdicts)
    not_yet = sum(result.startswith(NOT_YET_SO) for result in verdicts)
    agreed, differ = verdicts.count(AGREES), verdicts.count(DIFFERS)
    head = HEAD.format(
        version=configuration.version(),
        agreed=agreed,
        count=len(verdicts),
        simplified=simplified,
        not_yet=not_yet,
        differ=differ,
        kinds="\n".join(f"- *{kind}*: {what}." for kind, what in KINDS.items()),
    )
    tables = [table(family, rows) for family, rows in results.items()]
    (ROOT / "docs" / "fidelity.md").write_text("\n".join([head, *tables]), encoding="utf-8")
    print(f"{agreed} of {len(verdicts)} agree, {simplified} simplified, {not_yet} not yet, {differ} differ")
    return 1 if differ else 0


def _all_cases() -> Iterator[tuple[str, Case, Stage]]:
    stage = Stage()
    try:
        for family, cases in (FAMILIES | FAMILIES_OF_RULES).items():
            for case in cases:
                yield family, case, stage
    finally:
        stage.close()


def verdict(stage: Stage, family: str, case: Case) -> str:
    """What came of a case, in words; a mismatch is printed side by side."""
    theirs, ours = real.play(stage, case), simulated.play(case)
    if theirs == ours:
        return AGREES
    if case.simplified:
        return f"{SIMPLIFIED}{case.simplified}"
    if (family, case.name) in NOT_YET:
        return f"{NOT_YET_SO}{NOT_YET[family, case.name]}"
    print(f"{case.name}\n{observation.side_by_side(theirs, ours)}")
    return DIFFERS


def table(family: str, rows: list[tuple[str, str]]) -> str:
    """The cases of a family as a table."""
    lines = [f"| {name.replace('|', '/')} | {result} |" for name, result in rows]
    return "\n".join([f"## {family}", "", "| case | result |", "|---|---|", *lines, ""])


if __name__ == "__main__":
    sys.exit(main())

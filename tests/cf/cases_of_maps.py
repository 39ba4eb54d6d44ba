"""For each letter of a K line that is obeyed: the line without it and with it, and what a rule gets from the map."""

from typing import NamedTuple

from simlib.cf import CfError
from tests.cf.small_worlds import here

FILES = {
    "/etc/mail/table": "Hana one 1\njiro two 2\n",
    "/etc/mail/colons": "hana:one\n",
    "/etc/mail/base.db": "hana\tone\nHANA\tlarge\n",
}
OPERATORS = "O OperatorChars=.:%@!^/[]+\n"


class Letter(NamedTuple):
    """``key`` is looked up in the map of the line ``without`` and of ``line``: ``usual`` and ``then`` come out."""

    without: str
    line: str
    key: str
    usual: str
    then: str
    shows: str


def found(line: str, key: str) -> str:
    """What a rule makes of a key by the map of a line."""
    try:
        world, mail = here(f"{OPERATORS}{line}\nSlook\nR$*\t$: $(t $1 $: nothing $)\n")
    except CfError as trouble:
        return str(trouble.said)
    for path, text in FILES.items():
        world.file(mail, path, text)
    world.user(mail, "hana")
    if "dns" in line:
        world.zone("@ 1h MX 10 mx\n@ 1h A 192.0.2.1\nhana 1h A 192.0.2.2\n@ 1h TXT words", origin="there.example")
    if "bestmx" in line:
        world.zone("@ 1h MX 10 mx\n@ 1h MX 20 my\nmx 1h A 192.0.2.3\nmy 1h A 192.0.2.4", origin="there.example")
    if "down" in key:
        world.outage(world.zone("@ 1h A 192.0.2.1", origin="down.example"), "0s", "1h")
        world.run(until="1s")
    told = world.shell(mail)("sendmail -bt", f"look {key}\n")
    lines = [one.strip().removeprefix("look             returns:").strip() for one in told.splitlines()[2:-1]]
    return " / ".join(one for one in lines if "input:" not in one)


TABLE = "/etc/mail/table"
CASES = {
    "a": Letter(
        "Kt hash /etc/mail/base",
        "Kt hash -a.x /etc/mail/base",
        "hana",
        "one",
        "one . x",
        "what is put behind the answer",
    ),
    "T": Letter(
        "Kt dns -R A",
        "Kt dns -T.TMP -R A",
        "down.example",
        "nothing / == Ruleset look (199) status 75",
        "down . example . TMP / == Ruleset look (199) status 75",
        "what is put behind the key when the name server fails",
    ),
    "S": Letter(
        "Kt regex -m .*",
        "Kt regex -m -S_ .*",
        "hana jiro",
        "hana . jiro",
        "hana_jiro",
        "what stands between two words of a key",
    ),
    "m": Letter("Kt hash /etc/mail/base", "Kt hash -m /etc/mail/base", "hana", "one", "hana", "the key comes back"),
    "o": Letter(
        "Kt hash /etc/mail/none",
        "Kt hash -o /etc/mail/none",
        "hana",
        'hash map "t": missing map file /etc/mail/none.db: No such file or directory'
        " / nothing / == Ruleset look (199) status 75",
        "nothing",
        "a file that is missing is not complained of",
    ),
    "t": Letter(
        "Kt dns -R A",
        "Kt dns -t -R A",
        "down.example",
        "nothing / == Ruleset look (199) status 75",
        "nothing",
        "a name server that fails counts as not found",
    ),
    "q": Letter(
        f"Kt text -v 1 {TABLE}",
        f"Kt text -q -v 1 {TABLE}",
        '"hana"',
        "one",
        "nothing",
        "a key in quotes is not found without them",
    ),
    "f": Letter(
        "Kt hash /etc/mail/base",
        "Kt hash -f /etc/mail/base",
        "HANA",
        "one",
        "large",
        "a key in capitals is another one",
    ),
    "k": Letter(
        f"Kt text -v 2 {TABLE}", f"Kt text -k 1 -v 2 {TABLE}", "two", "nothing", "2", "the second column is the key"
    ),
    "v": Letter(f"Kt text {TABLE}", f"Kt text -v 1 {TABLE}", "hana", "Hana", "one", "the second column is the value"),
    "z": Letter(
        "Kt text -v 1 /etc/mail/colons",
        "Kt text -z: -v 1 /etc/mail/colons",
        "hana",
        "nothing",
        "one",
        "columns are divided by a colon",
    ),
    "R": Letter(
        "Kt dns -R A",
        "Kt dns -R MX",
        "there.example",
        "192 . 0 . 2 . 1",
        "mx . there . example",
        "the MX record comes back",
    ),
    "B": Letter(
        "Kt dns -R A",
        "Kt dns -R A -B there.example",
        "hana",
        "nothing",
        "192 . 0 . 2 . 2",
        "the domain is put behind the key",
    ),
    "b": Letter(
        "Kt regex -a.x (hana)", "Kt regex -b -a.x (hana)", "hana", ". x", "nothing", "brackets are plain characters"
    ),
    "n": Letter(
        "Kt regex -a.x hana", "Kt regex -n -a.x hana", "jiro", "nothing", ". x", "what does not match is found"
    ),
    "s": Letter("Kt regex (h)(ana)", "Kt regex -s2 (h)(ana)", "hana", "", "ana", "the part that matched comes back"),
    "d": Letter(
        "Kt regex -s1,2 (h)(ana)",
        "Kt regex -d+ -s1,2 (h)(ana)",
        "hana",
        "h$|ana",
        "h + ana",
        "what stands between two parts",
    ),
}
"""By the letter."""

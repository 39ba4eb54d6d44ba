"""What happens to mail for people here: agents, aliases, lists, .forward files (slides 01, 13, 14)."""

from tests.against_sendmail.case import Case, Letter, Run, Type, Wait
from tests.against_sendmail.cases.site import FINE, ZONE
from tests.against_sendmail.users import HOMES, Agent, File, Household

OBSERVE = ("mailboxes", "log", "queue", "notices")
WITH_REPORTS = (*OBSERVE, "reports in any order")  # to one alone: for several the real one turns their order round
UP = {"mx1.test": FINE}
THREE = (Letter(("u1@snd.test", "u2@snd.test", "u3@snd.test")),)
PEOPLE = ("u1", "u2", "u3")
AGAIN = (Run(), Wait(60), Run(), Wait(60), Run())
LISTS = "/var/spool/lists"
CAT = '"|/bin/cat > /dev/null"'
REDIRECT = "FEATURE(`redirect')"


def agent(name: str, how: Agent, letters: tuple[Letter, ...] = THREE, steps: tuple[Run | Wait, ...] = AGAIN) -> Case:
    """Letters for people here, with this local mailer."""
    return Case(name, letters, UP, ZONE, household=Household(PEOPLE, agent=how), steps=steps,
                observe=OBSERVE if letters == THREE else WITH_REPORTS)  # fmt: skip


def home(name: str, *files: File, to: str = "u1", cf: str = "", shells: tuple[tuple[str, str], ...] = ()) -> Case:
    """A letter to a user with files in the home directories."""
    household = Household(PEOPLE, shells, files)
    return Case(name, (Letter((f"{to}@snd.test",)),), UP, ZONE, cf=cf, household=household, observe=OBSERVE)


def forward(text: str, owner: str = "u1", mode: int = 0o644, user: str = "u1") -> File:
    """A .forward file."""
    return File(f"{HOMES}/{user}/.forward", text, owner, mode)


def alias(name: str, aliases: str, *files: File, to: str = "a", m4: str = "", cf: str = "") -> Case:
    """A letter to an alias."""
    household = Household(PEOPLE, (), files, aliases)
    return Case(name, (Letter((f"{to}@snd.test",)),), UP, ZONE, m4=m4, cf=cf, household=household, observe=OBSERVE)


STALE = (Run(), Type("mailq"), Wait(60), Run())


def stale_home(name: str, directory: str, *files: File, cf: str = "") -> Case:
    """A letter to a user whose home is stale."""
    household = Household(PEOPLE, (), files, stale=directory)
    return Case(name, (Letter(("u1@snd.test",)),), UP, ZONE, cf=cf, household=household, steps=STALE, observe=OBSERVE)


def stale_list(name: str, aliases: str, *files: File) -> Case:
    """A letter to an alias with a list that is in a stale directory."""
    household = Household(PEOPLE, (), files, aliases, stale=LISTS)
    return Case(name, (Letter(("a@snd.test",)),), UP, ZONE, household=household, steps=STALE, observe=OBSERVE)


# the second word is about programs and files that such a file names; it does not have the file read
GROUP_MAY_WRITE = {
    kind: (
        f"groupwritable{kind}file",
        f"groupwritable{kind}filesafe",
        f"groupwritable{kind}file,groupwritable{kind}filesafe",
    )
    for kind in ("forward", "include")
}
SAFE = "/var/spool/safe"
IN_SAFE = (
    File(SAFE, mode=0o755),
    File(f"{SAFE}/kept", "", mode=0o666),
    File("/var/spool/other", mode=0o755),
    File("/var/spool/other/kept", "", mode=0o666),
)
DEEP = "\n".join(f"d{n}: d{n + 1}" for n in range(1, 12)) + "\nd12: hana"
AGENTS = [
    *(agent(f"exit status {n}", Agent(fails_for=("u2",), status=n), (Letter(("u2@snd.test",)),), (Run(),))
      for n in (0, 1, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79)),
    agent("F=m, one of three fails with 75", Agent("Prmn9", ("u2",))),
    agent("no m, one of three fails with 75", Agent("Prn9", ("u2",))),
    agent("LMTP, one of three is put off", Agent("PSXmnz9", ("u2",))),
    agent("LMTP without m, one of three is put off", Agent("PSXnz9", ("u2",))),
    agent("F=m, one of three fails with 73", Agent("Prmn9", ("u2",), 73), steps=(Run(),)),
    agent("F=m, nobody fails", Agent("Prmn9"), steps=(Run(),)),
    *(agent(f"details {' '.join(users)}, F={flags}", Agent(flags),
            (Letter(tuple(f"{user}@snd.test" for user in users)),), (Run(),))
      for flags in ("Prmn9", "Prn9", "PSXmnz9")
      for users in (("u1+a", "u1+b"), ("u1+a", "u2+a"), ("u1+a", "u1", "u2+b", "u2", "u3+a"))),
]  # fmt: skip
FILES = [
    alias("a file", f"a: {SAFE}/kept", *IN_SAFE),
    alias("a file that is not there", f"a: {SAFE}/new", *IN_SAFE),
    *(alias(f"{path} within SafeFileEnvironment", f"a: {path}", *IN_SAFE, cf=f"O SafeFileEnvironment={SAFE}")
      for path in (f"{SAFE}/kept", "/kept", "/var/spool/other/kept", f"{SAFE}/new", "/new")),
]  # fmt: skip
ALIASES = [
    alias("a list", "a: hana, u1, u2"),
    alias("somebody named twice", "a: hana, u1, hana, b\nb: u1"),
    alias("elsewhere", "a: v@one.test, hana"),
    alias("one who is not there", "a: nosuch, hana"),
    alias("a circle", "a: b\nb: a"),
    alias("ten deep", DEEP, to="d3"),
    alias("eleven deep", DEEP, to="d2"),
    alias("as deep as MaxAliasRecursion", DEEP, to="d9", cf="O MaxAliasRecursion=3"),
    alias("an owner", "a: hana, nowhere@nosuch.test\nowner-a: u1"),
    alias("a backslash", "hana: \\hana, u1", to="hana"),
    *(alias(f"a detail: {keys}", "\n".join(f"{key}: {text}" for key, text in zip(keys, ("u1", "u2"), strict=False)),
            to="a+list") for keys in (("a",), ("a+*", "a"), ("a+list", "a+*"))),
    alias("a user who is an alias", "hana: u1", to="hana"),
    alias("the last of two lines of one name", "a: u1\na: u2"),
    alias("a program", f"a: {CAT}"),
    alias("a program that is not there", 'a: "|/opt/none"'),
    alias("a program that ends with 75", 'a: "|exit 75"'),
    alias("a list in a file", f"a: :include:{LISTS}/l", File(f"{LISTS}/l", "# who\nhana, u1\n\nu2\n")),
    alias("a list in a file that is not there", f"a: :include:{LISTS}/l"),
    *(alias(f"a list in a file of mode {mode:o}", f"a: :include:{LISTS}/l", File(f"{LISTS}/l", "hana", mode=mode))
      for mode in (0o664, 0o666, 0o600)),
    *(alias(f"a list in a directory of mode {mode:o}", f"a: :include:{LISTS}/l", File(LISTS, mode=mode),
            File(f"{LISTS}/l", "hana")) for mode in (0o775, 0o777, 0o1777)),
    alias("a program in a list that its group may write", f"a: :include:{LISTS}/l",
          File(f"{LISTS}/l", CAT, mode=0o664), cf="O DontBlameSendmail=groupwritableincludefile"),
    *(alias(f"a list that its group may write, {words}", f"a: :include:{LISTS}/l", File(f"{LISTS}/l", "hana", mode=0o664),
            cf=f"O DontBlameSendmail={words}") for words in GROUP_MAY_WRITE["include"]),
    alias("a program in somebody's list", f"a: :include:{LISTS}/l", File(f"{LISTS}/l", CAT, "u1")),
    alias("moved", "a: new@far.test.REDIRECT", m4=REDIRECT),
    alias("moved, in two steps", "a: b\nb: new@far.test.REDIRECT", m4=REDIRECT),
    alias("moved, and a copy here", "a: new@far.test.REDIRECT, hana", m4=REDIRECT),
    alias("moved, without the rule", "a: new@far.test.REDIRECT"),
]  # fmt: skip
FORWARD = [
    home("no file"),
    home("to somebody else", forward("hana")),
    home("to somebody else and oneself", forward("u1, hana")),
    home("to somebody else and oneself with a backslash", forward("\\u1\nhana")),
    home("owned by root", forward("hana", "root")),
    home("not to be read", forward("hana", "root", 0o600)),
    home("owned by another user", forward("hana", "u2")),
    *(home(f"of mode {mode:o}", forward("hana", mode=mode)) for mode in (0o600, 0o664, 0o666)),
    *(home(f"that its group may write, {words}", forward("hana", mode=0o664), cf=f"O DontBlameSendmail={words}")
      for words in GROUP_MAY_WRITE["forward"]),
    *(home(f"in a home of mode {mode:o}", File(f"{HOMES}/u1", None, "u1", mode), forward("hana"))
      for mode in (0o700, 0o775, 0o777, 0o1777)),
    home("under a directory that all may write", File(HOMES, mode=0o777), forward("hana")),
    *(home(f"{word}, mode {mode:o} of the home", File(f"{HOMES}/u1", None, "u1", mode), forward(what),
           cf=f"O DontBlameSendmail={word}")
      for what in ("hana", CAT)
      for word, mode in (("forwardfileingroupwritabledirpath", 0o775), ("forwardfileinunsafedirpath", 0o777))),
    home("empty", forward("")),
    home("a circle of two", forward("u2"), forward("u1", "u2", user="u2")),
    home("a program", forward(CAT)),
    home("a program, for a user without a shell", forward(CAT), shells=(("u1", "/bin/false"),)),
    *(stale_home(name, f"{HOMES}/u1", forward("hana"), *files, cf=cf) for name, files, cf in (
        ("in a stale directory", (), ""),
        ("in a stale directory, and a second place", (File(f"{LISTS}/u1", "hana"),),
         f"O ForwardPath=$z/.forward:{LISTS}/$u"),
        ("in a stale directory, and no file in a second place", (), f"O ForwardPath=$z/.forward:{LISTS}/$u"),
        ("in a stale directory, after a first place", (File(f"{LISTS}/u1", "hana"),),
         f"O ForwardPath={LISTS}/$u:$z/.forward"))),
    stale_list("a list in a stale directory", f"a: :include:{LISTS}/l", File(f"{LISTS}/l", "hana")),
    stale_list("a list in a stale directory, and somebody beside it", f"a: u2, :include:{LISTS}/l",
               File(f"{LISTS}/l", "hana")),
    *(home(f"{to}, {' '.join(names) or 'no file'}", *(File(f"{HOMES}/u1/{name}", text, "u1")
           for name, text in zip(names, ("hana", "u2"), strict=False)), to=to,
           cf="O ForwardPath=$z/.forward.$w+$h:$z/.forward+$h:$z/.forward.$w:$z/.forward")
      for to, names in (("u1+list", ()), ("u1+list", (".forward",)), ("u1+list", (".forward+list", ".forward")),
                        ("u1", (".forward", ".forward+list")), ("u1", (".forward.snd", ".forward")),
                        ("u1+list", (".forward.snd+list", ".forward+list")))),
    home("the second of ForwardPath", File(f"{LISTS}/u1", "hana"), cf=f"O ForwardPath=$z/.forward:{LISTS}/$u"),
    home("the first of ForwardPath", forward("u2"), File(f"{LISTS}/u1", "hana"),
         cf=f"O ForwardPath={LISTS}/$u:$z/.forward"),
]  # fmt: skip

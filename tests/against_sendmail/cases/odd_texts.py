"""What people write into aliases, .forward files, lists and after RCPT without meaning to, and programs that end oddly.

Eight texts share a case, each with a letter of its own. A text with ``!``, ``%`` or the host's own literal is read by the
rules of the cf, and is not tried here. An interval that is none (``-q1ms``) has a real runner stay for ever: not here.
"""

from collections.abc import Iterator, Sequence

from tests.against_sendmail.case import Case, Letter, Run, Type, Visit
from tests.against_sendmail.cases.local import LISTS, OBSERVE, forward
from tests.against_sendmail.cases.site import ZONE
from tests.against_sendmail.users import File, Household

NAMES = tuple(f"a{n}" for n in range(1, 9))
IN_ALIASES = (
    "(x)", "(", "u2 (", ")", "u2)", "(u2", "u2 (a (b) c)", "u2 (a", "<", "<u2", ">", "u2>", "<>", "<<u2>>", "Hana <u2>",
    "Hana <u2> x", "<u2> <u1>", '"u2"', '"u2', 'u2"', '"Hana S" <u2>', '""', '"', "\\u2", "@", "a@", "@b", "u2@@x",
    "u2@x@snd.test", "u2@snd.test@snd.test", ":", ";", "u2;", "g: u2;", "g:;", "g: u2, u1;", "g:u2", "u2@snd.test.",
    "u2@.snd.test", "u2@snd..test", "u2@snd.test..", "u2.", "  .u2", ".", "..", "u2 u1", "u2@ snd.test", "u2 @snd.test",
    "u2@SND.TEST", "u2\x7f", "\x01", "x" * 260, "a.b.c", "[u2]", "u2@]", "u2@snd.test (x)", "u2,(x)", "u2,,u1", ",",
    "u2\n u1", "u2,\n", "error:x", "local:u2", "postmaster", "~u2", "$u", "#u2", "u2#", "+x", "+", "*", "-", "--", "=", "a=b",
    "^u2", "u2^x", "u2;u1", "'u2'", "`u2`", "u2:", "u2: x", ":u2:",
)  # fmt: skip
IN_FORWARD = (
    "|", "|exit", "|exit 5", '"|"', '"|exit 75"', ":include:list", ":include:", "@", "<", ">", '"', ",", "a@", "@b", "<u2",
    "u2>", "u2@@x", "(u2)", "|exit x", "|exit -1", "|exit 300", "/", "./x", "~/x", ":", ";", "u2;", "group: u2;", "a b",
    "u2 u2", "|/bin/sh -c '", "\x01", '"|/bin/cat" u2', "u2 (comment)", "Hana <u2>", "\r\n", " u2", "\\\\u2", "\\u2",
    ".forward", "//", "/dev/null", "error:x", "error:5.1.1:no", "u2@]", "", "#x\n", "u9", "u9, u2", "|exit 75", "|exit 5 6", "| exit 75",
)  # fmt: skip
PROGRAMS = (
    "exit", "exit x", "exit -1", "exit 300", "exit 5; exit 6", ";", "nosuch; exit 0", "nosuch || exit 3", "true && exit 4",
    "true&", "cat | exit 3", "sh -c 'exit 3'", "exec false", "exec nosuch", "false", "/bin/false", "/nosuch/x", "/tmp", "#",
    "(", "()", ")", "{ exit 3; }", "`exit 3`", "$(exit 3)", "$", "cat > /nosuch/x", "cat < /nosuch", "exit 3 4", "exit 08",
    "exit  ", ": ", "test", "[ x", "echo hi", "if", "while", " cat", "'", "exit 99999999999999999999", "kill -9 $$",
    "exit 75 # x", "return 3", "a=b", ". /nosuch", "cd /nosuch", "!", "! true", "true;", "true;;", "cat\x01",
)  # fmt: skip
IN_LISTS = (
    "", "# x\n", "\n\n", "(x)\n", ",\n", ">\n", "u2\n>\n", "a@\n", "u2 u1\n", "u1, u2\n", "u2@\nu1\n", "<\n", "a1\n", "\x01\n",
    '"u2\n', "u2;\n", "g: u2;\n", "\\u2\n", "u2\\\nu1\n",
)  # fmt: skip
LISTS_NAMED = (
    "/nosuch/x", "relative", "", "/", "/tmp", LISTS, f"{LISTS}/l", f"{LISTS}/../lists/l", f"/{LISTS}//l", "~/l", "$z/l",
)  # fmt: skip
CIRCLES = (
    "a1: a1", "a1: b\nb: a1", "a1: b\nb: c\nc: b", "a1: a1, u2", "a1: \\a1", "a1: u1\nu1: u1", "a1: u1\nu1: a1",
    "a1: b\nb: \\a1",
)  # fmt: skip
RECIPIENTS = (
    "<u1>", "<u1@snd.test>", "<U1@SND.TEST>", "<u1@snd.test.>", "<u1@snd.test..>", "<u1@.snd.test>",
    "<u1@snd..test>", "<u1 @snd.test>", "<u1@ snd.test>", '<"u1">', '<"u 1"@snd.test>', '<"u1>', '<u1">',
    "<(x)u1>", "<u1(x)>", "<(>", "<)>", "<u1", "u1>", "<>", "<@>", "<a@>", "<@b>", "<a@@b>",
    "<:>", "<;>", "<u1;>", "<g:>", "<|>", '<"|cat">', "</etc/passwd>", "<:include:/x>", "<\\u1>",
    "<u1@[>", "<u1@[]>", "<u1+x>", "<u1=x@snd.test>", "<$u>", "<.>", "<u1.>", "<-f>", "<u1@snd.test> x",
    "<error:x>", "<local:u1>", "<u9@snd.test>",
)  # fmt: skip
INTERVALS = (
    "-q0", "-q0s", "-q-1", "-q!S", "-qS", "-qI", "-qR",
)  # fmt: skip


def by_eight(texts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Eight at a time."""
    for start in range(0, len(texts), 8):
        yield tuple(texts[start : start + 8])


def odd(where: str, aliases: Sequence[str] = (), files: Sequence[File] = (), to: Sequence[str] = NAMES) -> Case:
    """A letter to each of these names."""
    household = Household(("u1", "u2", *NAMES), files=tuple(files), aliases="\n".join((*aliases, "")))
    return Case(where, tuple(Letter((f"{name}@snd.test",)) for name in to), {}, ZONE, household=household,
                steps=(Run(),), observe=OBSERVE)  # fmt: skip


def aliases(texts: Sequence[str], where: str = "aliases") -> Case:
    """These texts as what aliases stand for."""
    lines = [f"{name}: {text}" for name, text in zip(NAMES, texts, strict=False)]
    return odd(f"{where} {texts}"[:120], lines, [File(f"{LISTS}/l", "u2\n")], NAMES[: len(texts)])


def forward_files(texts: Sequence[str]) -> Case:
    """These texts as .forward files."""
    files = [forward(text, name, user=name) for name, text in zip(NAMES, texts, strict=False)]
    return odd(f".forward {texts}"[:120], files=files, to=NAMES[: len(texts)])


def lists(texts: Sequence[str]) -> Case:
    """These texts in files of aliases with ``:include:``."""
    lines = [f"{name}: :include:{LISTS}/{name}" for name in NAMES]
    files = [File(f"{LISTS}/{name}", text) for name, text in zip(NAMES, texts, strict=False)]
    return odd(f"lists {texts}"[:120], lines, files, NAMES[: len(texts)])


CASES = [
    *map(aliases, by_eight(IN_ALIASES)),
    *map(forward_files, by_eight(IN_FORWARD)),
    *(aliases([f'"|{program}"' for program in eight], "programs") for eight in by_eight(PROGRAMS)),
    *map(lists, by_eight(IN_LISTS)),
    *(aliases([f":include:{name}" for name in eight], "lists named") for eight in by_eight(LISTS_NAMED)),
    *(odd(f"circle {text!r}", [text], to=("a1",)) for text in CIRCLES),
    *(Case(f"RCPT TO: {eight}"[:120], (), {}, ZONE, household=Household(("u1", "u2")), steps=(
          Visit(("EHLO client.test", "MAIL FROM:<taro@snd.test>", *(f"RCPT TO:{text}" for text in eight), "QUIT"),
                observe=("session log",)),), observe=("log",)) for eight in by_eight(RECIPIENTS)),
    *(Case(f"sendmail {options}", (Letter(("u1@snd.test",)),), {}, ZONE, household=Household(("u1",)),
           steps=(Type(f"sendmail {options}"),)) for options in INTERVALS),
]  # fmt: skip

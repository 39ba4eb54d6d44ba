"""For each word of PrivacyOptions, ResolverOptions and DontBlameSendmail that is obeyed: what differs with it."""

from collections.abc import Callable
from functools import partial

from simlib.cf import stock
from tests.cf.cases_of_mailers import Contrast
from tests.cf.looks import report
from tests.cf.small_worlds import TARO, boxes, here, rules, said, shell

PRIVACY, RESOLVER, BLAME = "PrivacyOptions", "ResolverOptions", "DontBlameSendmail"
ALLOWED = "250 2.1.5 <hana@mail.here.example>"
HELLO = "HELO pc.example"
SORRY, FIRST = "502 5.7.0 Sorry, we do not allow this operation", "503 5.0.0 I demand that you introduce yourself first"


def typed(line: str, *before: str) -> Callable[[str], str]:
    """The answer to a line of a session."""
    return lambda cf: said(cf, *before, line)


def forwarded(cf: str, mode: int = 0o644, home: int = 0o755, text: str = "jiro\n") -> list[str]:
    """Who gets hana's mail, who has a .forward file."""
    world, mail = here(cf)
    world.user(mail, "taro", "hana", "jiro")
    world.directory(mail, "/home/hana", owner="hana", mode=home)
    world.file(mail, "/home/hana/.forward", text, owner="hana", mode=mode)
    mail.submit(TARO, "hana@here.example")
    return boxes(world.run(until="10m"))


def listed(cf: str, mode: int = 0o644, above: int = 0o755, text: str = "jiro\n") -> list[str]:
    """Who gets mail for a list whose members stand in a file."""
    world, mail = here(cf)
    world.user(mail, "taro", "hana", "jiro")
    world.directory(mail, "/lists", mode=above)
    world.file(mail, "/lists/all", text, mode=mode)
    mail.aliases = "all: :include:/lists/all"
    mail.submit(TARO, "all@here.example")
    return boxes(world.run(until="10m"))


def warned(cf: str) -> bool:
    """Whether a letter of a client without HELO has a warning in its header, where the cf has no such option before."""
    plain = "".join(line.raw for line in stock().lines if line.option != PRIVACY.lower())
    world, _ = here(f"{plain}\nO Timeout.ident=0\n{cf}")
    world.host("pc.example")
    say = world.telnet("pc.example", "mail.here.example")
    for line in ("MAIL FROM:<taro@pc.example>", "RCPT TO:<hana@mail.here.example>", "DATA", "hello", "."):
        say(line)
    return b"X-Authentication-Warning" in world.run(until="1h").content(1)


def completed(cf: str) -> str:
    return rules(cf, "/canon mx").rpartition(" ")[2]


def queue_of_taro(cf: str) -> str:
    return shell(cf, "taro")("mailq").splitlines()[-1].strip()


def run_by_taro(cf: str) -> str:
    return shell(cf, "taro")("sendmail -q")


def word(option: str, name: str, look: Callable[[str], object], usual: object, then: object, shows: str) -> Contrast:
    return Contrast("", f"O {option}={name}", look, usual, then, shows)


def beside(option: str, old: str, name: str, *rest: object) -> Contrast:
    """A word that counts only beside another one."""
    return Contrast(f"O {option}={old}", f"O {option}={old} {name}", *rest)  # type: ignore[arg-type]  # as of word


_PROGRAM = '"|cat"\n'
_GROUP_FORWARD, _GROUP_LIST = "GroupWritableForwardFile", "GroupWritableIncludeFile"
CASES = {
    (PRIVACY, "needmailhelo"): word(
        PRIVACY,
        "needmailhelo",
        typed("MAIL FROM:<taro@pc.example>"),
        "250 2.1.0 <taro@pc.example>... Sender ok",
        "503 5.0.0 Polite people say HELO first",
        "MAIL before HELO gets 503",
    ),
    (PRIVACY, "needexpnhelo"): word(
        PRIVACY, "needexpnhelo", typed("EXPN hana"), ALLOWED, FIRST, "EXPN before HELO gets 503"
    ),
    (PRIVACY, "needvrfyhelo"): word(
        PRIVACY, "needvrfyhelo", typed("VRFY hana"), ALLOWED, FIRST, "VRFY before HELO gets 503"
    ),
    (PRIVACY, "noexpn"): word(PRIVACY, "noexpn", typed("EXPN hana"), ALLOWED, SORRY, "EXPN gets 502"),
    (PRIVACY, "novrfy"): word(
        PRIVACY,
        "novrfy",
        typed("VRFY hana"),
        ALLOWED,
        "252 2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)",
        "VRFY gets 252",
    ),
    (PRIVACY, "noverb"): word(
        PRIVACY, "noverb", typed("VERB"), "250 2.0.0 Verbose mode", "502 5.7.0 Verbose unavailable", "VERB gets 502"
    ),
    (PRIVACY, "noetrn"): word(
        PRIVACY,
        "noetrn",
        typed("ETRN far.example", HELLO),
        "250 2.0.0 Queuing for node far.example started",
        SORRY,
        "ETRN gets 502",
    ),
    (PRIVACY, "goaway"): word(PRIVACY, "goaway", typed("EXPN hana", HELLO), ALLOWED, SORRY, "EXPN gets 502"),
    (PRIVACY, "noreceipts"): word(
        PRIVACY, "noreceipts", lambda cf: "DSN" in said(cf, "EHLO pc.example"), True, False, "EHLO offers no DSN"
    ),
    (PRIVACY, "restrictmailq"): word(
        PRIVACY, "restrictmailq", queue_of_taro, "Total requests: 1", "Total requests: 0", "taro sees no request"
    ),
    (PRIVACY, "restrictqrun"): word(
        PRIVACY,
        "restrictqrun",
        run_by_taro,
        "",
        "You do not have permission to process the queue",
        "taro may not run the queue",
    ),
    (PRIVACY, "nobodyreturn"): word(
        PRIVACY,
        "nobodyreturn",
        lambda cf: b"message/rfc822" in report(cf),
        True,
        False,
        "a return has only the headers",
    ),
    (PRIVACY, "authwarnings"): word(
        PRIVACY, "authwarnings", warned, False, True, "a letter of a client without HELO has a warning in its header"
    ),
    (RESOLVER, "dnsrch"): beside(
        RESOLVER, "-defnames", "-dnsrch", completed, "mx.here.example", "mx", "a name is not completed without both"
    ),
    (RESOLVER, "defnames"): beside(
        RESOLVER, "-dnsrch", "-defnames", completed, "mx.here.example", "mx", "a name is not completed without both"
    ),
    (BLAME, "groupwritableforwardfile"): word(
        BLAME,
        _GROUP_FORWARD,
        partial(forwarded, mode=0o664),
        ["hana"],
        ["jiro"],
        "a .forward file that its group may write is followed",
    ),
    (BLAME, "worldwritableforwardfile"): beside(
        BLAME,
        _GROUP_FORWARD,
        "WorldWritableForwardFile",
        partial(forwarded, mode=0o666),
        ["hana"],
        ["jiro"],
        "beside it: a .forward file that all may write is followed",
    ),
    (BLAME, "groupwritableforwardfilesafe"): beside(
        BLAME,
        _GROUP_FORWARD,
        "GroupWritableForwardFileSafe",
        partial(forwarded, mode=0o664, text=_PROGRAM),
        ["taro"],
        ["|cat"],
        "beside it: such a .forward file may name a program",
    ),
    (BLAME, "forwardfileingroupwritabledirpath"): word(
        BLAME,
        "ForwardFileInGroupWritableDirPath",
        partial(forwarded, home=0o775),
        ["hana"],
        ["jiro"],
        "a .forward file in a home that its group may write is followed",
    ),
    (BLAME, "forwardfileinunsafedirpath"): word(
        BLAME,
        "ForwardFileInUnsafeDirPath",
        partial(forwarded, home=0o777),
        ["hana"],
        ["jiro"],
        "a .forward file in a home that all may write is followed",
    ),
    (BLAME, "groupwritableincludefile"): word(
        BLAME,
        _GROUP_LIST,
        partial(listed, mode=0o664),
        ["taro"],
        ["jiro"],
        "a list that its group may write is followed",
    ),
    (BLAME, "worldwritableincludefile"): beside(
        BLAME,
        _GROUP_LIST,
        "WorldWritableIncludeFile",
        partial(listed, mode=0o666),
        ["taro"],
        ["jiro"],
        "beside it: a list that all may write is followed",
    ),
    (BLAME, "groupwritableincludefilesafe"): beside(
        BLAME,
        _GROUP_LIST,
        "GroupWritableIncludeFileSafe",
        partial(listed, mode=0o664, text=_PROGRAM),
        ["taro"],
        ["|cat"],
        "beside it: such a list may name a program",
    ),
    (BLAME, "includefileingroupwritabledirpath"): word(
        BLAME,
        "IncludeFileInGroupWritableDirPath",
        partial(listed, above=0o775),
        ["taro"],
        ["jiro"],
        "a list in a directory that its group may write is followed",
    ),
    (BLAME, "includefileinunsafedirpath"): word(
        BLAME,
        "IncludeFileInUnsafeDirPath",
        partial(listed, above=0o777),
        ["taro"],
        ["jiro"],
        "a list in a directory that all may write is followed",
    ),
    (BLAME, "groupwritabledirpathsafe"): word(
        BLAME,
        "GroupWritableDirPathSafe",
        partial(forwarded, home=0o775),
        ["hana"],
        ["jiro"],
        "a .forward file in a home that its group may write is followed",
    ),
    (BLAME, "truststickybit"): word(
        BLAME,
        "TrustStickyBit",
        partial(forwarded, home=0o1777),
        ["hana"],
        ["jiro"],
        "a .forward file in a home with the sticky bit is followed",
    ),
    (BLAME, "forwardfileinunsafedirpathsafe"): beside(
        BLAME,
        "ForwardFileInUnsafeDirPath",
        "ForwardFileInUnsafeDirPathSafe",
        partial(forwarded, home=0o777, text=_PROGRAM),
        ["taro"],
        ["|cat"],
        "beside it: such a .forward file may name a program",
    ),
    (BLAME, "includefileinunsafedirpathsafe"): beside(
        BLAME,
        "IncludeFileInUnsafeDirPath",
        "IncludeFileInUnsafeDirPathSafe",
        partial(listed, above=0o777, text=_PROGRAM),
        ["taro"],
        ["|cat"],
        "beside it: such a list may name a program",
    ),
    (BLAME, "safe"): beside(
        BLAME,
        _GROUP_FORWARD,
        "safe",
        partial(forwarded, mode=0o664),
        ["jiro"],
        ["hana"],
        "what was said before it counts no more",
    ),
}
"""By the option and the word, as sendmail knows it."""

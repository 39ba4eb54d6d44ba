"""What O lines do: which option a line means, and how it changes the options that are set."""

from collections.abc import Callable

from simlib.cf import not_simulated
from simlib.cf.consequence import NOT_SIMULATED, OBEYED_VALUES, SHIPPED, of_option
from simlib.cf.errors import Unreadable
from simlib.cf.flag_names import FLAGS
from simlib.cf.lines import Line
from simlib.cf.options import BY_LETTER, BY_NAME, OPTIONS, Option, Value
from simlib.cf.values import nearest, read_value
from simlib.errors import WorkbookError
from simlib.language import phrase, sentences

Options = dict[str, Value]

_CLASSES = ("normal", "urgent", "non-urgent", "dsn")
_GROUPS = {
    "Timeout.queuereturn": tuple(f"Timeout.queuereturn.{name}" for name in _CLASSES),
    "Timeout.queuewarn": tuple(f"Timeout.queuewarn.{name}" for name in _CLASSES),
    "Timeout.resolver.retrans": tuple(f"Timeout.resolver.retrans{name}" for name in ("", ".first", ".normal")),
    "Timeout.resolver.retry": tuple(f"Timeout.resolver.retry{name}" for name in ("", ".first", ".normal")),
}
_ALL_CLASSES = ("timeout.queuereturn.*", "timeout.queuewarn.*")
_OLD_TIMEOUTS = ("mail", "rcpt", "datainit", "datablock", "datafinal", "command")
_HEADS = {option.name.lower(): option.name for option in OPTIONS if "." not in option.name} | {"milter": "Milter"}
_HINTS = {name.rpartition(".")[2]: name for name in reversed(BY_NAME) if name.startswith("timeout.")} | {
    "persistenthoststatus": "hoststatusdirectory"  # as the lecture's slides have it
}


# what sendmail calls the place of a word that it does not know
_SAID_OF_FLAG = {
    "PrivacyOptions": "Op line:",
    "DontBlameSendmail": "DontBlameSendmail option:",
    "ResolverOptions": "I option value",
}


def option_named(name: str) -> Option:
    """The option of that long name, upper and lower case alike.

    Raises :class:`~simlib.errors.WorkbookError` with the nearest known name.
    """
    option = BY_NAME.get(name.lower())
    if option is None:
        raise WorkbookError("sendmail has no option {name!r}{hint}", name=name, hint=_did_you_mean(name))
    return option


def stored_as(option: Option) -> str:
    """The name under which a value is kept: sendmail has no slot for queuereturn as such, only one a class."""
    group = _GROUPS.get(option.name, (option.name,))
    return group[0]


def read_option_line(options: Options, line: Line) -> None:
    """Obey an O line: ``O Name=value`` or, without the blank, the old ``Ovalue`` behind a single letter.

    An unknown name is a :class:`~simlib.cf.errors.CfWarning` and changes nothing.
    """
    body = line.text[1:]
    if not body.strip():
        said = "readcf: unknown option name 0x0"
        raise Unreadable("an O line needs the name of an option", "write O Name=value", said=said)
    if body[0] == " ":
        name, _, value = body[1:].partition("=")
        if not name.strip(" "):
            cure, said = "write O Name=value", "readcf: null option name"
            raise Unreadable("an O line needs the name of an option", cure, body, said)
        option = _by_long_name(line, name.rstrip(" "))
        value = value.lstrip(" ")
    else:
        option, value = _by_letter(line, body), body[1:]
    if option is not None:
        _set(options, line, option, value)
    elif body[0] == "g":
        options["DefaultUser"] = f"{str(options.get('DefaultUser', '')).partition(':')[0]}:{value}"


def _by_letter(line: Line, body: str) -> Option | None:
    letter = body[0]
    option = BY_LETTER.get(letter)
    if option is None and letter != "g":
        said = f"readcf: unknown option name {hex(ord(letter))}"
        line.warn(
            phrase(
                "no option has the letter {letter!r}; a long name needs one blank before it: O Name=value",
                letter=letter,
            ),
            said,
        )
    return option


def _by_long_name(line: Line, name: str) -> Option | None:
    """An exact name, else the one name that begins like it; ``Timeout`` and ``Milter`` have sub-options."""
    head, dot, sub = name.partition(".")
    full_head = _completed(line, head)
    if full_head is None:
        return None
    if full_head not in ("Timeout", "Milter"):
        if dot:
            line.warn(phrase("{full_head} has no sub-options; .{sub} is ignored", full_head=full_head, sub=sub))
        return BY_NAME[full_head.lower()]
    low = (full_head + dot + sub).lower()
    option = BY_NAME.get(low.removesuffix(".*") if low in _ALL_CLASSES else low)
    if option is None:
        missing = ", must specify suboption" if not sub else f" {sub}"
        milter = f"milter_set_option: invalid Milter option{missing}"
        said = milter if full_head == "Milter" else f"settimeout: invalid timeout {sub}"
        line.warn(
            phrase(
                "unknown sub-option of {full_head}: ignored{hint}",
                full_head=full_head,
                hint=_did_you_mean(name),
            ),
            said,
        )
    return option


def _completed(line: Line, head: str) -> str | None:
    low = head.lower()
    if low in _HEADS:
        return _HEADS[low]
    begun = [name for key, name in _HEADS.items() if key.startswith(low)]
    if len(begun) == 1:
        line.warn(phrase("{head} is taken as short for {begun}; write the whole name", head=head, begun=begun[0]))
        return begun[0]
    if begun:
        said = f"readcf: ambiguous option name {head} (matches {' and '.join(sorted(begun)[:2])})"
        line.warn(
            phrase(
                "{head} may be {them}: ignored; write the whole name", head=head, them=sentences(sorted(begun), " or ")
            ),
            said,
        )
    elif head.strip().lower() in _HEADS:
        said = f"readcf: unknown option name {head}"
        line.warn(phrase("unknown option {head!r}: ignored; write one blank only after the O", head=head), said)
    else:
        line.warn(
            phrase("unknown option {head}: ignored{hint}", head=head, hint=_did_you_mean(head)),
            f"readcf: unknown option name {head}",
        )
    return None


def _did_you_mean(name: str) -> str:
    low = name.lower()
    found = _HINTS.get(low) or nearest(low, list(BY_NAME)) or _HINTS.get(nearest(low, list(_HINTS)), "")
    return _or_rather(BY_NAME[found].name if found else "")


def _or_rather(name: str) -> str:
    return phrase("; did you mean {name}?", name=name) if name else ""


def _set(options: Options, line: Line, option: Option, text: str) -> None:
    if not text and option.keeps:
        return
    _warn_if_not_simulated(line, option, text)
    special = _SPECIAL.get(option.name)
    if special is not None:
        special(options, line, option, text)
        return
    value = read_value(option, text)
    for name in _GROUPS.get(option.name, (option.name,)):
        options[name] = value


def _warn_if_not_simulated(line: Line, option: Option, text: str) -> None:
    if option.name == "DaemonPortOptions":
        line.changes_nothing(not_simulated.daemon_port(text))
    elif option.name in OBEYED_VALUES and read_value(option, text) not in OBEYED_VALUES[option.name]:
        line.changes_nothing(not_simulated.told(f"{option.name}={text}"))
    elif of_option(option) == NOT_SIMULATED:
        usual = (option.default, *(read_value(option, one) for one in SHIPPED.get(option.name, ())))
        line.changes_nothing(not_simulated.told(option.name) if read_value(option, text) not in usual else "")


def _adding(options: Options, line: Line, option: Option, text: str) -> None:
    """Each line adds to what is there; a repeated entry stays where it was."""
    old, new = options.get(option.name, ()), read_value(option, text)
    assert isinstance(old, tuple) and isinstance(new, tuple)
    options[option.name] = tuple(dict.fromkeys(old + new))


def _adding_flags(options: Options, line: Line, option: Option, text: str) -> None:
    """Words that sendmail does not know are complained of and left out; ``safe`` clears DontBlameSendmail."""
    value, words = options.get(option.name, option.default), read_value(option, text)
    assert isinstance(value, tuple) and isinstance(words, tuple)
    for word in words:
        flag, known = word.lstrip("+-"), FLAGS[option.name]
        if flag not in known:
            close = nearest(flag, known)
            said = f"readcf: {_SAID_OF_FLAG[option.name]} {flag} unrecognized"
            line.warn(
                phrase("{name} has no {flag}: ignored{hint}", name=option.name, flag=flag, hint=_or_rather(close)),
                said,
            )
            continue
        changed = _with_word(value, word, flag)
        if changed != value:
            line.changes_nothing(not_simulated.word(option.name, flag))
        value = changed
    options[option.name] = value


def _with_word(value: tuple[str, ...], word: str, flag: str) -> tuple[str, ...]:
    if word.startswith("-"):
        return tuple(old for old in value if old != flag)
    if flag == "safe":
        return ()
    return value if flag in value else (*value, flag)


def _old_timeouts(options: Options, line: Line, option: Option, text: str) -> None:
    """``Or1h`` sets six timeouts at once; ``Orinitial=5m,helo=5m`` sets those named."""
    options[option.name] = text
    for part in text.split(","):
        part = part.strip()
        if part[:1].isdigit():
            for name in _OLD_TIMEOUTS:
                _set(options, line, option_named(f"Timeout.{name}"), part)
        elif part:
            name, _, value = part.replace(":", "=", 1).partition("=")
            suboption = _by_long_name(line, f"Timeout.{name}")
            if suboption is not None:
                _set(options, line, suboption, value)


def _queue_timeout(options: Options, line: Line, option: Option, text: str) -> None:
    options[option.name] = text
    returned, slash, warned = text.partition("/")
    _set(options, line, option_named("Timeout.queuereturn"), returned)
    if slash:
        _set(options, line, option_named("Timeout.queuewarn"), warned)


def _min_free_blocks(options: Options, line: Line, option: Option, text: str) -> None:
    blocks, slash, size = text.partition("/")
    options[option.name] = read_value(option, blocks)
    if slash:
        _set(options, line, option_named("MaxMessageSize"), size)


def _cache_size(options: Options, line: Line, option: Option, text: str) -> None:
    size = read_value(option, text)
    assert isinstance(size, int)
    options[option.name] = max(size, 0)


def _blank_sub(options: Options, line: Line, option: Option, text: str) -> None:
    options[option.name] = text[:1] or " "


def _safe_file_environment(options: Options, line: Line, option: Option, text: str) -> None:
    if text.rstrip("/"):
        options[option.name] = text.rstrip("/")


def _unsafe_group_writes(options: Options, line: Line, option: Option, text: str) -> None:
    options[option.name] = trusted_not = read_value(option, text)
    if not trusted_not:
        flags = "groupwritableforwardfilesafe,groupwritableincludefilesafe"
        _set(options, line, option_named("DontBlameSendmail"), flags)


_SPECIAL: dict[str, Callable[[Options, Line, Option, str], None]] = {
    "AliasFile": _adding,
    "DaemonPortOptions": _adding,
    "ClientPortOptions": _adding,
    "PrivacyOptions": _adding_flags,
    "DontBlameSendmail": _adding_flags,
    "ResolverOptions": _adding_flags,
    "Timeout": _old_timeouts,
    "QueueTimeout": _queue_timeout,
    "MinFreeBlocks": _min_free_blocks,
    "ConnectionCacheSize": _cache_size,
    "BlankSub": _blank_sub,
    "SafeFileEnvironment": _safe_file_environment,
    "UnsafeGroupWrites": _unsafe_group_writes,
}

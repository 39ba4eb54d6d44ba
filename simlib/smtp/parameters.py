"""The address and the ESMTP parameters of MAIL and RCPT, read and refused as sendmail does."""

import re
from collections.abc import Iterator
from typing import Any

from simlib.smtp.replies import Reply, ReplyError

SHOWN = 203  # so much of a client's words is shown to it in a reply
LARGEST = 2**63 - 1  # a C long
_KEYWORD = re.compile(r" *([A-Za-z0-9-]*)")
_VALUE = re.compile(r"=([^ =]*)")
_NUMBER = re.compile(r"[+-]?[0-9]+")
XTEXT = re.compile(r"(?:\+[0-9A-Fa-f]{2}|[!-*,-<>-~])*")
_ATOM = re.compile(r"[!#-'*+\-/-9=?A-Z^-~]+")
_NOTIFY = ("SUCCESS", "FAILURE", "DELAY")


class ParameterError(ReplyError):
    """An address or parameter that cannot be read; ``refusal`` is the server's reply to it."""

    def __init__(self, code: int, text: str, keyword: str = "") -> None:
        super().__init__(f"{code} {text}")
        self.refusal = Reply(code, text)
        self.keyword = keyword


def shown(text: str) -> str:
    """What a client said, fit to stand in a reply: printable ASCII, and not endless."""
    if len(text) > SHOWN:
        half = SHOWN // 2 - 1
        text = f"{text[:half]}...{text[-half:]}"
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isascii() and c.isprintable() else "?" for c in text)


def address(argument: str, word: str) -> tuple[str, str]:
    """Take ``FROM:<address> parameters`` apart: the address without brackets, and the parameters."""
    found, colon, rest = argument.partition(":")
    if not colon or found.strip(" ").upper() != word or not rest.strip(" "):
        raise ParameterError(501, f'5.5.2 Syntax error in parameters scanning "{shown(_first_word(found))}"')
    return _address(rest.strip(" "), "5.1.7" if word == "FROM" else "5.1.3")


def _first_word(text: str) -> str:
    return text.strip(" ").partition(" ")[0]


def _address(text: str, enhanced: str) -> tuple[str, str]:
    end = _end_of_address(text)
    found, rest = text[:end], text[end:]
    if found.startswith("<") and found.endswith(">"):
        found = found[1:-1].strip(" ")
    elif found.startswith("<"):
        raise ParameterError(553, f"5.0.0 {shown(found)}... Unbalanced '<'")
    elif found.endswith(">"):
        raise ParameterError(553, f"5.0.0 {shown(found)}... Unbalanced '>'")
    if keeps_for_itself(found):
        raise ParameterError(501, f'{enhanced} 8-bit character in mailbox address "<{shown(found)}>"')
    return found, rest


def keeps_for_itself(address: str) -> bool:
    """Whether an address has bytes from 0x80 to 0x9F, with which sendmail marks things of its own."""
    if address.isascii():
        return False
    return any(0x80 <= byte < 0xA0 for byte in address.encode("utf-8", "surrogatepass"))


def _end_of_address(text: str) -> int:
    """Where the address ends: after its ``>``, or at the first blank outside quotes when it has no brackets."""
    quoted = escaped = False
    bracketed, deep = text.startswith("<"), 0
    for n, c in enumerate(text):
        if escaped:
            escaped = False
        elif c == "\\":
            escaped = True
        elif c == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif c in "<>" and bracketed:
            deep += 1 if c == "<" else -1
            if not deep:
                return n + 1
        elif c == " " and not bracketed:
            return n
    return len(text)


def _pairs(text: str) -> Iterator[tuple[str, str | None]]:
    """The ``KEYWORD=value`` and bare ``KEYWORD`` (value None) of a command line."""
    at = 0
    while text[at:].strip(" "):
        keyword = _KEYWORD.match(text, at)
        assert keyword is not None  # it matches the empty text too
        value = _VALUE.match(text, keyword.end())
        yield keyword[1], None if value is None else value[1]
        at = keyword.end() if value is None else value.end()
        at += text.startswith("=", at)


def mail_parameters(text: str) -> dict[str, Any]:
    """Read the parameters of MAIL into the fields of ``Mail``."""
    fields: dict[str, Any] = {}
    for written, value in _pairs(text):
        keyword = written.upper()
        if keyword not in ("SIZE", "BODY", "ENVID", "RET", "AUTH", "BY"):
            raise ParameterError(555, f"5.5.4 {shown(written)} parameter unrecognized", keyword)
        if value is None:
            equals = "=" if keyword in ("AUTH", "BY") else ""
            raise ParameterError(501, f"5.5.2 {keyword}{equals} requires a value", keyword)
        if keyword == "SIZE":
            fields["size"] = _size(value)
        elif keyword == "BODY":
            fields["body"] = _body(value)
        else:
            _once(keyword, keyword.lower() in fields or any(other == keyword for other, _ in fields.get("others", ())))
            if keyword == "RET":
                fields["ret"] = _ret(value)
            elif keyword == "ENVID":
                fields["envid"] = _xtext(keyword, value)
            else:
                checked = _xtext(keyword, value) if keyword == "AUTH" else _by(value)
                fields["others"] = (*fields.get("others", ()), (keyword, checked))
    return fields


def rcpt_parameters(text: str) -> dict[str, Any]:
    """Read the parameters of RCPT into the fields of ``Rcpt``."""
    fields: dict[str, Any] = {}
    for written, value in _pairs(text):
        keyword = written.upper()
        if keyword not in ("NOTIFY", "ORCPT"):
            raise ParameterError(555, f"5.5.4 {shown(written)} parameter unrecognized", keyword)
        if value is None:
            raise ParameterError(501, f"5.5.2 {keyword} requires a value", keyword)
        if keyword == "NOTIFY":
            fields["notify"] = _notify(value)
        else:
            _once(keyword, "orcpt" in fields)
            fields["orcpt"] = _orcpt(value)
    return fields


def _size(value: str) -> int:
    digits = _NUMBER.match(value)
    number = int(digits[0][:25]) if digits is not None else 0
    if number >= LARGEST:
        raise ParameterError(552, "5.2.3 Message size exceeds maximum value", "SIZE")
    if number < 0:
        raise ParameterError(552, "5.2.3 Message size invalid", "SIZE")
    return number


def _body(value: str) -> str:
    if value.upper() not in ("7BIT", "8BITMIME"):
        raise ParameterError(501, f"5.5.4 Unknown BODY type {shown(value)}", "BODY")
    return value.upper()


def _ret(value: str) -> str:
    if value.upper() not in ("FULL", "HDRS"):
        raise ParameterError(501, f'5.5.2 Bad argument "{shown(value)}" to RET', "RET")
    return value.upper()


def _by(value: str) -> str:
    if ";" not in value:
        raise ParameterError(501, "5.5.2 BY= missing ';'", "BY")
    return value


def _notify(value: str) -> tuple[str, ...]:
    words = value.upper().split(",")
    if words == ["NEVER"]:
        return ("NEVER",)
    for word, written in zip(words, value.split(","), strict=True):
        if word not in _NOTIFY:
            raise ParameterError(501, f'5.5.4 Bad argument "{shown(written)}"  to NOTIFY', "NOTIFY")
    return tuple(word for word in _NOTIFY if word in words)


def _orcpt(value: str) -> str:
    kind, semicolon, original = value.partition(";")
    if not semicolon or _ATOM.fullmatch(kind) is None or XTEXT.fullmatch(original) is None:
        raise ParameterError(501, "5.5.4 Syntax error in ORCPT parameter value", "ORCPT")
    return value


def _xtext(keyword: str, value: str) -> str:
    if XTEXT.fullmatch(value) is None:
        raise ParameterError(501, f"5.5.4 Syntax error in {keyword} parameter value", keyword)
    return value


def _once(keyword: str, seen: bool) -> None:
    if seen:
        raise ParameterError(501, f"5.5.0 Duplicate {keyword} parameter", keyword)

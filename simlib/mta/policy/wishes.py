"""What is asked for with an envelope that a mail program hands in (RFC 3461, RFC 6152)."""

from collections.abc import Sequence
from typing import NamedTuple

from simlib.errors import WorkbookError
from simlib.smtp.parameters import XTEXT


class SubmissionError(WorkbookError):
    """A submission that a mail program would not make."""


class Wishes(NamedTuple):
    """What is asked for with the envelope (RFC 3461, RFC 6152), in the words of SMTP."""

    notify: tuple[str, ...] | None = None  # None: nothing was said
    ret: str = ""
    envid: str = ""
    orcpt: str = ""
    body: str = ""

    @classmethod
    def of(cls, notify: Sequence[str] | None, ret: str, envid: str, orcpt: str, body: str) -> "Wishes":
        """Those of a submission, checked."""
        if notify is None and not (ret or envid or orcpt or body):
            return NO_WISHES
        if body.upper() not in ("", "8BITMIME", "7BIT"):
            raise SubmissionError("body={body!r}: it is '8bitmime' or '7bit'", body=body)
        if ret.upper() not in ("", "FULL", "HDRS"):
            raise SubmissionError("ret={ret!r}: it is 'full' or 'hdrs'", ret=ret)
        for name, value in (("envid", envid), ("orcpt", orcpt)):
            if XTEXT.fullmatch(value) is None:
                raise SubmissionError(
                    "{name}={value!r}: printable ASCII without blanks; + and = are written +2B, +3D",
                    name=name,
                    value=value,
                )
        if orcpt and ";" not in orcpt:
            raise SubmissionError("orcpt={orcpt!r}: write it like rfc822;hana@old.example", orcpt=orcpt)
        return cls(None if notify is None else _notify(notify), ret.upper(), envid, orcpt, body.upper())


NO_WISHES = Wishes()


def _notify(words: Sequence[str]) -> tuple[str, ...]:
    """NOTIFY in capitals: never, or some of success, failure and delay (RFC 3461 §4.1)."""
    asked = tuple(word.upper() for word in words)
    if asked == ("NEVER",) or (asked and set(asked) <= {"SUCCESS", "FAILURE", "DELAY"}):
        return asked
    raise SubmissionError(
        "notify={list!r}: it is ['never'], or some of 'success', 'failure' and 'delay'", list=list(words)
    )

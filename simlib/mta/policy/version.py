"""sendmail's version: older ones behave differently."""

from functools import cache

from simlib.errors import WorkbookError

ONE_LINE_GREETING_SINCE = (8, 7)
TOO_LARGE_IS_RETURNED_SINCE = (8, 8, 6)
RELAYING_WAS_OPEN_UNTIL = (8, 9)  # since 8.9 stock rules deny relaying
DSN_SINCE = (8, 7)  # RFC 1891 to 1894, and MIME with them; until then there was Return-Receipt-To:


@cache
def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers that compare.

    >>> numbers("8.8.5") < numbers("8.18")
    True
    """
    parts = version.split(".")
    if not all(part.isdigit() for part in parts):
        raise WorkbookError(
            "version={version!r} is not a sendmail version: write it like 8.18 or 8.8.5", version=version
        )
    return tuple(int(part) for part in parts)


def greets_in_two_lines(version: str) -> bool:
    """Whether its greeting says in a second line that it speaks ESMTP: from 8.7 on that word stands in the first."""
    return numbers(version) < ONE_LINE_GREETING_SINCE


def relaying_is_open(version: str) -> bool:
    """Whether its stock rules let everybody relay by way of it."""
    return numbers(version) < RELAYING_WAS_OPEN_UNTIL


def mishandles_what_is_too_large(version: str) -> bool:
    """Whether a message larger than ``M=`` of its mailer does not come back to its sender as it should.

    The release notes of 8.8.6 say so of the releases before it, and that the return of a message refused with 552 at
    MAIL had been sent with its body until then, to bounce again. Uncertain: what became of the former. In the source of
    8.8.5 such a recipient is marked as done but not as failed, so that a return, if one was written, did not name him.
    Here nobody is told, and the message is lost (slide claim 03.4).
    """
    return numbers(version) < TOO_LARGE_IS_RETURNED_SINCE


def extensions(version: str, mime_errors: bool) -> frozenset[str]:
    """The ESMTP extensions that it offers; DSN only with SendMimeErrors (release notes of 8.7, 8.8, 8.10, 8.12).

    Simplified: the words of its replies are today's, and where a host older than 8.7 sends 8-bit mail on, it converts
    as one of today would.
    """
    known = numbers(version)
    offered = {keyword for keyword, since in _EXTENSION_SINCE.items() if known >= since}
    return frozenset(offered if mime_errors else offered - {"DSN"})


_EXTENSION_SINCE = {
    **dict.fromkeys(("EXPN", "SIZE", "HELP"), (8, 6)),
    **dict.fromkeys(("8BITMIME", "DSN", "VERB"), DSN_SINCE),
    "ETRN": (8, 8),
    "ENHANCEDSTATUSCODES": (8, 10),
    **dict.fromkeys(("PIPELINING", "DELIVERBY"), (8, 12)),
}


def heeds_return_receipt_to(version: str) -> bool:
    """Whether a Return-Receipt-To: header alone gets a receipt; the release notes of 8.7 drop it."""
    return numbers(version) < DSN_SINCE


def writes_mime(version: str) -> bool:
    """Whether its notices are multipart/report with a part for machines; older ones are plain text."""
    return numbers(version) >= DSN_SINCE

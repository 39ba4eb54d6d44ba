"""What the header of a message gets that names nobody it is for (NoRecipientAction)."""

from tests.against_sendmail.case import Case, Letter, Run, Type, Visit
from tests.against_sendmail.cases.site import FINE, ZONE

UP = {"mx1.test": FINE, "mx2.test": FINE}
WORDS = ("none", "add-to", "add-apparently-to", "add-bcc", "add-to-undisclosed")
ONE, TWO = ("hana@one.test",), ("hana@one.test", "mika@one.test")
ELSEWHERE = ("jiro@two.test", "mika@one.test", "taro@two.test", "hana@one.test", "taro")
THEM = "them@one.test"
ARRIVED = Run(observe=("arrived",))


def letter(word: str, to: tuple[str, ...], **headers: str) -> Case:
    """A letter that is handed in with these headers."""
    said = " and ".join(headers) or "nobody"
    return Case(f"{word}, to {len(to)}, the header names {said}", (Letter(to, headers=headers),), UP, ZONE,
                cf=f"O NoRecipientAction={word}", steps=(ARRIVED,))  # fmt: skip


def brought(word: str, *to: str) -> Case:
    """One that somebody brings by SMTP."""
    says = ("EHLO client.test", "MAIL FROM:<a@client.test>", *(f"RCPT TO:<{one}>" for one in to), "DATA", 300, "QUIT")
    visit = Visit(says, observe=("queue without addresses", "session log"))
    return Case(f"{word}, brought for {len(to)}", (), UP, ZONE, cf=f"O NoRecipientAction={word}\nCR client.test",
                steps=(visit, ARRIVED))  # fmt: skip


CASES = [
    *(letter(word, to) for word in WORDS for to in (ONE, TWO)),
    letter("add-to", ELSEWHERE),
    *(letter("add-to", ONE, **{field: THEM}) for field in ("To", "Cc", "CC", "Apparently-To", "Reply-To")),
    *(Case(f"{word}, a blind copy", (Letter(ONE, content=b"Bcc: them@one.test\n\nhello\n"),), UP, ZONE,
           cf=f"O NoRecipientAction={word}", steps=(ARRIVED,)) for word in ("add-to", "none")),
    Case("add-to, typed", (), UP, ZONE, cf="O NoRecipientAction=add-to",
         steps=(Type("sendmail -f taro@one.test hana@one.test mika@one.test", stdin="From: taro@one.test\n\nhello\n"), ARRIVED)),
    *(brought(word, *to) for word in WORDS[1:] for to in (ONE, TWO)),
]  # fmt: skip

"""The disk under the queue: MinFreeBlocks, with and without a SIZE that MAIL announces (slide claim 02.2)."""

from tests.against_sendmail.case import Case, Visit

SPACE = ("RCPT TO:<taro@snd.test>", "DATA", 300, "RSET", "ETRN one.test", "NOOP", "QUIT")


def asking(name: str, disk: int, reserve: int, size: int = 0) -> Case:
    mail = "MAIL FROM:<a@client.test>" + (f" SIZE={size}" if size else "")
    visit = Visit(("EHLO client.test", mail, *SPACE))
    return Case(name, (), {}, "one A 10.99.1.11", cf=f"O MinFreeBlocks={reserve}", disk=disk, steps=(visit,))


CASES = (
    Case("what a child does that has no space from the start", (), {}, "one A 10.99.1.11", cf="O MinFreeBlocks=300",
         disk=200, steps=(Visit(("EXPN taro", "VERB", "HELP", "XYZZY", "RCPT TO:<x>", "HELO client.test", *SPACE)),)),
    *(asking(f"MinFreeBlocks={reserve}, 200 blocks", 200, reserve) for reserve in (0, 100, 199, 201, 1_000_000)),
    *(asking(f"MinFreeBlocks=100, 200 blocks, SIZE={size}", 200, 100, size)
      for size in (1, 4096 * 99, 4096 * 101, 4096 * 300)),
    *(asking(f"MinFreeBlocks=0, 200 blocks, SIZE={size}", 200, 0, size) for size in (4096 * 198, 4096 * 201)),
)  # fmt: skip

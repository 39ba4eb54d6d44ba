"""What is typed at both: the sessions of address test mode that are compared."""

from collections.abc import Iterator, Sequence
from random import Random

from tests.rewrite.real import DATA

ADDRESSES = tuple((DATA / "addresses.txt").read_text().splitlines())
TRIED = (
    "taro",
    "taro@mail.here.example",
    "taro@here.example",
    "taro@pc1.here.example",
    "root",
    "root@mail.here.example",
    "hana@pc1.here.example",
    "bob@remote.example",
    "@a.example:bob@remote.example",
    "uu!bob",
    "Taro@MAIL.here.example",
)
CLIENTS = (
    ("localhost", "127.0.0.1"),
    ("pc1.here.example", "127.0.0.4"),
    ("listed.spam.example", "127.0.0.7"),
    ("pc8.good.example", "127.0.0.8"),
    ("out.outside.example", "10.9.9.9"),
)
SENDERS = ("<bob@remote.example>", "<>", "<taro>", "<x@spam.example>", "<bob@nosuch.example>", "<taro@here.example>")
RECIPIENTS = (
    "<taro>",
    "<taro@mail.here.example>",
    "<bob@remote.example>",
    "<info@virt.example>",
    "<bob%remote.example@mail.here.example>",
)
START = "\nSStart\nR$* $$| $*\t$: $1 $| $2\n"  # a typed $| is no metasymbol

USERS = (
    "taro",
    "hana",
    "Bob",
    "bob+list",
    '"a b"',
    "a.b",
    "root",
    "x%y",
    "uu!bob",
    "@hub.here.example:bob",
    "list:bob",
    "a@b",
    "\\taro",
    "<bob",
    "bob>",
    "o'b",
    "",
    "a=b",
    "/tmp/x",
    "|prog",
    ":include:/x",
)
DOMAINS = (
    "mail.here.example", "here.example", "pc1", "pc1.here.example", "hub.here.example", "remote.example",
    "REMOTE.Example.", "alias.remote.example", "nosuch.example", "virt.example", "virt2.example",
    "table.example", "x.sub.table.example", "spam.example", "good.example", "[127.0.1.1]", "[127.0.0.2]",
    "[IPv6:::1]", "host.UUCP", "node.BITNET", "moved.example.REDIRECT", "localhost", "localized.example",
    "old.here.example", "a..b", ".", "", "viamx.example", "nomx.example",
)  # fmt: skip


def parses(addresses: Sequence[str]) -> str:
    """``/parse`` of each."""
    return "".join(f"/parse {address}\n" for address in addresses)


def tries(addresses: Sequence[str] = TRIED, mailers: Sequence[str] = ("esmtp", "local")) -> str:
    """``/try`` of each, as sender and recipient of header and envelope."""
    lines = []
    for flags in ("HS", "ES", "HR", "ER"):
        lines.append(f"/tryflags {flags}\n")
        lines += (f"/try {mailer} {address}\n" for mailer in mailers for address in addresses)
    return "".join(lines)


def checks(senders: Sequence[str] = SENDERS, recipients: Sequence[str] = RECIPIENTS) -> str:
    """What the server asks of the rules, for several clients."""
    lines = []
    for name, address in CLIENTS:
        lines += (
            f".D{{client_name}}{name}\n.D{{client_addr}}{address}\n.D{{client_ptr}}{name}\n.D{{client_resolve}}OK\n",
        )
        lines += (f"Start,check_relay {name} $| {address}\n",)
        for sender in senders:
            lines += (f".D{{mail_addr}}{sender.strip('<>')}\n.Df{sender.strip('<>')}\n", f"check_mail {sender}\n")
        lines += (f"check_rcpt {recipient}\n" for recipient in recipients)
        lines += (f"Start,check_compat {senders[0]} $| {recipients[0]}\n",)
    return "".join(lines)


def questions(addresses: Sequence[str]) -> str:
    """The other lines of test mode."""
    looks = "=M\n$m\n$j\n=Sparse\n=S3\n=S4\n/mx remote.example\n/mx nosuch.example\n/canon pc1\n"
    looks += "/canon alias.remote.example\n"
    maps = "".join(
        f"/map {name} {key}\n" for name in ("host", "access", "mailertable") for key in ("pc1", "here.example")
    )
    return (
        looks + maps + ".Dxvalue\n$x\n" + "".join(f"3,0 {address}\n" for address in addresses) + "-d21.12\n3,0 taro\n"
    )


def by_lot(random: Random, count: int) -> list[str]:
    """Addresses drawn by lot."""
    drawn = []
    for _ in range(count):
        user, domain = random.choice(USERS), random.choice(DOMAINS)
        address = user if random.random() < 0.15 else f"{user}@{domain}"
        if random.random() < 0.1:
            address = f"{address}{random.choice('%@!:.')}{random.choice(DOMAINS)}"
        if random.random() < 0.1:
            address = f"{random.choice(('Bob Smith', 'B. Smith', ''))} <{address}>"
        if random.random() < 0.05:
            address = f"{address} (a comment)"
        drawn.append(address)
    return drawn


def sessions(random: Random, by_chance: int) -> Iterator[tuple[str, str]]:
    """All that is typed for one cf: a name and the lines."""
    drawn = by_lot(random, by_chance)
    yield "parse", parses((*ADDRESSES, *drawn))
    yield "try", tries((*TRIED, *drawn[: by_chance // 4]))
    yield "check", checks(recipients=(*RECIPIENTS, *(f"<{one}>" for one in drawn[: by_chance // 4])))
    yield "questions", questions((*ADDRESSES, *drawn[: by_chance // 2]))

"""What is done without rules is what the stock rules say: where mail goes, for whom it is relayed, who is masked."""

from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from simlib import World
from simlib.cf import Cf, stock
from simlib.message.envelope import Message
from simlib.message.masquerade import masquerade
from simlib.mta.policy.checks import check
from simlib.mta.policy.client_name import FAIL, FORGED, OK, TEMP, ClientName
from simlib.mta.policy.relaying import relays_for
from simlib.mta.policy.settings import Settings
from simlib.mta.policy.ways import Ways, answered_at_once

HOST, INSIDE, MASK, RELAYED = "mail.here.example", "pc1.here.example", "here.example", "friends.example"
OWN = (HOST, "mail", "mine.example", "[10.0.0.1]")
RULES = "Snothing\nR$@\t$@"  # one ruleset, and the stock rules are asked
ZONE = "$ORIGIN example.\nfar 60 MX 10 mx.far\nmx.far 60 A 10.0.9.9\nfar.friends 60 A 10.0.9.8\n"

users = st.sampled_from(("hana", "Taro.Y", "root", "o'hara", "a+b", "x_y", "postmaster"))
domains = st.sampled_from(
    (HOST, "Mail", "MINE.example", "far.example", "FAR.example", "nosuch.example", "[10.0.0.1]", "[10.9.9.9]", INSIDE,
     RELAYED, f"a.{RELAYED}", f"un{RELAYED}", "here.example", "x.mine.example", "com")
)  # fmt: skip
addresses = users | st.builds("{}@{}".format, users, domains)
smart_hosts = st.sampled_from(("", "gate.example", "esmtp:gate.example", "relay:[10.1.1.1]"))
clients = st.sampled_from((HOST, "mine.example", "far.example", RELAYED, f"pc.{RELAYED}", f"un{RELAYED}"))


@cache
def ways(lines: str, rules: bool) -> Ways:
    """The ways of a host with such lines in its cf, with rules or by the short cut."""
    world = World(seed=1)
    world.zone(ZONE)
    cf: Cf = stock().with_lines(f"{lines}\n{RULES}" if rules else lines)
    return Ways(cf, world.host(HOST), dict.fromkeys(OWN), "8.18", Settings.of(cf))


@given(addresses, smart_hosts)
def test_mail_goes_where_the_stock_rules_say(address: str, smart: str) -> None:
    lines = f"DS{smart}" if smart else ""
    by_rules, short = ways(lines, True), ways(lines, False)
    ours, theirs = short.destination(address), by_rules.destination(address)
    assert (ours.mailer, ours.host.lower(), ours.user.lower()) == (theirs.mailer, theirs.host, theirs.user.lower())
    users = [one and one.lower() for one in (short.local_user(address), by_rules.local_user(address))]
    assert users[0] == users[1]


@given(addresses, clients, st.sampled_from((OK, FAIL, FORGED, TEMP)))
def test_mail_is_relayed_for_whom_the_stock_rules_relay(address: str, client: str, resolve: str) -> None:
    named = ClientName("" if resolve in (FAIL, TEMP) else client, "10.9.9.1", resolve)
    domain = address.rpartition("@")[2].lower() if "@" in address else ""
    ours = not domain or relays_for(domain, named.trusted, OWN, (RELAYED,), "8.18")
    macros = {"client_name": named.trusted, "client_addr": named.address, "client_resolve": resolve}
    refusal = check(ways(f"CR{RELAYED}", True), "check_rcpt", (f"<{address}>",), macros).refusal
    assert ours == (refusal is None)
    if refusal is not None:
        assert refusal.reply(f"<{address}>") == named.relaying_denied(address)


@given(addresses)
def test_a_sender_is_masked_as_the_stock_rules_mask_him(address: str) -> None:
    message = Message(1, 100, (("From", f" {address}"),))
    ours = masquerade(message, MASK, {*OWN, INSIDE}, ("root", "hana")).header("From")
    there = ways(f"DM{MASK}\nCM{INSIDE}\nCEhana", True)
    asked = there.how_to_write(address, "esmtp", {}, sender=True, header=True)
    assert not isinstance(asked, str)
    (theirs, _), _ = answered_at_once(asked.run, asked.context, there.host, there.settings.patience)
    assert ours is not None and ours.lower() == theirs.lower()

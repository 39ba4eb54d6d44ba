"""Where the rules say that an address leads, and how long that is known."""

from simlib import World
from simlib.mta.policy.routing import Destination
from simlib.mta.policy.ways import OpenQuestion, Ways
from tests.mta.ruled import begun, ruled

RULES = """
Ktable hash -o /etc/mail/table
SParseLocal
R$* < @ $+ >  $: $(table $2 $: $) < $1 @ $2 >
R$+ < $* @ $* >  $#esmtp $@ $1 $: $2 < @ $3 >
R< $* @ $* >  $: $1 < @ $2 >
"""
ZONE = "$ORIGIN far.example.\n@ 60 MX 10 mx\nmx 60 A 10.0.9.9\n"
FIVE = """
S5
Rtaro + $*  $#local $: hana
Rfew + $*  $#local $: few
Rsaburo  $#local $: list
Rlist  $#esmtp $@ hub.example $: list < @ hub.example >
Rgone  $#error $@ nouser $: "550 gone away"
"""


def is_known(ways: Ways, address: str) -> bool:
    return not isinstance(ways.question(address), OpenQuestion)


def test_what_was_found_is_known_until_the_answers_run_out() -> None:
    world, mail = ruled(RULES, ZONE)
    ways = mail.installation.ways
    assert not is_known(ways, "hana@far.example")
    assert ways.found("hana@far.example", {})[1] > 0
    assert ways.found("hana@far.example", {})[1] == 0
    world.run(until="50s")
    assert is_known(ways, "hana@far.example")
    world.run(until="70s")
    assert not is_known(ways, "hana@far.example")


def test_a_table_that_changes_is_asked_anew() -> None:
    _, mail = ruled(RULES, ZONE)
    ways = mail.installation.ways
    assert ways.found("hana@far.example", {})[0].host == "far.example"
    mail.map("table", "far.example. gate.example")
    assert not is_known(ways, "hana@far.example")
    assert ways.found("hana@far.example", {})[0].host == "gate.example"
    mail.map("table", "far.example. door.example")
    assert ways.found("hana@far.example", {})[0].host == "door.example"


def test_a_macro_of_the_session_that_was_read_has_to_be_the_same() -> None:
    _, mail = ruled("SParseLocal\nR$* < @ $+ >  $#esmtp $@ $&f $: $1 < @ $2 >")
    ways = mail.installation.ways
    assert [ways.found("hana@x.example", {"f": sender})[0].host for sender in ("one", "two", "one")] == [
        "one",
        "two",
        "one",
    ]


def test_without_name_service_an_address_leads_on_and_that_is_not_remembered() -> None:
    world, mail = ruled(RULES, ZONE)
    ways = mail.installation.ways
    world.dns.go_down()
    found, seconds = ways.found("hana@far.example", {})
    assert (found.mailer, found.waits) == ("esmtp", False)
    assert seconds > 5
    assert not is_known(ways, "hana@far.example")
    world.dns.come_back()
    assert ways.found("hana@far.example", {})[1] < 5


def test_a_table_that_is_not_there_has_an_address_wait() -> None:
    _, mail = ruled(RULES.replace("-o ", ""), ZONE)
    assert mail.installation.ways.destination("hana@far.example").waits


def test_an_error_is_a_destination_and_mail_for_it_is_refused() -> None:
    _, mail = ruled('SParseLocal\nR$* < @ gone.example >  $#error $@ 5.1.2 $: "550 moved"')
    found = mail.installation.ways.destination("hana@gone.example")
    assert found.refusal is not None
    assert found.refusal[:3] == (550, "5.1.2", "moved")


def after_5(user: str) -> Destination | None:
    """Whom ruleset 5 makes of a user in the end, if it makes another one of him."""
    _, *others = ruled(FIVE)[1].installation.ways.users(user)
    return others[-1] if others else None


def test_ruleset_5_sends_users_elsewhere_or_leaves_them() -> None:
    elsewhere = after_5("list")
    assert elsewhere is not None
    assert (elsewhere.mailer, elsewhere.host) == ("esmtp", "hub.example")
    assert after_5("jiro") is None
    gone = after_5("gone")
    assert gone is not None
    assert gone.refusal is not None
    assert gone.refusal.words == "gone away"


def test_ruleset_5_is_asked_about_a_detail_and_of_what_it_has_made() -> None:
    moved = after_5("taro+x")
    assert moved is not None
    assert (moved.mailer, moved.user) == ("local", "hana")
    assert after_5("taro") is None
    few = after_5("few+x")
    assert few is not None
    assert (few.mailer, few.user) == ("local", "few")
    assert after_5("saburo") == after_5("list")


def test_ruleset_5_is_not_asked_of_who_stays() -> None:
    _, mail = ruled(f"{FIVE}SParseLocal\nR$* < @ $=w . >  $#local $: @ $1")
    ways = mail.installation.ways
    assert ways.destination("gone@here.example").stays
    assert [one.user for one in ways.users("gone@here.example")] == ["gone"]


def test_without_rules_there_is_a_short_cut() -> None:
    ways = World(seed=1).sendmail("mail.here.example").installation.ways
    assert ways.rewriting is None
    assert ways.found("hana@far.example", {}) == (Destination("esmtp", "far.example", "hana@far.example"), 0.0)
    assert not ways.asks_ruleset_5


def test_a_table_that_is_made_anew_counts_at_once_where_nothing_is_delivered() -> None:
    _, mail = ruled("Kroute hash /etc/mail/route\nSParseLocal\nR$* < @ $+ >\t$: $1 < @ $( route $2 $: $2 $) >\n")
    mail.map("route", "far.example first.example")
    ways = mail.installation.ways
    assert ways.destination("x@far.example").host == "first.example"
    mail.map("route", "far.example second.example")
    assert ways.destination("x@far.example").host == "second.example"


def test_details_are_for_rules_to_take_off_where_a_cf_has_rules_of_its_own() -> None:
    whole = "Scanonify=3\nR$*  $: $1\nSparse=0\nR$+ @ $*  $#local $: $1\nR$+  $#local $: $1\n"
    for text, answer in (("", 250), (whole, 550)):
        world, _ = ruled(text)
        session = begun(world)
        assert int(session("RCPT TO:<hana+list@here.example>")[:3]) == answer

"""Incident drills: the commands of the site tell what is wrong, nothing else does; a repair is judged by its effect."""

import re
from functools import cache

import pytest

from simlib.exercises import DRILLS, ExerciseError, find_drill
from simlib.exercises.drill import Drill
from simlib.exercises.scene import Scene

CARDS = [
    pytest.param(drill, number, id=f"{drill.id[:2]}-{number}")
    for drill in DRILLS.values()
    for number in range(1, len(drill.deck) + 1)
]
ONE_OF_EACH_CAUSE = [
    pytest.param(drill, [card[0] for card in drill.deck].index(cause) + 1, id=f"{drill.id[:2]}-{cause}")
    for drill in DRILLS.values()
    for cause in drill.causes
]
EACH = [pytest.param(drill, id=drill.id) for drill in DRILLS.values()]
LOG = "cat /var/log/maillog"


def prints(drill: Drill, scene: Scene, cause: str) -> bool:
    """Whether the command that tells of a cause, typed at the site, prints what tells of it."""
    held = drill.causes[cause]
    said = scene.type(held.command)
    return re.search(held.told.replace("{place}", re.escape(scene.place.name)), said) is not None


@cache
def told(topic: str, number: int) -> tuple[str, str]:
    """What the log has of an incident, and what its caller says."""
    scene = find_drill(topic).at(number)
    return scene.shell(LOG), scene.told()


@pytest.mark.parametrize("drill", EACH)
def test_as_many_incidents_as_there_are_cards_deal_each_of_them_once(drill) -> None:
    cards = [(cause, place) for cause, held in drill.causes.items() for place in held.places]
    assert len(set(cards)) == len(cards) == len(drill.deck)
    for first in (1, 4):
        scenes = [drill.at(number) for number in range(first, first + len(cards))]
        assert len({(scene.cause, scene.place.name) for scene in scenes}) == len(cards)
        assert {scene.cause for scene in scenes} == set(drill.causes)


@pytest.mark.parametrize(("drill", "number"), CARDS)
def test_the_commands_tell_the_cause_and_no_other_and_the_cure_holds(drill, number) -> None:
    scene = drill.at(number)
    assert [cause for cause in drill.causes if prints(drill, scene, cause)] == [scene.cause]
    for line in drill.causes[scene.cause].cure:
        scene.type(line)
    verdict = drill.repaired(scene)
    assert verdict.right, verdict.why


@pytest.mark.parametrize(("drill", "number"), CARDS)
def test_what_only_seems_to_be_a_cure_is_told_from_one(drill, number) -> None:
    scene = drill.at(number)
    for line in drill.causes[scene.cause].wrong:
        scene.type(line)
    verdict = drill.repaired(scene)
    assert not verdict.right
    assert len(verdict.why) > 20


@pytest.mark.parametrize(("drill", "number"), ONE_OF_EACH_CAUSE)
def test_what_is_left_alone_does_not_mend_itself(drill, number) -> None:
    assert not drill.repaired(drill.at(number)).right


@pytest.mark.parametrize(("drill", "number"), CARDS)
def test_the_letter_of_the_caller_is_in_the_log_at_the_time_he_says(drill, number) -> None:
    scene = drill.at(number)
    log, said = told(drill.id[:2], number)
    assert scene.letter.sender in said
    assert scene.letter.to in said
    found = [line for line in log.splitlines() if re.search(rf"from=<?{re.escape(scene.letter.sender)}|arg1=", line)]
    moments = [_seconds(line) for line in found]
    assert any(abs(moment - scene.letter.at) < 60 for moment in moments), (scene.letter, found[:3])
    clock = re.search(r"at about (\d\d):(\d\d)\.", said)
    assert clock is not None
    assert abs(int(clock[1]) * 3600 + int(clock[2]) * 60 - 9 * 3600 - scene.letter.at) <= 150


def _seconds(line: str) -> float:
    """The moment of a line of the log, in seconds from the world's start."""
    hour, minute, second = map(int, line.split()[2].split(":"))
    return (hour - 9) * 3600 + minute * 60 + second


@pytest.mark.parametrize(("drill", "number"), ONE_OF_EACH_CAUSE)
def test_a_card_that_returns_has_other_letters_and_times(drill, number) -> None:
    scene, later = drill.at(number), drill.at(number + len(drill.deck))
    assert (later.cause, later.place.name) == (scene.cause, scene.place.name)
    assert told(drill.id[:2], number)[0] != later.shell(LOG)
    assert told(drill.id[:2], number)[0] == drill.at(number).shell(LOG)


@pytest.mark.parametrize("drill", EACH)
def test_neither_the_question_nor_the_causes_nor_whom_one_can_ring_up_give_it_away(drill) -> None:
    people = set()
    for number in range(1, len(drill.deck) + 1):
        scene = drill.at(number)
        place, asked = scene.place.name, drill.exercise(number, scene).question.replace(drill.complaint, "")
        if not place.isdigit():
            assert re.search(rf"(?<![\w.@-]){re.escape(place)}(?![\w-])", asked) is None, asked
        assert not any(place in cause for cause in drill.causes)
        people.add(tuple(sorted(scene.calls)))
    assert len(people) == 1


@pytest.mark.parametrize("drill", EACH)
def test_no_host_and_no_file_is_there_only_because_something_is_wrong(drill) -> None:
    """But for the one name that is drawn: that of the host behind the gateway of 07."""
    there = set()
    for number in range(1, len(drill.deck) + 1):
        scene = drill.at(number)
        hosts = frozenset(re.sub(r"^\w+\.club\.", "club.", name) for name in scene.world.network.hosts)
        there.add((hosts, scene.shell("ls /etc"), scene.shell("ls /root"), scene.shell("ls /etc/cron.d")))
    assert len(there) == 1


@pytest.mark.parametrize("drill", EACH)
def test_there_are_several_causes_each_with_all_that_belongs_to_it(drill) -> None:
    assert len(drill.causes) >= 2
    for held in drill.causes.values():
        assert held.cure
        assert held.wrong
        assert held.cure != held.wrong


@pytest.mark.parametrize("drill", EACH)
def test_the_right_answer_is_right_and_each_other_is_refused_with_a_reason(drill) -> None:
    for number in (1, 2):
        exercise = drill.exercise(number)
        assert exercise.check(exercise.solution).right
        for wrong in exercise.mistakes:
            verdict = exercise.check(wrong)
            assert not verdict.right
            assert len(verdict.why) > 10


def incident(topic: str, cause: str, place: str = "") -> Scene:
    """An incident of a cause, and at a place if one is named."""
    drill = find_drill(topic)
    number = next(n for n, card in enumerate(drill.deck, 1) if card[0] == cause and card[1] in (place or card[1],))
    return drill.at(number)


def cause(topic: str, words: str) -> str:
    return next(one for one in find_drill(topic).causes if words in one)


@pytest.mark.parametrize(
    ("topic", "words", "place", "given"),
    [
        ("04", "still down", "mx.site2.example", "MX.Site2.Example."),
        ("04", "still down", "mx.site2.example", "site2.example"),
        ("04", "still down", "mx.site2.example", "site2"),
        ("04", "still down", "mx.site2.example", "10.0.0.4"),
        ("04", "still down", "mx.site2.example", "[10.0.0.4]"),
        ("04", "still down", "mx.site2.example", "mx.site2.example. [10.0.0.4]"),
        ("04", "still down", "mx.site2.example", "relay=mx.site2.example."),
        ("04", "still down", "mx.site2.example", "the host mx.site2.example"),
        ("04", "not run", "", "-q15m"),
        ("04", "not run", "", "-bd -q30m"),
        ("04", "not run", "", "/usr/sbin/sendmail -bd -q1h"),
        ("05", "nothing runs", "", "sendmail -q30m"),
        ("02", "load", "", "O RefuseLA=12"),
        ("02", "load", "", "refusela"),
        ("03", "our own", "", "MaxMessageSize=2000000"),
        ("03", "mailers", "", "Mesmtp"),
        ("03", "mailers", "", "mailer esmtp"),
        ("03", "mailers", "", "Mesmtp, P=[IPC], F=mDFMuXa, M=2000000, E=\\r\\n"),
        ("01", "quota", "hana", "hana@mail.here.example"),
        ("01", "quota", "hana", "Hana@here.example"),
        ("01", "quota", "hana", "/var/mail/hana"),
        ("01", "disk", "", "/var/mail/"),
        ("07", "each other", "gate.south.example", "GATE.SOUTH.EXAMPLE"),
        ("08", "not offer", "site1.example", "gate.site1.example"),
        ("09", "VRFY", "mail.south.example", "south.example"),
        ("10", "decodes", "mx.site0.example", "mail.here.example"),
        ("11", "emptied", "12", "12:00"),
        ("11", "emptied", "12", "12:02"),
        ("11", "refused", "mail.west.example", "west.example"),
        ("12", "is down", "mx.peer1.example", "peer1.example"),
        ("13", "left", "club", "club@here.example"),
        ("14", "not mounted", "/home/east", "/home/east/hana/.forward"),
        ("15", "its own name", "", "DNS"),
        ("15", "its own name", "", "ns.here.example"),
        ("15", "file system", "/opt/lists", "/opt/lists/"),
        ("15", "file system", "/opt/lists", "/opt/lists/archive"),
        ("16", "nothing runs", "", "-q1h"),
        ("17", "relays", "dialup3.net.example", "dialup3"),
        ("17", "account", "hana", "hana@here.example"),
        ("19", "makemap", "north.example", "gate.north.example"),
    ],
)
def test_the_place_is_taken_in_all_its_usual_names(topic: str, words: str, place: str, given: str) -> None:
    scene = incident(topic, cause(topic, words), place)
    verdict = find_drill(topic).exercise(1, scene).check(f"{scene.cause}\n  {given}")
    assert verdict.right, verdict.why


@pytest.mark.parametrize(
    ("topic", "words", "place", "given"),
    [
        ("17", "relays", "dialup3.net.example", "dialup2"),
        ("17", "relays", "dialup3.net.example", "dialup33.net.example"),
        ("17", "relays", "dialup3.net.example", "10.0.0.1"),
        ("04", "still down", "mx.site2.example", "mx"),
        ("04", "still down", "mx.site2.example", "site20.example"),
        ("04", "still down", "mx.site2.example", "mx.site1.example"),
        ("02", "load", "", "QueueLA"),
        ("03", "mailers", "", "smtp"),
        ("01", "quota", "hana", "hanako"),
        ("04", "not run", "", "-bd"),
    ],
)
def test_another_place_is_not_taken_for_it(topic: str, words: str, place: str, given: str) -> None:
    scene = incident(topic, cause(topic, words), place)
    verdict = find_drill(topic).exercise(1, scene).check(f"{scene.cause}\n{given}")
    assert not verdict.right


@pytest.mark.parametrize("given", ["spam@dialup3.net.example", "net.example", "mx"])
def test_a_name_that_means_no_place_for_certain_is_called_near_or_wrong(given: str) -> None:
    scene = incident("17", cause("17", "relays"), "dialup3.net.example")
    verdict = find_drill("17").exercise(1, scene).check(f"{scene.cause}\n{given}")
    assert not verdict.right
    assert ("near: write the name itself" in verdict.why) == (given != "mx")


@pytest.mark.parametrize("drill", EACH)
def test_a_command_is_told_as_it_is_typed(drill) -> None:
    for number in range(1, len(drill.deck) + 1):
        scene = drill.at(number)
        exercise = drill.exercise(number, scene)
        said = [*exercise.hints, exercise.check(exercise.solution).why, drill.debrief(scene), *drill.cure(scene)]
        assert not any(re.search(r"\{\w+\}", words) for words in said)
        assert not any(scene.place.name in hint for hint in exercise.hints[-1:] if not scene.place.name.isdigit())


def test_an_unknown_one_is_named_with_those_there_are() -> None:
    with pytest.raises(ExerciseError, match=r"no drill for '99'.*04"):
        find_drill("99")
    with pytest.raises(ExerciseError, match="counted from 1"):
        find_drill("04").at(0)


def test_a_letter_to_a_postmaster_does_what_a_call_does() -> None:
    drill = find_drill("12")
    scene = incident("12", cause("12", "hangs"), "mx.peer1.example")
    scene.type("echo 'It hangs.' | mail -s 'your mail host' postmaster@peer1.example")
    scene.type("sendmail -q")
    scene.pass_time(3600)
    verdict = drill.repaired(scene)
    assert verdict.right, verdict.why
    assert scene.desk.cf["ConnectionCacheSize"] == 8


def test_whom_one_rings_up_in_vain_says_so_and_nothing_is_changed() -> None:
    scene = incident("12", cause("12", "hangs"), "mx.peer1.example")
    assert "nothing that could be done there" in scene.ring("postmaster@peer2.example")
    assert not find_drill("12").repaired(scene).right


def test_another_cure_than_the_one_that_is_shown_holds_as_well() -> None:
    scene = incident("04", cause("04", "too old"))
    for line in ("purgestat", "sendmail -q"):
        scene.type(line)
    assert not find_drill("04").repaired(scene).right  # what is remembered is thrown away only where it has expired
    scene = incident("07", cause("07", "each other"))
    scene.type(f"ring up postmaster@{scene.place.name}")
    assert find_drill("07").repaired(scene).right


def test_a_mailbox_that_was_emptied_is_no_room_gained() -> None:
    scene = incident("01", cause("01", "quota"), "hana")
    scene.type("cp /dev/null /var/mail/taro")
    verdict = find_drill("01").repaired(scene)
    assert not verdict.right
    assert "mailbox of taro was emptied" in verdict.why

"""VRFY and EXPN over users, aliases and lists, and what a collector of addresses gets (slide claim 09.3)."""

import pytest

from simlib import World


def asked(question: str, privacy: str = "public") -> str:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example", domain="here.example", cf=f"O PrivacyOptions={privacy}")
    world.user(mail, "taro", "hana")
    world.file(mail, "/home/lists/club", "hana, mika@far.example")
    mail.aliases = 'staff: taro, hana\nclub: :include:/home/lists/club\nring: ring\nout: "|/usr/bin/away"'
    world.sendmail("mx.far.example", domain="far.example")
    world.host("pc.spam.example")
    return world.telnet("pc.spam.example", mail)(question)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("VRFY taro", "250 2.1.5 <taro@mail.here.example>"),
        ("VRFY taro@here.example", "250 2.1.5 <taro@mail.here.example>"),
        ("VRFY staff", "250 2.1.5 <staff@mail.here.example>"),
        ("VRFY nobody", "550 5.1.1 nobody... User unknown"),
        ("VRFY mika@far.example", "252 2.1.5 <mika@far.example>"),
        ("VRFY @far.example", "553 5.1.3 @far.example... User address required"),
        ("EXPN staff", "250-2.1.5 <hana@mail.here.example>\n250 2.1.5 <taro@mail.here.example>"),
        ("EXPN club", "250-2.1.5 <hana@mail.here.example>\n250 2.1.5 <mika@far.example>"),
        ("EXPN out", "250 2.1.5 <|/usr/bin/away>"),
        ("EXPN ring", "550 5.1.1 ring... User unknown"),
        ("EXPN nobody", "550 5.1.1 nobody... User unknown"),
    ],
)
def test_question_and_answer(question: str, answer: str) -> None:
    assert asked(question) == answer


@pytest.mark.parametrize("privacy", ["novrfy,noexpn", "goaway"])
def test_nothing_is_told_where_it_is_forbidden(privacy: str) -> None:
    assert asked("VRFY taro", privacy) == asked("VRFY nobody", privacy)
    assert asked("EXPN staff", privacy) == asked("EXPN nobody", privacy)
    assert "taro@" not in asked("EXPN staff", privacy)


def test_what_is_asked_stands_in_the_log() -> None:
    world = World(seed=1)
    mail = world.sendmail("mail.here.example")
    world.host("pc.spam.example")
    world.telnet("pc.spam.example", mail)("EXPN staff")
    assert "pc.spam.example [10.0.0.2]: EXPN staff" in world.shell(mail)("cat /var/log/maillog")

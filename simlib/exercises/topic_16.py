"""16 Replacing the system."""

from collections import Counter
from collections.abc import Sequence

from simlib.exercises.exercise import Exercise, WrongAnswer, another_way, exactly, short
from simlib.language import phrase
from simlib.replacement import ADVICE, CARDS, duration, replace_system
from simlib.trace.record import Trace
from simlib.world import World

MOST_MINUTES = 45  # that the host may be away from the net


def _run(
    order: Sequence[str], version: str = "8.18", coming: int = 30, every: str = "1h", here: int = 6, there: int = 0
) -> Trace:
    """A replacement, and a letter each three minutes from a host that tries again and again.

    In mqueue lie ``here`` letters for people here and ``there`` ones for people at far.example.
    """
    world = World(seed=16)
    world.zone("@ 3600 MX 10 mail", origin="here.example.")
    mail = world.sendmail("mail.here.example", cf="Cwhere.example\nO DeliveryMode=queueonly", version=version)
    far = world.sendmail("mail.far.example", domain="far.example")
    mail.queue_run(every=every)
    far.queue_run(every="45s")
    for n in range(here + there):
        mail.submit("jiro@far.example", f"user{n}@{'here' if n < here else 'far'}.example", at="1m")
    for n in range(coming):
        far.submit("taro@far.example", f"hana{n}@here.example", at=360 + n * 5400 // coming)
    replace_system(world, mail, order, at="5m")
    return world.run(until="4h")


def _order(answer: str) -> list[str]:
    return [line.strip() for line in answer.splitlines() if line.strip()]


def _installed(order: Sequence[str]) -> None:
    twice = [step for step, times in Counter(order).items() if times > 1]
    if twice:
        raise WrongAnswer(
            "“{twice}” is there twice. Each step is done once: which of the two is needed?", twice=phrase(twice[0])
        )
    strange = [step for step in order if step not in CARDS]
    if strange:
        raise WrongAnswer("“{strange}” is none of the cards.", strange=short(strange[0]))
    if "install" not in order:
        raise WrongAnswer("The new system was never installed.")


def _all_delivered(order: Sequence[str]) -> None:
    for version in ("8.8.8", "8.18"):
        trace = _run(order, version)
        totals = trace.totals()
        if totals["bounced"]:
            steps = trace.steps
            worst = next(step for step, bounced in zip(steps["step"], steps["bounced"], strict=True) if bounced)
            raise WrongAnswer(
                "sendmail {version}: {bounced} of 36 bounced, the first after “{worst}”.",
                version=version,
                bounced=totals["bounced"],
                worst=phrase(worst),
            )
        if totals["delivered"] < 36:
            raise WrongAnswer(
                "sendmail {version}: {queued} of 36 still wait after four hours.",
                version=version,
                queued=totals["queued"],
            )


def _safe(answer: str) -> str:
    order = _order(answer)
    _installed(order)
    _all_delivered(order)
    return phrase("All 36 letters are delivered, in {duration:g} minutes of work.", duration=duration(order))


def _quick(answer: str) -> str:
    order = _order(answer)
    _installed(order)
    _all_delivered(order)
    trace = _run(order, every="1m")
    late = _latest(trace)
    if late > MOST_MINUTES:
        slide = " The slide's own order is a little too slow here." if tuple(order) == ADVICE else ""
        raise WrongAnswer(
            "Nothing bounces, but a letter from outside came {late:.0f} minutes late.{slide}", late=late, slide=slide
        )
    other = another_way(late, _latest(_run(_QUICK, every="1m")), "keeps a letter {number:.0f} minutes")
    return phrase(
        "Nothing bounces, and no letter from outside came more than {late:.0f} minutes late.{other}",
        late=late,
        other=other,
    )


def _latest(trace: Trace) -> float:
    """How late a letter from outside came at most (minutes)."""
    return float(max(trace.messages.where(host="mail.far.example", notice=False)["delay"]) / 60)


HERE, THERE = 5, 3  # letters in mqueue for 16.a
_IN_WORDS = {
    "all": str(HERE + THERE),
    "all of them": str(HERE + THERE),
    "none": "0",
    "全部": str(HERE + THERE),
    "zero": "0",
    "three": "3",
    "five": "5",
    "eight": "8",
}
_QUICK = (
    "save sendmail.cf", "run the queue", "disconnect", "install", "kill sendmail", "put sendmail.cf in place",
    "start sendmail", "connect",
)  # fmt: skip
_TOLD = ("save sendmail.cf", "install", "put sendmail.cf in place", "kill sendmail", "start sendmail")


def _ruined(answer: str) -> str:
    bounced = _run(_TOLD, coming=0, here=HERE, there=THERE).totals()["bounced"]
    why = "The first queue run comes with the boot, before the file is in place. But mail for others goes out as ever."
    near = {
        0.0: "Who starts sendmail before the file is in place?",
        float(HERE + THERE): "The sendmail.cf of the new system does not know who is here. Can it send mail to others?",
        float(THERE): "Which letters does the new system take for its own: those for people here, or the others?",
        1.0: "The first queue run takes all that lies in the queue.",
    }
    number = _IN_WORDS.get(answer.strip().lower().rstrip("."), answer)
    return exactly(bounced, why, near, "Count the letters in mqueue, by whom they are for.", "letters")(number)


EXERCISES = (
    Exercise(
        "16.a",
        f"{HERE + THERE} letters lie in mqueue: {HERE} for people here, {THERE} for people at far.example, which is up. No "
        f"other mail comes. The steps are: {', '.join(_TOLD)}. The host stays on the net. How many letters are bounced?",
        "number",
        _ruined,
        solution="5",
        hints=("What does /etc/rc of the new system do?", "-q1h: when is the first run?"),
        mistakes=("0", "8", "many"),
    ),
    Exercise(
        "16.b",
        "Lay the cards so that no letter bounces and all are delivered, with the sendmail of 1998 and with today's. 6 "
        "letters for people here lie in mqueue, and more come. Steps may be left out, but the new system must be installed.",
        "order",
        _safe,
        solution="\n".join(ADVICE),
        hints=(
            "Off the net the wrong sendmail can do no harm.",
            "What must not run any more before the plug is put in?",
            "save, run the queue, disconnect, install, kill, keep quiet, put in place, reboot, start, connect",
        ),
        mistakes=("install", "\n".join(_TOLD), "run the queue", "save the file\ninstall",
                  "save sendmail.cf\ndisconnect\ninstall\nconnect\nkill sendmail\nput sendmail.cf in place\nstart sendmail"),
        given="\n".join(_TOLD),
        choices=tuple(CARDS),
    ),
    Exercise(
        "16.c",
        phrase("As before; and no letter from outside may come more than {most_minutes} minutes late. (The installation alone takes 30 minutes, and senders here come again each minute.)", most_minutes=MOST_MINUTES),
        "order",
        _quick,
        solution="\n".join(_QUICK),
        hints=(
            "What can be done while the host is still on the net?",
            "Which steps are only needed if the machine is booted again?",
        ),
        mistakes=("\n".join(ADVICE), "\n".join(_TOLD), "install\nconnect"),
        given="\n".join(ADVICE),
        choices=tuple(CARDS),
    ),
)  # fmt: skip

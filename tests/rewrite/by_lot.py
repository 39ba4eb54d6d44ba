"""Rules drawn by lot: small configurations whose rulesets call one another, and what is asked of them."""

from random import Random

WORDS = ("a", "b", "c", "bob", "Host", "example", "x-y", '"q r"')
OPERATORS = (".", "@", "%", "!", ":", "<", ">", ",", "[", "]", "+")
LEFT = ("$*", "$+", "$-", "$=A", "$=B", "$~A", "$@", "$&m", "$&u", "$|", "$w", "$#")
RIGHT = ("$&m", "$&u", "$w", "$|", "$?m yes $| no $.", "$?z yes $| no $.")
SETS = ("one", "two", "three", "four")
MAPS = ("dequote", "arith +", "arith l", "re", "ren", "rs", "table", "null", "seq", "macro {x}", "nomap")
HEAD = """V10/Berkeley
O OperatorChars=.:%@!^/[]+
Cw localhost
CA a b bob a.b
CB host.example x-y c
Dmbob
Dua.b
Kdequote dequote
Karith arith
Kmacro macro
Kre regex -a<hit> ^a
Kren regex -n -a<miss> ^a
Krs regex -s1 (b+)
Ktable hash -a<found> -o /etc/mail/access
Knull null
Kseq sequence dequote re
Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qPrmn9, A=mail -d $u
Mprog, P=/bin/sh, F=lsDFM, A=sh -c $u
Mesmtp, P=[IPC], F=mDFMuXa, A=TCP $h
"""


def left_side(random: Random) -> str:
    """A left-hand side; it is never empty."""
    return " ".join(random.choice(random.choice((LEFT, LEFT, WORDS, OPERATORS))) for _ in range(random.randint(1, 6)))


def right_side(random: Random, caught: int, callable_sets: tuple[str, ...]) -> str:
    """A right-hand side that refers to what ``caught`` operators hold."""
    parts: list[str] = [random.choice(("", "", "$:", "$:", "$@", "$@", "$#"))]
    for _ in range(random.randint(0, 5)):
        kind = random.random()
        if kind < 0.45 and caught:
            parts.append(f"${random.randint(1, min(caught, 9))}")
        elif kind < 0.55:
            parts.append(random.choice(RIGHT))
        elif kind < 0.68:
            parts.append(look_up(random, caught))
        elif kind < 0.76 and callable_sets:
            parts.append(f"$>{random.choice(callable_sets)}")
        else:
            parts.append(random.choice(random.choice((WORDS, OPERATORS))))
    return " ".join(parts).strip() or "$@"


def look_up(random: Random, caught: int) -> str:
    """A map asked."""
    key = f"${random.randint(1, min(caught, 9))}" if caught else random.choice(WORDS)
    default = random.choice(("", "$: none", "$:", f"$: {key} x"))
    arguments = "".join(f" $@ {random.choice((key, '3', 'a.b'))}" for _ in range(random.randint(0, 2)))
    name = random.choice(
        ("dequote", "arith +", "arith l", "re", "ren", "rs", "table", "null", "seq", "macro {x}", "nomap")
    )
    if name.startswith(("arith", "macro")):
        return f"$({name}{arguments} {default} $)"
    return f"$({name} {key}{arguments} {default} $)"


def configuration(random: Random) -> str:
    """A whole cf. A set calls only those behind it, so that calls end; a loop inside a set may not."""
    lines = [HEAD]
    for number, name in enumerate(SETS):
        lines.append(f"S{name}\n")
        for _ in range(random.randint(1, 7)):
            lhs = left_side(random)
            caught = sum(lhs.count(mark) for mark in ("$*", "$+", "$-", "$=", "$~"))
            lines.append(f"R{lhs}\t{right_side(random, caught, SETS[number + 1 :])}\n")
    return "".join(lines)


def address(random: Random) -> str:
    """Something to type: words and operators in a row, now and then broken."""
    parts = [random.choice(random.choice((WORDS, WORDS, OPERATORS))) for _ in range(random.randint(1, 9))]
    return random.choice(("", "", " ")).join(parts)


def typed(random: Random, count: int) -> str:
    """Lines for the test mode."""
    return "".join(f"{random.choice(SETS)} {address(random)}\n" for _ in range(count))

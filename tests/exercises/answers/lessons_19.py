"""Answers to the exercises of lesson 19: right in many forms, and wrong each with a word of its own."""

BANG = "$: $2 @ $1"
OURS = "$1 @ here.example"
TO_GATE = "$#esmtp $@ gate.here.example $: $1 < @ partner.example. >"
GATE, RELAY = "esmtp:gate.here.example", "esmtp:relay.here.example"
ALL_THREE = f"partner.example {GATE}\n.partner.example {GATE}\nold.partner.example {RELAY}"

RIGHT = {
    "19.a": [
        f"R$+ ! $+\t{BANG}",
        f"R$* ! $*\t{BANG}",
        "R$+ ! $+\t$@ $2 @ $1",
        "R$+!$+\t$:$2@$1",
        f"R$+ ! $+   {BANG}   the first host only",
        f"R $+ ! $+ \t\t{BANG}\tbehind the user",
        f"# an old network\nR$+ ! $+\t{BANG}",
        "R$+ ! $+\t$: $2 < @ > $1\nR$* < @ > $*\t$: $1 @ $2",
    ],
    "19.b": [
        f"R$+ @ $+ . here.example\t{OURS}",
        f"R$+ @ $+ . here.example\t$: {OURS}",
        f"R$* @ $+ . here . example\t$@ {OURS}",
        "R$+@$+.here.example\t$1@here.example",
        f"R$+ @ $* . here.example  {OURS}  no names of hosts",
        f"R$+ @ $+ . HERE.example\t{OURS}",
        f"R$+ @ $- . $+ here.example\t$1 @ $3 here.example\nR$+ @ $- . here.example\t{OURS}",
    ],
    "19.c": [
        f"R$+ < @ partner.example. >\t{TO_GATE}",
        f"R$* < @ partner . example . >\t{TO_GATE}",
        "R$+<@partner.example.>\t$#esmtp$@gate.here.example$:$1<@partner.example.>",
        f"R$+ < @ partner.example. >  {TO_GATE}  to their gate",
        "R$+ < @ partner.example. >\t$# esmtp $@ [gate.here.example] $: $1 < @ partner.example . >",
        "R$+ < @ $- . example . >\t$: < $2 > $1 < @ $2.example. >\n"
        "R< partner > $+ < @ $+ >\t$#esmtp $@ gate.here.example $: $1 < @ $2 >\nR< $- > $*\t$: $2",
        f"R$+ < @ partner.example. > $*\t{TO_GATE}",
    ],
    "19.d": [
        ALL_THREE,
        ALL_THREE.replace(" ", "\t"),
        "\n".join(reversed(ALL_THREE.splitlines())),
        ALL_THREE.upper().replace("ESMTP", "esmtp").replace("HERE.EXAMPLE", "here.example"),
        f"# our partner\n{ALL_THREE}\n",
        ALL_THREE.replace("esmtp:gate.here.example", "esmtp:[gate.here.example]"),
        ALL_THREE.replace(" ", "    "),
    ],
}
WRONG = {
    "19.a": {
        "R$+ ! $+\t$2 @ $1": "A way over several hosts comes out otherwise",
        f"R$- ! $-\t{BANG}": "where the host's name has dots",
        f"R$+ ! $-\t{BANG}": "where the user is more than one token",
        "R$+ ! $+\t$: $1 @ $2": "The plainest kind",
        f"R$+ ! $+ {BANG}": "tab expected",
        f"$+ ! $+\t{BANG}": "There is no rule in it yet",
        "R$+ ! $+\t$2 ! $1": "it never ends",
        f"R$+ ! $+\t{BANG}\nR$* % $*\t$: $1 @ $2": "An address without a ! does not stay",
        "R$+ ! $+\t$: $3 @ $1": "replacement $3 out of bounds",
    },
    "19.b": {
        f"R$+ @ $- . here.example\t{OURS}": "where a host is deeper in our domain",
        f"R$+ @ $* here.example\t{OURS}": "it never ends",
        f"R$+ @ $+ . $+\t$: {OURS}": "An address of another domain does not stay",
        f"R$+ @ $+ . here.example $*\t{OURS}": "in which ours is only a part",
        f"R$- @ $+ . here.example\t{OURS}": "where the user is more than one token",
        "R$+ @ $+ . here.example\t$1 @ $2": "The plainest kind",
        f"R$+ @ $+ . here.example {OURS}": "tab expected",
        f"R$+ @ $+ . here.example\t{OURS}\nR$+\t$: $1 @ here.example": "The plainest kind",
        f"R$+ @ $+ . here.example\t{OURS}\nR$-\t$: {OURS}": "A user without an @ does not stay",
    },
    "19.c": {
        f"R$+ < @ partner.example >\t{TO_GATE}": "Nothing has changed",
        "R$+ < @ $+ >\t$#esmtp $@ gate.here.example $: $1 < @ $2 >": "Mail for another domain",
        "R$+ < @ $* partner.example. >\t$#esmtp $@ gate.here.example $: $1 < @ $2 partner.example. >": "a host in partner.example",
        "R$+ < @ partner.example $* >\t$#esmtp $@ gate.here.example $: $1 < @ partner.example $2 >": "a longer name",
        "R$+ < @ partner.example. >\t$#esmtp $@ gate.here.example": "complains of mail for partner.example: no user",
        "R$+ < @ partner.example. >\t$#smtp1 $@ gate.here.example $: $1": "unknown mailer smtp1",
        "R$+ < @ partner.example. >\t$1 < @ gate.here.example >": "not with the address that it had",
        "R$+ < @ partner.example. >\t$#esmtp $@ relay.here.example $: $1 < @ partner.example. >": "does not go to the gate",
        "R$+ < @ partner.example. >\t$#relay $@ gate.here.example $: $1 < @ partner.example. >": "by the mailer relay",
        f"R$+ < @ partner.example. > {TO_GATE}": "tab expected",
    },
    "19.d": {
        f"partner.example {GATE}\nold.partner.example {RELAY}": "a host in partner.example does not go",
        f".partner.example {GATE}\nold.partner.example {RELAY}": "partner.example itself",
        f"partner.example {GATE}\n.partner.example {GATE}": "old.partner.example does not go to the relay",
        "partner.example gate.here.example": "it is written mailer:host",
        ALL_THREE.replace("esmtp:relay", "relay:relay"): "by the mailer relay",
        ALL_THREE.replace("esmtp:", "smtp1:"): "a mailer that is not there",
        f"{ALL_THREE}\n.example {GATE}": "Mail for another domain",
        f"{ALL_THREE}\npartner.example {RELAY}": "duplicate key",
        "partner.example": "no RHS for LHS",
    },
}

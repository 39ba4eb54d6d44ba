"""What lesson 19 asks before its runs."""

import re

from simlib.exercises.question import Point, Question, among
from simlib.trace.record import Trace
from simlib.world import World


def _given(text: str) -> int:
    """How many tokens the first ruleset is given."""
    return len(re.findall(r"input:(.*)", text)[0].split())


def _result(text: str) -> str:
    """The workspace that comes out in the end, as address test mode writes it."""
    return str(re.findall(r"returns:(.*)", text)[-1]).strip()


def _together(text: str) -> str:
    """The same without blanks."""
    return _result(text).replace(" ", "")


def _host(text: str) -> str:
    """The host to which ruleset 0 leads; empty where it leads to none."""
    found = re.findall(r"\$@ (.*?) \$:", _result(text))
    return str(found[0]).replace(" ", "") if found else ""


def _mailer(text: str) -> str:
    """The mailer that ruleset 0 has chosen."""
    return _result(text).split()[1]


def _called(trace: Trace) -> str:
    """Which hosts mail.here.example has called."""
    hosts = sorted(set(trace.connections.where(client="mail.here.example")["server"]))
    return ", ".join(hosts)


def _moved() -> Trace:
    """A letter to an address that is an alias for another one."""
    world = World(seed=4)
    mail = world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mail.new.example", domain="new.example")
    mail.aliases = "hana: hana@new.example"
    mail.submit("taro@here.example", "hana@here.example", headers={"To": "hana@here.example"})
    return world.run(until="1h")


def _through_us() -> Trace:
    """A stranger hands in a letter for somebody far away."""
    world = World(seed=4)
    world.sendmail("mail.here.example", domain="here.example")
    world.sendmail("mx.far.example", domain="far.example")
    stranger = world.sendmail("pc.stranger.example", cf="DSesmtp:[mail.here.example]")
    stranger.submit("x@pc.stranger.example", "hana@far.example")
    return world.run(until="1h")


QUESTIONS = (
    Question(
        "19.1",
        "sendmail takes bob@mail.here.example apart into tokens. How many tokens are these?",
        seen=_given,
        unit="tokens",
        near={
            4: "The words are four. The @ and the dots are tokens as well.",
            2: "User and host are two parts. sendmail takes apart further.",
            3: "The @ is a token, and so is each dot. So the host's name is more than one.",
            5: "Each dot is a token, too.",
            6: "Count again: four words, an @, and the dots.",
            21: "Those are its characters. A word is one token.",
        },
        because="Each operator character, such as @ and the dot, is a token of its own. What stands between is one word.",
    ),
    Question(
        "19.2",
        "A ruleset has one rule: $* @ $* on its left side, $2 ! $1 on its right. What does it make of bob@mail.here.example?",
        choices={
            "bob!mail.here.example": (
                "bob!mail.here.example",
                "The right side puts $2 first. $2 is what the second $* caught.",
            ),
            "mail.here.example!bob": (
                "mail.here.example!bob",
                "The first $* caught bob, the second one all of the host's name.",
            ),
            "mail!bob": ("mail!bob", "$* catches as many tokens as it takes, dots among them."),
            "bob@mail.here.example": (
                "bob@mail.here.example, as before",
                "The left side matches: something, an @, something.",
            ),
        },
        seen=_together,
        because="The left side says what an address has to look like. The right side says what becomes of it.",
    ),
    Question(
        "19.2b",
        "The left side is now $* . $* and the address is hana@pc1.here.example. It has two dots. What does the first $* catch?",
        choices={
            "hana @ pc1 . here": ("hana@pc1.here", "That would be the longest one. It begins with the shortest."),
            "hana @ pc1": (
                "hana@pc1",
                "It began with no token, then hana, then one more each time, until the rest fitted.",
            ),
            "pc1": ("pc1", "The left side has to match the whole address, from its first token on."),
            "hana": ("hana", "Behind hana stands an @, and the rule wants a dot."),
        },
        seen=lambda text: _result(text).partition(" and ")[0],
        because="The shortest first: an operator takes one token more only if the rest does not fit.",
    ),
    Question(
        "19.3",
        "A rule has $* . $* on the left and $1 _ $2 on the right: it turns a dot into a _. How many dots of bob@mail.here.example does it turn?",
        choices={
            0: ("none", "There are dots in it, so it matches."),
            1: ("the first one", "That is one turn. After it the rule is tried again."),
            2: ("both", "After the first turn it matches again, and after the second one no more."),
            100: ("as many as 100", "It ends as soon as no dot is left."),
        },
        seen=lambda text: _result(text).count("_"),
        because="A rule is a loop: it is applied again and again, for as long as it matches.",
    ),
    Question(
        "19.3b",
        "A rule has $* on the left and $1 x on the right: it puts an x behind the address. It always matches. What comes of bob?",
        choices={
            0: ("bob with one x", "Nothing in this rule says once."),
            1: ("bob with about a hundred x", "sendmail counts the turns, and calls this an infinite loop."),
            2: ("bob with thousands of x", "It would go on for ever, and so sendmail counts."),
        },
        seen=lambda text: among(_result(text).count("x"), 2, 1_000),
        because="After 100 turns sendmail complains, and leaves the ruleset.",
    ),
    Question(
        "19.4",
        "Two rules. The first turns user@here.example into: here user. The second takes anything, and puts elsewhere before it. "
        "Both begin with $: on the right. What comes of taro@here.example?",
        choices={
            "here taro": ("here taro", "The second rule takes anything, also what the first one has made."),
            "elsewhere taro @ here . example": (
                "elsewhere taro@here.example",
                "The first rule comes first, and it does match.",
            ),
            "elsewhere here taro": ("elsewhere here taro", "Each rule works on what the one before it has left."),
            "here elsewhere taro": ("here elsewhere taro", "The second rule puts its word before all that it finds."),
        },
        seen=_result,
        because="$: ends a rule, not the ruleset. $@ instead of it ends the ruleset as well.",
    ),
    Question(
        "19.5",
        "Ruleset 3 has to find the host in an address, and marks it. here.example is a name of our own. "
        "What does it make of taro@here.example?",
        choices={
            "taro@here.example": ("taro@here.example", "Then every later rule would have to look for the host anew."),
            "<taro@here.example>": (
                "<taro@here.example>",
                "Such brackets stand in a letter's header. Inside, they are used for the host.",
            ),
            "taro<@here.example>": ("taro<@here.example>", "Nearly. A name that is known has a sign of its own."),
            "taro<@here.example.>": (
                "taro<@here.example.>",
                "In brackets stands the host; the dot says that its name is known.",
            ),
        },
        seen=_together,
        because="It is called focusing. All rules after it look at what stands in the brackets.",
    ),
    Question(
        "19.5b",
        "An old way of writing: bob%remote.example@here.example. Mail goes to here.example first, and from there to remote.example. "
        "Which mailer does ruleset 0 of here.example choose?",
        choices={
            "local": ("local", "That would look for a user with a % in his name."),
            "esmtp": ("esmtp", "Our own host is taken off, the last % becomes an @, and ruleset 0 begins anew."),
            "error": ("error", "It is old, but it is no error. Whether a stranger may do it is asked elsewhere."),
        },
        seen=_mailer,
        because="A rule may call rulesets with $> and so begin anew with what is left of an address.",
    ),
    Question(
        "19.5c",
        "The macro S of mail.here.example names a smart host: esmtp:relay.here.example. taro writes to bob@remote.example. "
        "Which host does mail.here.example call?",
        choices={
            "mx.remote.example": ("mx.remote.example", "Ruleset 0 names the host, and it has named another one."),
            "relay.here.example": (
                "relay.here.example",
                "The triple of ruleset 0 has this host. bob's address is only handed on.",
            ),
            "mx.remote.example, relay.here.example": (
                "one after the other",
                "An address leads to one triple, and so to one host.",
            ),
        },
        seen=_called,
        because="Which host is called and which address is written in RCPT are two things. A rule can change each alone.",
        points=(Point("smart_host", "connections opened", "rises"),),
    ),
    Question(
        "19.6",
        "The mailertable has one line: .there.example esmtp:gate.here.example. Which host does it give for bob@there.example?",
        choices={
            "gate.here.example": (
                "gate.here.example",
                "The map is asked for the whole name first, and then for .example only.",
            ),
            "there.example": ("there.example itself", "The line begins with a dot. It is for hosts in the domain."),
            "": ("no host at all", "What no line is for goes the ordinary way."),
        },
        seen=_host,
        because="A line with a dot before it serves all that is in the domain. The domain itself needs a line of its own.",
    ),
    Question(
        "19.6b",
        "Three lines now. .example leads to a, .there.example to b, and sales.there.example to c. "
        "Which of them serves bob@pc.sales.there.example?",
        choices={
            "a.here.example": (".example", "It would be found, but a longer name is asked first."),
            "b.here.example": (".there.example", "pc.sales is in there.example, and no longer name has a line."),
            "c.here.example": ("sales.there.example", "It has no dot before it: it is for that one name."),
            "pc.sales.there.example": ("none of these lines", "Not the whole name only is asked for."),
        },
        seen=_host,
        because="The longest name is asked first. Then one word after the other is taken off at its front.",
    ),
    Question(
        "19.6c",
        "gate.here.example is to be replaced by new.here.example. Somebody changes the line in /etc/mail/mailertable, and does no more. "
        "Where does mail for pc1.there.example go?",
        choices={
            "new.here.example": ("to new.here.example", "sendmail does not read this file at all."),
            "gate.here.example": (
                "to gate.here.example",
                "sendmail reads the database, mailertable.db. It is as it was.",
            ),
            "pc1.there.example": ("to pc1.there.example", "The old line is still found."),
        },
        seen=_host,
        because="makemap makes the database of the file. Until then the file is a text for people.",
    ),
    Question(
        "19.r1",
        "From lesson 13. The alias hana stands for hana@new.example. taro writes to hana@here.example. "
        "Which address has the To: of the letter that she reads?",
        choices={
            "hana@here.example": ("hana@here.example", "An alias changes where the letter goes, not what taro wrote."),
            "hana@new.example": ("hana@new.example", "That stands in the envelope: in RCPT."),
            "": ("none", "To: is a line of the header, and it comes with the letter."),
        },
        seen=lambda trace: "".join(re.findall(r"(?m)^To: (.*?)\r?$", trace.content(1).decode())),
        because="Aliases work on the envelope. Rulesets can change both, each by rules of its own.",
        run=_moved,
    ),
    Question(
        "19.r2",
        "From lesson 17. A stranger's host hands mail.here.example (8.18) a letter for hana@far.example. What becomes of it?",
        choices={
            "delivered": ("it is sent on to far.example", "Then it would be an open relay."),
            "bounced": (
                "it is refused by mail.here.example",
                "check_rcpt says: Relaying denied. The stranger's host returns it.",
            ),
            "queued": ("it waits in a queue", "5.7.1 is a permanent error, so nothing waits."),
        },
        seen=lambda trace: trace.messages.where(notice=False)["state"][0],
        because="Whom a host relays for is asked by rules as well: by the ruleset check_rcpt.",
        run=_through_us,
    ),
)

"""Cases of rules in which the simulated sendmail does not do as the real one yet, by the kind of the difference."""

from types import MappingProxyType

KINDS = MappingProxyType(
    {
        "refused when typed": "who types an odd address that leads nowhere is told so in other words, or it is read as "
        "another",
        "checked when typed": "rulesets for headers see letters that are typed, too; here only those that come by SMTP",
        "as it was written": "where rules write RCPT, it has the capitals of who wrote the address; for a route "
        "Received: does not say for whom it is; here it has small letters, and Received: says it",
        "senders of notices": "where a domain is always added a notice comes from MAILER-DAEMON of that domain; here "
        "it has none",
        "canonical names": "name service gives a name with its domain behind it, or the name that an alias stands for, "
        "also where the rules do not ask for it; here only rules ask",
        "names of unknown hosts": "log and notice have brackets and the dot at the end of a host that is not found; "
        "here they have none",
        "details": "rules that keep what stands behind a + have it looked for among aliases and users as it is; "
        "here always without it, too",
        "users by ruleset 5": "where ruleset 5 sends several users to one place they become one at once; here when "
        "they are delivered",
        "odd headers": "lines without an address go, Resent- lines get their companions, own names get small letters; "
        "here nothing of it",
        "mailers of ETRN": "what a mailer with F=% has is kept until ETRN asks for it; here it goes at once",
        "one word": "a word of one reply or of one line of the log is another",
    }
)
"""What is different, and how."""

_CASES = {
    "refused when typed": {
        "virtusertable": ("in a circle",),
        "other hosts": (
            "hub: the host itself as hub",
            "hub: a mailer without a host as hub",
            "unknown users: commands",
        ),
        "local rules": ("ruleset 5 looks for users",),
        "addresses": (
            "UUCP: handed in",
            "nothing: handed in",
            "pipes and files: handed in",
            "plus: handed in",
        ),
    },
    "checked when typed": {
        "header checks": ("letters of this host that are refused", "letters of this host that are discarded"),
    },
    "as it was written": {
        "mailertable": ("a host in brackets",),
        "addresses": (
            "routes: handed in",
            "routes, donotroute: handed in",
            "dots and capitals: handed in",
            "BITNET and others, relays: handed in",
        ),
    },
    "senders of notices": {
        "masquerading": ("another domain is always added",),
    },
    "canonical names": {
        "names": (
            "canonical names: stock",
            "canonical names: nocanonify",
            "canonical names: nocanonify, hosts",
            "canonical names: nocanonify, CANONIFY_DOMAIN",
            "canonical names: no name service",
            "canonical names in a header: no name service",
        ),
    },
    "names of unknown hosts": {
        "virtusertable": ("hosts below the domain",),
        "addresses": ("bangs: handed in", "brackets that lead to nobody: handed in"),
    },
    "details": {
        "addresses": (
            "plus: asked for",
            "plus, preserve_local_plus_detail: asked for",
            "plus, preserve_local_plus_detail: handed in",
        ),
    },
    "users by ruleset 5": {
        "other hosts": (
            "unknown users: to one user",
            "unknown users: to one user elsewhere",
            "unknown users: an error",
        ),
    },
    "odd headers": {
        "addresses": (
            "dots and capitals: in a header",
            "nothing: in a header",
            "names and comments in a header",
            "empty fields and odd ones in a header",
        ),
    },
    "mailers of ETRN": {"mailertable": ("mailer dsmtp",)},
    "one word": {
        "senders": ("use_client_ptr, from forged.test",),
        "local checks": ("Local_check_mail: without anything",),
        "addresses": ("quotes: asked for", "words: asked for"),
    },
}

NOT_YET = MappingProxyType(
    {(family, name): kind for kind, families in _CASES.items() for family, names in families.items() for name in names}
)
"""The kind of the difference, by family and name of a case."""

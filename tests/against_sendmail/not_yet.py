"""Cases of rules in which the simulated sendmail does not do as the real one yet, by the kind of the difference."""

from types import MappingProxyType

KINDS = MappingProxyType(
    {
        "checked when typed": "the notice about a letter that is refused for its header is checked by the same rule, "
        "which the log tells; here it is not",
        "in what is returned": "the header of a message that comes back is written as the mailer of the notice writes "
        "addresses; here it stays as it came",
    }
)
"""What is different, and how."""

_CASES = {
    "checked when typed": {
        "header checks": ("letters of this host that are refused",),
    },
    "in what is returned": {
        "addresses": ("UUCP: handed in", "routes: handed in", "routes, donotroute: handed in"),
    },
}

NOT_YET = MappingProxyType(
    {(family, name): kind for kind, families in _CASES.items() for family, names in families.items() for name in names}
)
"""The kind of the difference, by family and name of a case."""

"""The maps of one sendmail, made of its K lines."""

from collections.abc import Mapping

from simlib.cf import Cf, marks
from simlib.cf.expand import ValueOf, expanded
from simlib.rewrite.maps.databases import Database, DbmDatabase, TextFile
from simlib.rewrite.maps.map import Map, Options, Surroundings
from simlib.rewrite.maps.names import BestMx, DnsMap, HostMap
from simlib.rewrite.maps.others import Sequel, UserMap
from simlib.rewrite.maps.plain import Arith, Dequote, MacroMap, RegexMap

KINDS: Mapping[str, type[Map]] = {
    "arith": Arith,
    "bestmx": BestMx,
    "btree": Database,
    "dbm": DbmDatabase,
    "dequote": Dequote,
    "dns": DnsMap,
    "hash": Database,
    "host": HostMap,
    "macro": MacroMap,
    "null": Map,
    "regex": RegexMap,
    "sequence": Sequel,
    "text": TextFile,
    "user": UserMap,
}
"""What each kind of map is. Simplified: other kinds that sendmail knows answer nothing here."""


DOT_SINCE = 2  # V level from which on a name that is known ends in a dot


def maps_of(cf: Cf, around: Surroundings, value_of: ValueOf) -> dict[str, Map]:
    """The maps of a cf by name in lower case, macros put in; ``host`` is there without a K line, too."""
    dotted = "-a." if cf.version >= DOT_SINCE else ""
    maps: dict[str, Map] = {"host": HostMap("host", Options.read(dotted), around)}
    for name, line in cf.maps.items():
        arguments = expanded(marks.marked(line.arguments), value_of)
        maps[name.lower()] = KINDS.get(line.kind, Map)(name, Options.read(arguments), around)
    for one in maps.values():
        if isinstance(one, Sequel):
            one.maps = maps
    return maps

"""sendmail.cf: text in, typed options, mailers and tables out, and the same text back."""

from simlib.cf.contents import ClassFile, Header, Map, Rule
from simlib.cf.errors import CfError, CfWarning, NotSimulated
from simlib.cf.mailers import FLAG_MEANINGS, Mailer
from simlib.cf.options import OPTIONS, Option
from simlib.cf.reader import Cf
from simlib.cf.stock import configuration, stock, stock_rules

__all__ = [
    "FLAG_MEANINGS",
    "OPTIONS",
    "Cf",
    "CfError",
    "CfWarning",
    "ClassFile",
    "Header",
    "Mailer",
    "Map",
    "NotSimulated",
    "Option",
    "Rule",
    "configuration",
    "stock",
    "stock_rules",
]

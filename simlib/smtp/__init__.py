"""The SMTP dialogue: typed commands and replies, server and client state machines without I/O, time or chance."""

from simlib.smtp import client
from simlib.smtp.channel import ClientChannel, ServerChannel
from simlib.smtp.commands import (
    Command,
    Data,
    Ehlo,
    Etrn,
    Expn,
    Helo,
    Help,
    Mail,
    Malformed,
    Noop,
    Quit,
    Rcpt,
    Rset,
    Unknown,
    Verb,
    Vrfy,
    parse,
)
from simlib.smtp.quirks import OddServer, Quirks
from simlib.smtp.receiver import Receiver
from simlib.smtp.replies import NoReply, Reply, ReplyError, ReplyReader, lost, timed_out
from simlib.smtp.server import Server, State
from simlib.smtp.session import Failure, Result, Session, Step
from simlib.smtp.settings import EXTENSIONS, ServerSettings

__all__ = [
    "EXTENSIONS",
    "ClientChannel",
    "Command",
    "Data",
    "Ehlo",
    "Etrn",
    "Expn",
    "Failure",
    "Helo",
    "Help",
    "Mail",
    "Malformed",
    "NoReply",
    "Noop",
    "OddServer",
    "Quirks",
    "Quit",
    "Rcpt",
    "Receiver",
    "Reply",
    "ReplyError",
    "ReplyReader",
    "Result",
    "Rset",
    "Server",
    "ServerChannel",
    "ServerSettings",
    "Session",
    "State",
    "Step",
    "Unknown",
    "Verb",
    "Vrfy",
    "client",
    "lost",
    "parse",
    "timed_out",
]

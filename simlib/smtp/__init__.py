"""The SMTP dialogue: typed commands and replies, server and client state machines without I/O, time or chance."""

from simlib.smtp import client
from simlib.smtp.channel import ClientChannel, ServerChannel
from simlib.smtp.commands import (
    Command,
    Mail,
    Malformed,
    Plain,
    Rcpt,
    Unknown,
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
    "Failure",
    "Mail",
    "Malformed",
    "NoReply",
    "OddServer",
    "Plain",
    "Quirks",
    "Rcpt",
    "Receiver",
    "Reply",
    "ReplyError",
    "ReplyReader",
    "Result",
    "Server",
    "ServerChannel",
    "ServerSettings",
    "Session",
    "State",
    "Step",
    "Unknown",
    "client",
    "lost",
    "parse",
    "timed_out",
]

"""The phases of a session, by the names that sendmail gives their time-outs (Timeout.initial … Timeout.misc)."""

from enum import StrEnum


class Phase(StrEnum):
    """What a client waits for, or the server (COMMAND)."""

    INITIAL = "initial"  # the greeting
    HELO = "helo"
    MAIL = "mail"
    RCPT = "rcpt"
    DATAINIT = "datainit"  # the reply to DATA
    DATABLOCK = "datablock"  # that a part of the message can be sent
    DATAFINAL = "datafinal"  # the reply to the final dot
    RSET = "rset"
    QUIT = "quit"
    MISC = "misc"
    COMMAND = "command"  # the next command, at the server

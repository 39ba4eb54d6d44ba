"""What the server answers to HELP."""

from simlib.smtp.replies import Reply

_USAGE = {
    "HELO": "HELO <your host name>",
    "EHLO": "EHLO <your host name>: as HELO, and list the extensions",
    "MAIL": "MAIL From:<sender> [SIZE=bytes] [BODY=7BIT|8BITMIME] [RET=FULL|HDRS] [ENVID=id]: begin a message",
    "RCPT": "RCPT To:<recipient> [NOTIFY=NEVER|SUCCESS,FAILURE,DELAY] [ORCPT=type;address]: once for each recipient",
    "DATA": "DATA: the message follows, ended by a line with nothing but a dot",
    "RSET": "RSET: forget the message begun",
    "NOOP": "NOOP: do nothing",
    "QUIT": "QUIT: end the session",
    "HELP": "HELP [command]",
    "VRFY": "VRFY <user>: is there such a user?",
    "EXPN": "EXPN <list>: who is on it?",
    "VERB": "VERB: tell me more of what you do",
    "ETRN": "ETRN <host> | @<domain> | #<queue group>: deliver now what is queued for it",
}
_END = "End of HELP info"
_TOPICS = Reply(214, "This is sendmail, simulated", *(f"  {verb}" for verb in _USAGE), _END, enhanced="2.0.0")


def help_on(topic: str) -> Reply:
    """The reply to ``HELP topic``; without a topic, the list of them."""
    if not topic:
        return _TOPICS
    usage = _USAGE.get(topic.upper())
    if usage is None:
        printable = "".join(c for c in topic[:10].lower() if c.isprintable())
        return Reply(504, f'5.3.0 HELP topic "{printable}" unknown')
    return Reply(214, usage, _END, enhanced="2.0.0")

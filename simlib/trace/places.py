"""Where a system keeps its mail."""

QUEUE_DIRECTORY = "/var/spool/mqueue"  # the mail queue
MAILBOXES = "/var/mail"

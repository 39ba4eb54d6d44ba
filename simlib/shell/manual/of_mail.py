"""Pages on mail and the network."""

from simlib.language import phrase
from simlib.shell.manual.page import Page

MAIL = {
    "sendmail": Page(
        "sendmail [-bmode] [-q[time]] [-v] [-t] [-i] [-f sender] [-F name] [-O option=value] [-C file] [address...]",
        phrase("The mail transfer agent. Without a mode it takes a letter from its input and sends it."),
        phrase(
            "-bd is the daemon; -q runs the queue once, -q30m again and again, -qRhost -qSuser -qIid only some of it. "
            "-bp is mailq, -bi newaliases, -bh hoststat, -bH purgestat; -bv tells where an address leads, -bt tests "
            "rules, -bs speaks SMTP on its input. -t takes the recipients from the header. -v shows what is said; the "
            "clock goes on until it is done. -O and -o set an option for this one command: sendmail "
            "-OTimeout.hoststatus=0m -q -v. -C file takes another configuration, "
            "-Q reason holds letters back, -X file writes down what is said."
        ),
    ),
    "mailq": Page(
        "mailq [-v] [-q[!][I|R|S|Q]text] [-qQ] [-O option=value]",
        phrase("Lists the queue: queue id, size, when it came, sender, why it waits, recipients."),
        phrase("-qRtext, -qStext, -qItext list what has it in a recipient, the sender, the id; ! all others."),
    ),
    "newaliases": Page("newaliases", phrase("Makes the alias database anew from /etc/mail/aliases.")),
    "hoststat": Page("hoststat", phrase("Shows what is known of other hosts, if HostStatusDirectory is set.")),
    "purgestat": Page("purgestat", phrase("Removes what is known of other hosts and has become too old.")),
    "mailstats": Page("mailstats [-o] [-P] [-p]", phrase("Shows the counters of sendmail.st, a line for each mailer.")),
    "makemap": Page(
        "makemap [-eflnoruv] [-t c] type name < file",
        phrase("Makes a database such as access.db of the lines of its input."),
        phrase("type is hash, btree or dbm. sendmail sees the new one at once."),
    ),
    "editmap": Page(
        "editmap -q|-u|-x type name key [value]", phrase("Looks up, puts in or takes out one key of a database.")
    ),
    "praliases": Page("praliases [key...]", phrase("Shows the alias database as sendmail has it.")),
    "mail": Page(
        "mail [-v] [-s subject] [-c cc] [-r from] address... < file; mail [-f file] [-u user] [-H] [-e]",
        phrase("Sends its input as a letter; without an address it lists a mailbox."),
        phrase("Its own prompt is not there: numbers of letters come from the input, as in echo 1 | mail."),
    ),
    "from": Page("from [user]", phrase("Shows the From lines of a mailbox.")),
    "vacation": Page("vacation", phrase("Answers for somebody who is away."), phrase("Only sendmail runs it here.")),
    "telnet": Page(
        "telnet host [port]",
        phrase("Connects to a port, where what you type is read by whoever listens."),
        phrase(
            "Only SMTP on port 25 talks. The lines come from the input: (echo EHLO me; echo QUIT) | telnet HOST 25."
        ),
    ),
    "nc": Page("nc [-vz] [-w seconds] host port", phrase("The same without words of its own; -z only tries the port.")),
    "dig": Page(
        "dig [@server] name [type] [+short]; dig -x address",
        phrase("Asks the name servers for records."),
        phrase("There are A, MX, CNAME and PTR records; all servers know the same."),
    ),
    "host": Page("host [-t type] name|address", phrase("Looks a name or an address up, in a few words.")),
    "nslookup": Page(
        "nslookup [-type=mx] name", phrase("Looks a name up; its own prompt, with set type=mx, is not simulated.")
    ),
    "ping": Page("ping [-c count] host", phrase("Tries whether a host answers; each try takes a second.")),
    "traceroute": Page(
        "traceroute host", phrase("Shows the way to a host; not simulated. ping tells whether it answers.")
    ),
    "netstat": Page(
        "netstat [-anltp] [-i]",
        phrase("Shows ports that are listened on, and connections of sendmail."),
        phrase("Routes (-r) are not simulated."),
    ),
    "ifconfig": Page("ifconfig", phrase("Shows the address of the host.")),
    "route": Page("route", phrase("Routes, filters and packets are not shown: not simulated.")),
}

ALSO_MAIL = {
    "mailx": "mail",
    "Mail": "mail",
    "procmail": "vacation",
    "netcat": "nc",
    "ss": "netstat",
    "ip": "route",
    "arp": "route",
    "tcpdump": "route",
    "iptables": "route",
}

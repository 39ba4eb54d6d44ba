"""For each option that is obeyed, but time-outs: a line that sets it, and what differs in a small world."""

from tests.cf.looks import (
    OPEN,
    Case,
    after_a_try,
    best_mx_is_here,
    checkpoint,
    cleared,
    connects,
    eight,
    expensive,
    flood,
    full_disk,
    greeted_late,
    group_writable,
    idle,
    kept_by_smapd,
    long_header,
    long_parameter,
    looping,
    many_at_once,
    number,
    order,
    places,
    program_of_forward,
    report,
    runs_at_once,
    saved,
    second_alias_file,
    second_server,
    starts,
    told,
    tried,
    two_runners,
    waits,
)
from tests.cf.small_worlds import BUSY, HERE, boxes, down, letter, letters, loaded, local, rules, said, typed

CASES = {
    "SevenBitInput": Case(
        "O SevenBitInput=True", lambda cf: b"\xe9" in eight(cf), True, False, "bytes above 127 arrive as bytes below"
    ),
    "EightBitMode": Case(
        "O EightBitMode=mimefy",
        lambda cf: b"MIME-Version" in eight(cf),
        False,
        True,
        "an unlabelled letter of 8 bits gets MIME headers",
    ),
    "MaxMessageSize": Case(
        "O MaxMessageSize=5000",
        lambda cf: "SIZE 5000" in said(cf, "EHLO pc.example"),
        False,
        True,
        "the answer to EHLO announces SIZE 5000",
    ),
    "MaxHeadersLength": Case(
        "O MaxHeadersLength=100",
        lambda cf: long_header(cf)[:10],
        "250 2.0.0 ",
        "552 5.6.0 ",
        "a header of 200 bytes is refused at the dot: 552 5.6.0",
    ),
    "MaxMimeHeaderLength": Case(
        "O MaxMimeHeaderLength=128/40",
        long_parameter,
        100,
        35,
        "of a name of 100 characters in Content-Type: 35 arrive",
    ),
    "MaxRecipientsPerMessage": Case(
        "O MaxRecipientsPerMessage=1",
        lambda cf: said(cf, *OPEN, "RCPT TO:<hana@here.example>", "RCPT TO:<jiro@here.example>")[:9],
        "250 2.1.5",
        "452 4.5.3",
        "the second RCPT gets 452 4.5.3",
    ),
    "MaxHopCount": Case("O MaxHopCount=2", looping, 0, 1, "a letter with three Received: lines comes back"),
    "DefaultCharSet": Case(
        "O DefaultCharSet=iso-8859-1",
        lambda cf: b"iso-8859-1" in eight(f"O EightBitMode=mimefy\n{cf}"),
        False,
        True,
        "the charset of an unlabelled letter of 8 bits",
    ),
    "MustQuoteChars": Case(
        "O MustQuoteChars=/",
        lambda cf: rules(cf, "/parse Taro/Yamada <taro@here.example>", begins="Cracked"),
        "> Cracked address = Taro/Yamada <$g>",
        '> Cracked address = "Taro/Yamada" <$g>',
        "address test mode puts a name with a slash in quotes",
    ),
    "BlankSub": Case(
        "O BlankSub=_",
        lambda cf: rules(cf, "/parse taro yamada"),
        "mailer local, user taro.yamada",
        "mailer local, user taro_yamada",
        "what stands in the place of a blank in an address",
    ),
    "ColonOkInAddr": Case(
        "O ColonOkInAddr=True",
        lambda cf: rules(cf, "/parse group: taro;", begins="Cracked"),
        "> Cracked address = group: $g;",
        "> Cracked address = $g",
        "address test mode takes a colon for part of the address",
    ),
    "DeliveryMode": Case("O DeliveryMode=queueonly", waits, 1, 0, "a letter waits, and is not delivered at once"),
    "QueueSortOrder": Case(
        "O QueueSortOrder=time",
        order,
        ["reader1", "reader2", "reader0"],
        ["reader0", "reader1", "reader2"],
        "in which order a run delivers three letters",
    ),
    "MinQueueAge": Case(
        "O MinQueueAge=25m",
        tried,
        [0, 10, 20, 30, 40, 50],
        [0, 30],
        "with a run every 10 minutes a letter is tried every 30",
    ),
    "MaxQueueAge": Case(
        "O MaxQueueAge=2h", tried, [0, 10, 20, 30, 40, 50], [0, 10, 20, 40], "the waits between two tries grow"
    ),
    "MaxQueueRunSize": Case(
        "O MaxQueueRunSize=1", lambda cf: len(letters(cf).deliveries), 3, 1, "a run delivers one letter of three"
    ),
    "ForkEachJob": Case("O ForkEachJob=True", connects, 1, 3, "a run makes a connection for each of three letters"),
    "CheckpointInterval": Case("O CheckpointInterval=1", checkpoint, 5, 4, "after a crash nobody gets a second copy"),
    "MaxQueueChildren": Case(
        "O MaxQueueChildren=2", runs_at_once, 4, 2, "a third queue run does not begin while two are under way"
    ),
    "QueueFactor": Case(
        "O QueueFactor=30000",
        lambda cf: len(loaded(f"O QueueLA=2\n{cf}", 4).deliveries),
        1,
        0,
        "at a load of 4 a letter is only queued",
    ),
    "RecipientFactor": Case("O RecipientFactor=1000", number, 85000, 56000, "the priority number of a letter"),
    "ClassFactor": Case("O ClassFactor=10", number, 85000, 31300, "the priority number of a letter to a list"),
    "RetryFactor": Case(
        "O RetryFactor=7", after_a_try, 121000, 31007, "the priority number of a letter that was tried"
    ),
    "QueueDirectory": Case(
        "O QueueDirectory=/var/spool/mqueue/q*", places, 1, 3, "letters lie in all directories that begin with q"
    ),
    "MinFreeBlocks": Case(
        "O MinFreeBlocks=0", full_disk, "deferred", "sent", "a letter is taken though only 90 blocks are free"
    ),
    "QueueLA": Case(
        "O QueueLA=2",
        lambda cf: len(loaded(f"O QueueFactor=30000\n{cf}", 4).deliveries),
        1,
        0,
        "at a load of 4 a letter is only queued",
    ),
    "RefuseLA": Case(
        "O RefuseLA=3",
        lambda cf: loaded(cf, 4).connections["outcome"][0],
        "accepted",
        "refused",
        "at a load of 4 a connection is refused",
    ),
    "DelayLA": Case(
        "O DelayLA=2",
        lambda cf: typed(cf, *OPEN, busy=5)[1],
        [0, 0, 0],
        [0, 1, 1],
        "at a load of 5 HELO and MAIL are answered a second later",
    ),
    "MaxDaemonChildren": Case(
        "O MaxDaemonChildren=1",
        many_at_once,
        ["accepted"],
        ["accepted", "refused"],
        "of three connections at once some are refused",
    ),
    "ConnectionRateThrottle": Case(
        "O ConnectionRateThrottle=1",
        greeted_late,
        [10, 10, 10],
        [10, 10, 11],
        "the third letter of a second comes a second later",
    ),
    "ConnectionCacheSize": Case(
        "O ConnectionCacheSize=0", connects, 1, 3, "a run makes a connection for each of three letters"
    ),
    "ConnectionCacheTimeout": Case(
        "O ConnectionCacheTimeout=1m", idle, 1, 2, "a connection that was idle for two minutes is made anew"
    ),
    "HostStatusDirectory": Case(
        "O HostStatusDirectory=.hoststat",
        down,
        [60, 1200],
        [60],
        "the second run does not call a host that was down at the first",
    ),
    "SingleThreadDelivery": Case(
        "O SingleThreadDelivery=True",
        two_runners,
        0,
        3,
        "a second run defers letters for a host that the first talks to",
    ),
    "FallbackMXhost": Case(
        "O FallbackMXhost=relay.example",
        second_server,
        ["mx.far.example"],
        ["mx.far.example", "relay.example"],
        "another host is called when the first is down",
    ),
    "TryNullMXList": Case(
        "O TryNullMXList=True", best_mx_is_here, 0, 1, "a letter is delivered to a host whose best MX is this one"
    ),
    "ResolverOptions": Case(
        "O ResolverOptions=-DNSRCH -DEFNAMES",
        lambda cf: rules(cf, "/canon mx"),
        "> getcanonname(mx) returns mx.here.example",
        "> getcanonname(mx) returns mx",
        "address test mode no more completes a name without a domain",
    ),
    "SendMimeErrors": Case(
        "O SendMimeErrors=False",
        lambda cf: b"multipart/report" in report(cf),
        True,
        False,
        "a return is no multipart/report",
    ),
    "PostmasterCopy": Case(
        "O PostmasterCopy=jiro", told, ["taro@here.example"], ["taro@here.example", "jiro"], "who else gets a return"
    ),
    "DoubleBounceAddress": Case(
        "O DoubleBounceAddress=jiro",
        lambda cf: told(cf, "x@far.example"),
        ["x@far.example", "postmaster"],
        ["x@far.example", "jiro"],
        "who gets a return that cannot be returned",
    ),
    "DeadLetterDrop": Case(
        "O DeadLetterDrop=/var/spool/dead.letter",
        saved,
        [],
        ["/var/spool/dead.letter"],
        "a notice that nobody can be given is saved there",
    ),
    "ErrorMode": Case(
        "O ErrorMode=e", kept_by_smapd, 3, 1, "smapd takes a refusal as done with, and returns come once"
    ),
    "DaemonPortOptions": Case(
        "O DaemonPortOptions=Name=MTA, Addr=nowhere.invalid",
        starts,
        True,
        False,
        "with the address of a host that is unknown sendmail does not stay",
    ),
    "PrivacyOptions": Case(
        "O PrivacyOptions=novrfy",
        lambda cf: said(cf, "VRFY hana"),
        "250 2.1.5 <hana@mail.here.example>",
        "252 2.5.2 Cannot VRFY user; try RCPT to attempt delivery (or try finger)",
        "VRFY gets 252",
    ),
    "SmtpGreetingMessage": Case(
        "O SmtpGreetingMessage=$j at your service",
        lambda cf: typed(cf)[0][0],
        "220 mail.here.example ESMTP Sendmail 8.18/8.18; Wed, 1 Jul 1998 09:00:00 +0900",
        "220 mail.here.example ESMTP at your service",
        "the 220 line",
    ),
    "MaxNOOPCommands": Case(
        "O MaxNOOPCommands=1",
        lambda cf: typed(cf, *["NOOP"] * 3)[1],
        [0, 0, 0, 0],
        [0, 1, 2, 4],
        "idle commands are answered ever more slowly",
    ),
    "AliasFile": Case(
        "O AliasFile=/etc/mail/lists",
        second_alias_file,
        ["taro"],
        ["jiro"],
        "a name is found in a second file, too",
    ),
    "MaxAliasRecursion": Case(
        "O MaxAliasRecursion=1",
        lambda cf: boxes(local(cf, aliases="a: b\nb: hana", to="a")),
        ["hana"],
        ["taro"],
        "an alias of an alias comes back",
    ),
    "ForwardPath": Case(
        "O ForwardPath=/forwards/$u",
        lambda cf: boxes(local(cf, forward=("/forwards/hana", 0o644))),
        ["hana"],
        ["jiro"],
        "a .forward file at another place is followed",
    ),
    "SafeFileEnvironment": Case(
        "O SafeFileEnvironment=/safe",
        lambda cf: boxes(local(cf, aliases="log: /var/mail/log", to="log")),
        ["/var/mail/log"],
        ["taro"],
        "a file outside the directory is not written, and the letter comes back",
    ),
    "DontBlameSendmail": Case(
        "O DontBlameSendmail=GroupWritableForwardFile",
        group_writable,
        ["hana"],
        ["jiro"],
        "a .forward file that its group may write is followed",
    ),
    "UnsafeGroupWrites": Case(
        "O UnsafeGroupWrites=False", program_of_forward, [], ["sh -c cat"], "such a .forward file may name a program"
    ),
    "StatusFile": Case(
        "O StatusFile=/var/log/statistics", cleared, False, True, "mailstats counts anew when that file is emptied"
    ),
    "OperatorChars": Case(
        "O OperatorChars=.:%@!^/[]+-",
        lambda cf: rules(cf, "=S3", "3 a-b@c"),
        "canonify         returns: a-b < @ c >",
        "canonify         returns: a - b < @ c >",
        "address test mode takes a name apart at the hyphen",
    ),
    "NoRecipientAction": Case(
        "O NoRecipientAction=add-to-undisclosed",
        lambda cf: b"undisclosed-recipients" in letter(cf).content(1),
        False,
        True,
        "a letter whose header names nobody gets a To:",
    ),
    "HoldExpensive": Case("O HoldExpensive=True", expensive, 1, 0, "mail for a mailer with F=e waits for a run"),
    "FallbackSmartHost": Case(
        "O FallbackSmartHost=relay.example",
        second_server,
        ["mx.far.example"],
        ["mx.far.example", "relay.example"],
        "another host is called when the first is down",
    ),
    "BadRcptThrottle": Case(
        "O BadRcptThrottle=1", flood, [0, 0, 0], [0, 1, 1], "unknown recipients behind the first cost a second each"
    ),
    "MeToo": Case(
        "O MeToo=False",
        lambda cf: boxes(local(cf, aliases="staff: taro, hana", to="staff")),
        ["hana", "taro"],
        ["hana"],
        "taro gets no copy of what he writes to a list on which he is",
    ),
    "LogLevel": Case(
        "O LogLevel=8",
        lambda cf: "stat=Deferred" in letter(cf, BUSY).syslog(HERE),
        True,
        False,
        "the log says nothing of a letter that is put off",
    ),
}
"""By the name of the option."""

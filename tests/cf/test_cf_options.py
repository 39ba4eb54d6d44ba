"""O lines: every kind of value, every way to name an option, and what is said when one is wrong."""

import warnings

import pytest

from simlib.cf import OPTIONS, Cf, CfError, CfWarning, NotSimulated
from simlib.errors import WorkbookError

pytestmark = pytest.mark.filterwarnings("ignore::simlib.cf.NotSimulated")  # they are about how lines are read

DEFAULTS = {
    "AllowBogusHELO": False,
    "CheckpointInterval": 10,
    "ClassFactor": 1800,
    "ConnectionCacheSize": 1,
    "ConnectionCacheTimeout": 300.0,
    "ConnectionRateThrottle": 0,
    "ConnectionRateWindowSize": 60.0,
    "DefaultCharSet": "unknown-8bit",
    "DelayLA": 0,
    "DeliveryMode": "background",
    "DoubleBounceAddress": "postmaster",
    "EightBitMode": "pass8",
    "FastSplit": 1,
    "ForkEachJob": False,
    "ForwardPath": "$z/.forward",
    "HoldExpensive": False,
    "HostStatusDirectory": "",
    "LogLevel": 9,
    "MaxDaemonChildren": 0,
    "MaxHeadersLength": 32768,
    "MaxHopCount": 25,
    "MaxMessageSize": 0,
    "MaxQueueAge": 0.0,
    "MeToo": True,
    "MinFreeBlocks": 100,
    "MinQueueAge": 0.0,
    "PostmasterCopy": "",
    "QueueFactor": 600000,
    "QueueLA": 8,
    "QueueSortOrder": "priority",
    "RecipientFactor": 30000,
    "RefuseLA": 12,
    "RejectLogInterval": 10800.0,
    "RetryFactor": 90000,
    "SendMimeErrors": True,
    "SingleThreadDelivery": False,
    "SuperSafe": "true",
    "TempFileMode": 0o600,
    "Timeout.aconnect": 0.0,
    "Timeout.command": 3600.0,
    "Timeout.connect": 0.0,
    "Timeout.datafinal": 3600.0,
    "Timeout.hoststatus": 1800.0,
    "Timeout.iconnect": 0.0,
    "Timeout.ident": 5.0,
    "Timeout.initial": 300.0,
    "Timeout.mail": 600.0,
    "Timeout.queuereturn": 432000.0,
    "Timeout.queuereturn.dsn": 432000.0,
    "Timeout.queuewarn": 0.0,
    "Timeout.quit": 120.0,
    "Timeout.rcpt": 3600.0,
    "Timeout.rset": 300.0,
    "TryNullMXList": False,
    "UseErrorsTo": False,
}


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_an_unset_option_has_sendmails_default(name: str, default: object) -> None:
    value = Cf.parse("")[name]
    assert (value, type(value)) == (default, type(default))
    assert not Cf.parse("").is_set(name)


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("O ConnectionCacheSize=3", "ConnectionCacheSize", 3),
        ("O connectioncachesize = 3", "ConnectionCacheSize", 3),
        ("Ok3", "ConnectionCacheSize", 3),
        ("Ok 3", "ConnectionCacheSize", 3),
        ("O ConnectionCacheSize=-1", "ConnectionCacheSize", 0),
        ("O MaxQueueRunSize", "MaxQueueRunSize", 0),
        ("O ForkEachJob", "ForkEachJob", True),
        ("O ForkEachJob=yes", "ForkEachJob", True),
        ("OYT", "ForkEachJob", True),
        ("O ForkEachJob=false", "ForkEachJob", False),
        ("O ForkEachJob=1", "ForkEachJob", False),
        ("O MeToo=no", "MeToo", False),
        ("O QueueFileMode=0640", "QueueFileMode", 0o640),
        ("O ConnectionCacheTimeout=5", "ConnectionCacheTimeout", 300.0),
        ("OK90s", "ConnectionCacheTimeout", 90.0),
        ("O MinQueueAge=30", "MinQueueAge", 1800.0),
        ("O Timeout.rcpt=5", "Timeout.rcpt", 300.0),
        ("O TIMEOUT.RCPT=1d12h", "Timeout.rcpt", 129600.0),
        ("O Timeout.rcpt=", "Timeout.rcpt", 0.0),
        ("O Timeout.queuewarn=4", "Timeout.queuewarn", 14400.0),
        ("O Timeout.queuereturn=5", "Timeout.queuereturn", 432000.0),
        ("O Timeout.queuereturn=now", "Timeout.queuereturn", 0.0),
        ("O Timeout.queuereturn.*=1w", "Timeout.queuereturn.dsn", 604800.0),
        ("O Timeout.resolver.retrans=3", "Timeout.resolver.retrans.first", 3.0),
        ("O Timeout.resolver.retry=2", "Timeout.resolver.retry.normal", 2),
        ("O AliasWait", "AliasWait", 300.0),
        ("O DialDelay=5", "DialDelay", 5.0),
        ("O RejectLogInterval=2", "RejectLogInterval", 7200.0),
        ("O DeliverByMin=-1h", "DeliverByMin", -3600.0),
        ("O DeliveryMode=q", "DeliveryMode", "queueonly"),
        ("O DeliveryMode=queue-only", "DeliveryMode", "queueonly"),
        ("Od", "DeliveryMode", "interactive"),
        ("O DeliveryMode=deferred", "DeliveryMode", "deferred"),
        ("O EightBitMode=mime", "EightBitMode", "mimefy"),
        ("O QueueSortOrder=Host", "QueueSortOrder", "host"),
        ("O QueueSortOrder=modification", "QueueSortOrder", "modification"),
        ("O NoRecipientAction=Add-To-Undisclosed", "NoRecipientAction", "add-to-undisclosed"),
        ("O SuperSafe=Interactive", "SuperSafe", "interactive"),
        ("O SuperSafe=PostMilter", "SuperSafe", "postmilter"),
        ("O SuperSafe=f", "SuperSafe", "false"),
        ("O DontProbeInterfaces=loopback", "DontProbeInterfaces", "loopback"),
        ("O DontProbeInterfaces", "DontProbeInterfaces", "true"),
        ("O BlankSub=.x", "BlankSub", "."),
        (r'O SmtpGreetingMessage=$j "ready\n"', "SmtpGreetingMessage", "$j ready\n"),
        ("O FallbackMXhost=", "FallbackMXhost", ""),
        ("O DoubleBounceAddress=", "DoubleBounceAddress", ""),
        ("O HelpFile", "HelpFile", "helpfile"),
        ("O SafeFileEnvironment=/safe//", "SafeFileEnvironment", "/safe"),
        ("O AliasFile=/etc/aliases, dbm:/etc/more", "AliasFile", ("/etc/aliases", "dbm:/etc/more")),
        ("Op noexpn,NOVRFY goaway", "PrivacyOptions", ("noexpn", "novrfy", "goaway")),
        ("O ResolverOptions=+AAONLY -DNSRCH", "ResolverOptions", ("recurse", "defnames", "aaonly")),
        ("O LogLevel=9   # as usual", "LogLevel", 9),
        ("O Milter.LogLevel=12", "Milter.LogLevel", 12),
        ("O Milter.macros.connect=j, _", "Milter.macros.connect", "j, _"),
    ],
)
def test_values_are_read_as_sendmail_reads_them(line: str, name: str, value: object) -> None:
    cf = Cf.parse(line)
    assert (cf[name], type(cf[name])) == (value, type(value))


def test_a_plain_queue_timeout_sets_all_classes_even_after_single_ones() -> None:
    cf = Cf.parse("O Timeout.queuereturn.urgent=2d\nO Timeout.queuereturn=7d\nO Timeout.queuereturn.dsn=1d")
    classes = [cf[f"Timeout.queuereturn.{name}"] for name in ("normal", "urgent", "non-urgent", "dsn")]
    assert classes == [604800.0, 604800.0, 604800.0, 86400.0]
    assert cf["Timeout.queuereturn"] == 604800.0


def test_one_class_of_queue_timeout_leaves_the_others() -> None:
    cf = Cf.parse("O Timeout.queuewarn.urgent=1h")
    assert (cf["Timeout.queuewarn.urgent"], cf["Timeout.queuewarn"]) == (3600.0, 0.0)
    assert cf.is_set("Timeout.queuewarn.urgent")
    assert not cf.is_set("Timeout.queuewarn")


def test_old_forms_set_what_they_stand_for() -> None:
    cf = Cf.parse("OT3d/2h\nOb200/5000\nOr30m\nOrinitial=1m, quit:90s")
    assert (cf["Timeout.queuereturn.urgent"], cf["Timeout.queuewarn.dsn"]) == (259200.0, 7200.0)
    assert (cf["MinFreeBlocks"], cf["MaxMessageSize"]) == (200, 5000)
    assert (cf["Timeout.rcpt"], cf["Timeout.command"], cf["Timeout.helo"]) == (1800.0, 1800.0, 300.0)
    assert (cf["Timeout.initial"], cf["Timeout.quit"]) == (60.0, 90.0)
    assert Cf.parse("Oumail\nOgmail")["DefaultUser"] == "mail:mail"
    assert Cf.parse("OMrESMTP").macros == {"r": "ESMTP"}


def test_what_adds_up_and_what_is_replaced() -> None:
    cf = Cf.parse(
        "O DaemonPortOptions=Name=MTA\nO DaemonPortOptions=Name=MSA, Port=587\nO PrivacyOptions=noexpn\n"
        "O PrivacyOptions=novrfy,noexpn\nO DontBlameSendmail=TrustStickyBit\nO DontBlameSendmail=safe,CertOwner\n"
        "O QueueLA=3\nO QueueLA=5\nO UnsafeGroupWrites=false"
    )
    assert cf["DaemonPortOptions"] == ("Name=MTA", "Name=MSA, Port=587")
    assert cf["PrivacyOptions"] == ("noexpn", "novrfy")
    assert cf["DontBlameSendmail"] == ("certowner", "groupwritableforwardfilesafe", "groupwritableincludefilesafe")
    assert cf["QueueLA"] == 5


def test_an_empty_host_status_directory_is_not_obeyed() -> None:
    assert Cf.parse("O HostStatusDirectory=.hoststat\nO HostStatusDirectory=")["HostStatusDirectory"] == ".hoststat"


def test_colons_in_addresses_end_with_level_six() -> None:
    assert Cf.parse("V5")["ColonOkInAddr"] is True
    assert Cf.parse("V10/Berkeley")["ColonOkInAddr"] is False
    assert Cf.parse("V10/Berkeley\nO ColonOkInAddr")["ColonOkInAddr"] is True


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("\n" * 11 + "O ConnectionCacheSize=two", 12, 23, "O ConnectionCacheSize=two: not a number"),
        ("O QueueLA=8x", 1, 11, "write a whole number, such as QueueLA=8"),
        ("Ok two", 1, 3, "not a number"),
        ("O QueueFileMode=0999", 1, 17, "not an octal number"),
        ("O Timeout.rcpt=1.5h", 1, 16, "30m or 1d12h"),
        ("O Timeout.rcpt=1d 12h", 1, 16, "without blanks"),
        ("O Timeout.rcpt=1D", 1, 16, "a bare number is minutes"),
        ("O Timeout.rcpt=80ms", 1, 16, "not a length of time"),
        ("O Timeout.rcpt=-5m", 1, 16, "not a length of time"),
        ("O EightBitMode=x", 1, 16, "choose one of mimefy, pass8, strict"),
        ("O DeliveryMode=Background", 1, 16, "choose one of interactive, background, queueonly, deferred"),
        ("O QueueSortOrder=x", 1, 18, "priority, host, time"),
        ("O NoRecipientAction=add", 1, 21, "add-to-undisclosed"),
        ("O Timeout=helo=x", 1, 16, "not a length of time"),
        ("OT5d/soon", 1, 6, "not a length of time"),
        ("O", 1, 1, "write O Name=value"),
        ("O =3", 1, 2, "write O Name=value"),
    ],
)
def test_a_bad_value_names_place_and_cure(text: str, line: int, column: int, said: str) -> None:
    with pytest.raises(CfError) as caught:
        Cf.parse(text)
    error = caught.value
    assert (error.file, error.line, error.column) == ("sendmail.cf", line, column)
    assert said in str(error)
    assert str(error).startswith(f"sendmail.cf line {line}: ")
    assert error.cure in str(error)
    assert isinstance(error, WorkbookError)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("O PersistentHostStatus=.hoststat", "did you mean HostStatusDirectory?"),
        ("O ConectionCacheSize=3", "did you mean ConnectionCacheSize?"),
        ("O QueueReturn=5d", "did you mean Timeout.queuereturn?"),
        ("O ident=5s", "did you mean Timeout.ident?"),
        ("O Timeout.hoststats=5m", "did you mean Timeout.hoststatus?"),
        ("O Timeout.queue=5m", "unknown sub-option of Timeout"),
        ("O Milter=5", "unknown sub-option of Milter"),
        ("O ConnectionCache=3", "may be ConnectionCacheSize or ConnectionCacheTimeout: ignored"),
        ("O  ConnectionCacheSize=3", "one blank only"),
        ("O\tConnectionCacheSize=3", "O Name=value"),
        ("OW3", "no option has the letter 'W'"),
    ],
)
def test_an_unknown_option_warns_and_changes_nothing(line: str, hint: str) -> None:
    with pytest.warns(CfWarning) as caught:
        cf = Cf.parse(line)
    assert len(caught) == 1
    assert hint in str(caught[0].message)
    assert str(caught[0].message).startswith("sendmail.cf line 1: O")
    assert caught[0].filename == __file__
    assert cf.options == {}


def test_a_unique_beginning_of_a_name_is_taken_with_a_warning() -> None:
    with pytest.warns(CfWarning, match="QueueSort is taken as short for QueueSortOrder"):
        assert Cf.parse("O QueueSort=host")["QueueSortOrder"] == "host"


def test_unknown_words_in_a_list_warn_and_the_others_count() -> None:
    with pytest.warns(CfWarning, match=r"PrivacyOptions has no novry: ignored; did you mean novrfy\?"):
        assert Cf.parse("O PrivacyOptions=noexpn,novry")["PrivacyOptions"] == ("noexpn",)
    with pytest.warns(CfWarning, match="ResolverOptions has no foo"):
        assert Cf.parse("O ResolverOptions=+FOO")["ResolverOptions"] == ("recurse", "defnames", "dnsrch")


def test_a_forgotten_blank_is_told() -> None:
    with pytest.warns(CfWarning, match="did you mean O QueueDirectory=/q"):
        assert Cf.parse("OQueueDirectory=/q")["QueueDirectory"] == "ueueDirectory=/q"


def test_a_sub_option_where_there_is_none_is_ignored() -> None:
    with pytest.warns(CfWarning, match="MeToo has no sub-options"):
        assert Cf.parse("O MeToo.foo=f")["MeToo"] is False


def test_asking_for_an_unknown_option_is_an_error() -> None:
    with pytest.raises(WorkbookError, match=r"no option 'CacheSize'"):
        Cf.parse("")["CacheSize"]
    with pytest.raises(WorkbookError, match="did you mean HostStatusDirectory"):
        Cf.parse("").is_set("PersistentHostStatus")


def test_the_table_is_sound() -> None:
    names = [option.name.lower() for option in OPTIONS]
    letters = [option.letter for option in OPTIONS if option.letter]
    assert len(set(names)) == len(names) > 180
    assert len(set(letters)) == len(letters) == 49
    assert all(option.meaning for option in OPTIONS)
    assert all(option.unit for option in OPTIONS if option.type == "time")


def test_every_choice_can_be_written_and_the_default_is_one() -> None:
    for option in OPTIONS:
        for choice in option.choices:
            assert Cf.parse(f"O {option.name}={choice}")[option.name] == choice
        assert not option.choices or option.default in (*option.choices, "true", "false")


def test_no_known_option_warns_whether_long_or_short() -> None:
    samples = {"flags": "", "signed flags": "+dnsrch", "time": "5m", "number": "3", "octal": "0600", "text": "5m"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", NotSimulated)
        for option in OPTIONS:
            text = option.choices[0] if option.choices else samples.get(option.type, "true")
            needed = "O HostStatusDirectory=x\n" if option.name == "SingleThreadDelivery" else ""
            assert Cf.parse(f"{needed}O {option.name}={text}").is_set(option.name)
            assert not option.letter or Cf.parse(f"O{option.letter}{text}").is_set(option.name)

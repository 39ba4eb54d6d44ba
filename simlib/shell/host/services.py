"""What starts and stops daemons: ``/etc/init.d/sendmail``, ``service``, and ``crontab``."""

from simlib.mta.receiving.start_up import begin, hang_up
from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program

ACTIONS = ("start", "stop", "restart", "reload", "status", "condrestart", "force-reload")


def service(call: Call) -> None:
    """``service sendmail start|stop|restart|reload|status``"""
    words = call.arguments
    if not words:
        raise Failed("Usage: service < option > | --status-all | [ service_name [ command ] ]")
    if words[0] != "sendmail":
        raise Failed(f"{words[0]}: unrecognized service: here service knows sendmail")
    _do(call, words[1:])


def script(call: Call) -> None:
    """``/etc/init.d/sendmail start|stop|restart|reload|status``"""
    _do(call, call.arguments)


def systemctl(call: Call) -> None:
    """``systemctl restart sendmail``"""
    words = [word for word in call.arguments if not word.startswith("-")]
    if len(words) != 2 or words[0] not in ACTIONS or words[1].removesuffix(".service") != "sendmail":
        raise Failed("systemctl: here it knows start, stop, restart, reload and status of sendmail")
    _do(call, words[:1])


def _do(call: Call, words: list[str]) -> None:
    daemon = call.shell.daemon
    if daemon is None:
        raise Failed("sendmail: unrecognized service")
    if len(words) != 1 or words[0] not in ACTIONS:
        raise Failed("Usage: sendmail {start|stop|restart|condrestart|reload|status}", 2)
    action = words[0]
    if action == "status":
        if daemon.runs:
            call.line(f"sendmail (pid  {daemon.pid}) is running...")
        else:
            call.line("sendmail is stopped")
            call.status = 3
        return
    if not call.shell.is_root:
        raise Failed("sendmail: you must be root", 4)
    if action in ("reload", "force-reload"):
        if not daemon.runs:
            raise Failed("sendmail is not running", 7)
        hang_up(daemon)
        call.line("Reloading sendmail: [  OK  ]")
        return
    if action == "condrestart" and not daemon.runs:
        return
    if action in ("stop", "restart", "condrestart"):
        ran = daemon.runs
        if ran:
            daemon.kill()
        call.line(f"Shutting down sendmail: {'[  OK  ]' if ran else '[FAILED]'}")
        call.status = 0 if ran or action != "stop" else 1
    if action in ("start", "restart", "condrestart"):
        if daemon.runs:
            call.line("Starting sendmail: [  OK  ]")
            return
        begin(daemon)
        began = daemon.runs
        call.line(f"Starting sendmail: {'[  OK  ]' if began else '[FAILED]'}")
        call.status = 0 if began else 1


def crontab(call: Call) -> None:
    """``crontab -l [-u user]``"""
    options, words = call.options("leri", "u")
    user = options.get("u", call.shell.user)
    if "l" in options and not words:
        call.stderr.write(f"no crontab for {user}\n")
        call.status = 1
        return
    raise Failed("crontab: only crontab -l here: nothing is run by cron. sendmail -q30m runs the queue again and again")


PROGRAMS: dict[str, Program] = {
    "service": service,
    "/etc/init.d/sendmail": script,
    "/etc/rc.d/init.d/sendmail": script,
    "systemctl": systemctl,
    "crontab": crontab,
}

"""Connections: ``telnet``, ``nc``, ``ping``, ``traceroute``, ``netstat``, ``ss``, ``ifconfig``, ``route``."""

from simlib.mta.process.far_end import SMTP_PORT
from simlib.neighbours.telnet import CLOSED_BY_HOST, Telnet
from simlib.shell.answer import Failed, lines_of, whole_number
from simlib.shell.call import Call, Program
from simlib.shell.network.names import ADDRESS, ask
from simlib.site.dns import NOERROR
from simlib.site.host import Host
from simlib.site.network import ACCEPTED, REFUSED, UNREACHABLE

SERVICES = {"smtp": 25, "domain": 53, "pop3": 110, "pop-3": 110, "auth": 113, "submission": 587, "http": 80}
MOST_PINGS = 100
FAILURES = {REFUSED: "Connection refused", UNREACHABLE: "No route to host"}


def resolved(call: Call, name: str) -> tuple[Host | None, str]:
    """The host of a name or an address as this one finds it, and the address; empty where there is none."""
    shell = call.shell
    if name in ("localhost", "127.0.0.1"):
        return shell.host, "127.0.0.1"
    if ADDRESS.fullmatch(name):
        return shell.site.network.host_at(name), name
    plain = name.lower().rstrip(".")
    if plain in (shell.host.name, shell.host.name.partition(".")[0]):
        return shell.host, shell.host.address
    for one in (plain, f"{plain}.{shell.host.name.partition('.')[2]}"):
        answer = ask(call, one, "A").answer
        if answer.status == NOERROR and answer.addresses:
            address = answer.addresses[0]
            return shell.site.network.host_at(address), address
    return None, ""


def telnet(call: Call) -> None:
    """``telnet host [port]``: SMTP with whoever listens at port 25; the lines of the input are typed."""
    words = [word for word in call.arguments if not word.startswith("-")]
    if not words:
        raise Failed("telnet: its own prompt is not simulated: telnet HOST 25")
    name, port = words[0], _port("telnet", words[1]) if len(words) > 1 else 23
    found, address = resolved(call, name)
    if not address:
        raise Failed(
            f"telnet: could not resolve {name}/{words[1] if len(words) > 1 else 'telnet'}: Name or service not known"
        )
    call.line(f"Trying {address}...")
    if port != SMTP_PORT:
        _other_port(call, found, port, name)
        return
    if found is None:
        raise Failed("telnet: Unable to connect to remote host: Connection timed out")
    talk = Telnet(call.shell.site, call.shell.host, found)
    if not talk.is_open and talk.greeting != CLOSED_BY_HOST:
        raise Failed(talk.greeting)
    call.line(f"Connected to {name}.\nEscape character is '^]'.")
    call.line(talk.greeting) if talk.greeting else None
    _typed(call, talk)


def _typed(call: Call, talk: Telnet) -> None:
    for line in lines_of(call.stdin.read()):
        if not talk.is_open:
            break
        answer = talk(line.rstrip("\r"))
        if answer:
            call.line(answer)
    if talk.is_open:
        talk.close()
    if call.name == "telnet":
        call.line(CLOSED_BY_HOST)
        call.status = 1


def _other_port(call: Call, found: Host | None, port: int, name: str) -> None:
    tried = call.shell.site.network.connect(call.shell.host, found, port)
    if tried.outcome == ACCEPTED:
        raise Failed(f"{call.name}: {name} listens on port {port}, but only SMTP on port 25 can be typed here")
    raise Failed(f"telnet: Unable to connect to remote host: {FAILURES.get(tried.outcome, 'Connection timed out')}")


def _port(command: str, text: str) -> int:
    number = whole_number(text, 65535)
    if number is None:
        number = SERVICES.get(text.lower())
    if not number:
        raise Failed(
            f"{command}: {text}: bad port number"
            if command != "telnet"
            else f"telnet: could not resolve host/{text}: Servname not supported for ai_socktype"
        )
    return number


def nc(call: Call) -> None:
    """``nc [-vz] [-w s] host port``"""
    options, words = call.options("vznCNu", "wqi")
    if len(words) != 2:
        raise Failed("usage: nc [-vz] [-w seconds] host port")
    name, port = words[0], _port("nc", words[1])
    found, address = resolved(call, name)
    if not address:
        raise Failed(f'nc: getaddrinfo for host "{name}" port {words[1]}: Name or service not known')
    tried = call.shell.site.network.connect(call.shell.host, found, port)
    if tried.outcome != ACCEPTED or found is None:
        call.status = 1
        if "v" in options:
            why = FAILURES.get(tried.outcome, "Connection timed out").lower().capitalize()
            call.stderr.write(f"nc: connect to {name} ({address}) port {port} (tcp) failed: {why}\n")
        return
    if "v" in options:
        service = next((one for one, number in SERVICES.items() if number == port), "*")
        call.stderr.write(f"Connection to {name} ({address}) {port} port [tcp/{service}] succeeded!\n")
    if "z" in options:
        return
    if port != SMTP_PORT:
        raise Failed(f"nc: {name} listens on port {port}, but only SMTP on port 25 can be typed here")
    talk = Telnet(call.shell.site, call.shell.host, found)
    if talk.greeting:
        call.line(talk.greeting)
    _typed(call, talk)


def ping(call: Call) -> None:
    """``ping [-c many] host``: whether it answers; four times, if not said otherwise."""
    options, words = call.options("nqvb", "cwWis")
    if not words:
        raise Failed("ping: usage error: Destination address required", 2)
    many = whole_number(options.get("c", "4"), 10**6)
    if not many:
        raise Failed(f"ping: invalid argument: '{options['c']}'", 1)
    many = min(many, MOST_PINGS)
    name = words[0]
    found, address = resolved(call, name)
    if not address:
        raise Failed(f"ping: {name}: Name or service not known", 2)
    call.line(f"PING {name} ({address}) 56(84) bytes of data.")
    site, here = call.shell.site, call.shell.host
    received, times = 0, list[float]()
    begun = call.shell.now
    for n in range(1, many + 1):
        path = None if found is None or not found.up else site.network.path(here, found)
        alive = found is here or (path is not None and path.broken() is None)
        if alive:
            took = 0.05 if found is here or path is None else path.round_trip * 1000
            received += 1
            times.append(took)
            call.line(f"64 bytes from {address}: icmp_seq={n} ttl=64 time={_milliseconds(took)} ms")
        site.env.run(until=site.env.now + 1.0)
    lost = (many - received) * 100 // many
    passed = (call.shell.now - begun) * 1000
    call.line(f"\n--- {name} ping statistics ---")
    call.line(f"{many} packets transmitted, {received} received, {lost}% packet loss, time {passed:.0f}ms")
    if times:
        mean = sum(times) / len(times)
        call.line(f"rtt min/avg/max/mdev = {min(times):.3f}/{mean:.3f}/{max(times):.3f}/0.000 ms")
    call.status = 0 if received else 1


def _milliseconds(value: float) -> str:
    return (
        f"{value:.3f}"
        if value < 1
        else f"{value:.2f}"
        if value < 10
        else f"{value:.1f}"
        if value < 100
        else f"{value:.0f}"
    )


def traceroute(call: Call) -> None:
    """``traceroute``: not simulated."""
    raise Failed(
        f"{call.name}: the routers between hosts are not simulated; "
        "ping tells whether a host answers, and after how long"
    )


def netstat(call: Call) -> None:
    """``netstat [-anltp]``: the ports that are listened on, and the connections of sendmail; ``-rn``, ``-i``."""
    letters = "".join(word.lstrip("-") for word in call.arguments)
    unknown = next((letter for letter in letters if letter not in "anltpuiresW46"), "")
    if unknown:
        raise Failed(f"netstat: invalid option -- '{unknown}': here it knows -a -n -l -t -p, -i and -r")
    if "i" in letters:
        call.line("Kernel Interface table")
        call.line("Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg")
        call.line("eth0      1500        0      0      0 0             0      0      0      0 BMRU")
        call.line("lo       65536        0      0      0 0             0      0      0      0 LRU")
        return
    if "r" in letters:
        raise Failed("netstat: -r: routes are not simulated; ping tells whether a host can be reached")
    program = "    PID/Program name" if "p" in letters else ""
    both = "a" in letters
    kind = "only servers" if "l" in letters else "servers and established" if both else "w/o servers"
    call.line(f"Active Internet connections ({kind})")
    call.line(
        f"Proto Recv-Q Send-Q Local Address           Foreign Address         State      {program}".rstrip()
        + ("" if program else "      ")
    )
    for local, foreign, state, owner in _sockets(call, "n" in letters):
        if state == "LISTEN" and not (both or "l" in letters):
            continue
        if state != "LISTEN" and "l" in letters and not both:
            continue
        call.line(f"tcp        0      0 {local:23} {foreign:23} {state:11}" + (f" {owner}" if program else ""))


def _sockets(call: Call, numeric: bool) -> list[tuple[str, str, str, str]]:
    """Local and foreign address, state, and whose it is."""
    shell = call.shell
    here, daemon = shell.host, shell.daemon

    def port(number: int) -> str:
        return str(number) if numeric else next((name for name, one in SERVICES.items() if one == number), str(number))

    rows = []
    for number, service in sorted(here.services.items()):
        if service.takes_connections():
            owner = f"{daemon.pid}/sendmail" if daemon is not None and service is daemon else "-"
            rows.append((f"0.0.0.0:{port(number)}", "0.0.0.0:*", "LISTEN", owner))
    if daemon is None:
        return rows
    for pid, child in daemon.children.items():
        client = child.client
        name = client.address if numeric else client.name[:16]
        rows.append(
            (
                f"{here.address if numeric else here.name[:16]}:{port(25)}",
                f"{name}:{40000 + pid % 20000}",
                "ESTABLISHED",
                f"{pid}/sendmail",
            )
        )
    for pid, worker in daemon.mta.processes.items():
        states = dict.fromkeys(worker.connected_to, "ESTABLISHED")
        if worker.talks_to:
            states.setdefault(worker.talks_to, "SYN_SENT")  # it has not answered yet
        for n, (host, state) in enumerate(states.items()):
            other = shell.site.network.hosts.get(host)
            name = (other.address if other is not None else host) if numeric else host[:16]
            local = here.address if numeric else here.name[:16]
            rows.append((f"{local}:{40000 + (pid + n) % 20000}", f"{name}:{port(25)}", state, f"{pid}/sendmail"))
    return rows


def ifconfig(call: Call) -> None:
    """``ifconfig``: the interface of the host."""
    if len(call.arguments) > 1:
        raise Failed("ifconfig: changing an interface is not simulated; ifconfig shows them")
    host = call.shell.host
    mac = ":".join(f"{int(part):02x}" for part in host.address.split("."))
    call.line("eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500")
    call.line(f"        inet {host.address}  netmask 255.255.255.0")
    call.line(f"        ether 02:00:{mac}  txqueuelen 1000  (Ethernet)\n")
    call.line("lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n        inet 127.0.0.1  netmask 255.0.0.0\n")


def route(call: Call) -> None:
    """``route``, ``ip``, ``arp``, ``tcpdump``: not simulated."""
    raise Failed(f"{call.name}: not simulated; netstat -an shows connections, ifconfig the interface, ping who answers")


PROGRAMS: dict[str, Program] = {
    "telnet": telnet,
    "nc": nc,
    "netcat": nc,
    "ping": ping,
    "traceroute": traceroute,
    "netstat": netstat,
    "ss": netstat,
    "ifconfig": ifconfig,
    "route": route,
    "ip": route,
    "arp": route,
    "tcpdump": route,
    "iptables": route,
}

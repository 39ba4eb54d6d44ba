"""What stands on the simulated host, as on the real one: maps and class files, users, files, aliases, agents."""

import re

from simlib import World
from simlib.mta.sendmail import Sendmail
from tests.against_sendmail.configuration import SPOOL
from tests.against_sendmail.mc import Mc
from tests.against_sendmail.users import HOMES, PEOPLE, Agent, Household

ALIASES = f"{SPOOL}/aliases"  # as the m4 lines of all cases name it
BEFORE = 1_000_000  # s: when the first step begins; letters are older than that


def furnish(mta: Sendmail, mc: Mc) -> None:
    """Maps and class files; sendmail begins when they are there."""
    for name, text in mc.maps.items():
        mta.map(name, text, mc.kind)
    for name, text in mc.files.items():
        mta.host.files.write(f"/etc/mail/{name}", text)
    mta.installation.configure(mta.cf)


def house(world: World, mta: Sendmail, household: Household) -> None:
    """Users, files, aliases and an agent."""
    world.user(mta, *PEOPLE, home="/var/spool")
    for user in household.users:
        world.user(mta, user, home=f"{HOMES}/$u", shell=household.shell(user))
    for file in household.files:
        if file.text is None:
            world.directory(mta, file.path, file.owner, file.mode)
        else:
            world.file(mta, file.path, file.text, file.owner, file.mode)
    if household.stale:
        server = world.nfs_server("nfs.test", household.stale)
        world.mount(mta, server, household.stale)
        server.restore()
    world.file(mta, ALIASES, household.aliases)
    mta.installation.local.rebuild_aliases()
    agent = household.agent or Agent()
    for path in ("/var/spool/deliver", "/var/spool/agent"):
        world.agent(mta, path, on_full=agent.status)
    world.disk(mta, 1_000_000, on="/var/mail")
    for user in agent.fails_for:
        world.user(mta, user, home=f"{HOMES}/$u", quota=1)
        world.fill(mta, 1, 0, 10 * BEFORE, on="/var/mail", owner=user)


def inhabit(world: World, zone: str, there: set[str], latency: float) -> None:
    """Hosts at the other addresses of a zone: nothing listens there, but somebody is at home, as in the real net."""
    named = dict(reversed(re.findall(r"(?m)^(\S+) A (10\.99\.1\.\d+)$", zone)))
    taken = {named.get(name.removesuffix(".test")) for name in there}
    for address, name in {address: name for name, address in named.items()}.items():
        if address not in taken:
            world.host(f"{name}.test", latency=latency)

"""What the scene of an incident needs beside what a world has: files that take room until they are away."""

from simlib.mta.sendmail import Sendmail
from simlib.site.steps import Steps
from simlib.world import World

LOOK = 10.0  # s between two looks


def takes_room(world: World, desk: Sendmail, path: str, blocks: int, owner: str = "root") -> None:
    """Put a file of so many blocks on a disk of the host; when it is away from that disk, or emptied, there is room."""
    files = desk.host.files
    top = max((point for point in files.disks if path.startswith(f"{point}/")), key=len)
    disk = files.disks[top]
    text = f"{path} ".ljust(63, ".") + "\n"
    text *= blocks * disk.block_size // len(text)
    files.write(path, text, owner, mode=0o600)
    disk.take(owner, blocks, world.env.now)

    def watch() -> Steps[None]:
        while any(node.text == text for name, node in files.nodes.items() if name.startswith(f"{top}/")):
            yield world.env.timeout(LOOK)
        disk.take(owner, -blocks, world.env.now)

    world.env.process(watch())

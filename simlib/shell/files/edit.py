"""``vi`` and other editors: the console opens its own."""

from simlib.shell.answer import Failed
from simlib.shell.call import Call, Program


def vi(call: Call) -> None:
    """``vi file``: an editor needs a screen; the console has one, and opens it by itself."""
    name = call.arguments[0] if call.arguments else "file"
    raise Failed(
        f"{call.name}: there is no screen to edit on: in lab.console(…) {call.name} {name} opens an editor; "
        f"here sed -i 's/old/new/' {name} changes lines, and cat > {name} with input=text writes it anew"
    )


PROGRAMS: dict[str, Program] = dict.fromkeys(("vi", "vim", "edit", "ed", "nano", "emacs"), vi)

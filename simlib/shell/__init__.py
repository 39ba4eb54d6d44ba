"""A shell on a simulated host, for what an administrator types: a small table of commands, not a shell language."""

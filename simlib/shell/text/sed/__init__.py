"""``sed``: a script of addresses and commands, run on each line."""

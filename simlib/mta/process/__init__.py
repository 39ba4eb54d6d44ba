"""A process that delivers: its connections, and what it remembers of other hosts."""

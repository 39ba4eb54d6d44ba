"""The daemon and its children, and what is handed in on this host."""

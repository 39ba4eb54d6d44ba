"""Delivery on this host: mailboxes, agents, programs, files."""

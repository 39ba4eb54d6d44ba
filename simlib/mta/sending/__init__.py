"""Attempts and queue runs: what is done with an entry of the queue."""

"""``awk``: patterns and actions (POSIX.1, XCU awk)."""

"""sendmail as somebody types it: its command line, its modes, what it prints."""

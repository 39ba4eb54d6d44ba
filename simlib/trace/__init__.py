"""What happened: written to by the site and its mail systems, read by notebooks."""

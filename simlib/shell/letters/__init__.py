"""What users do with mail: read their mailboxes, and write."""

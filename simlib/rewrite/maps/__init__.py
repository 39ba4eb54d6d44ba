"""Maps of a sendmail.cf (K lines): a kind each."""

"""Who stands beside sendmail in the world, and is no part of it: other MTAs, their clients, POP, smap, Ident."""

"""``help`` and ``man``: what each command does here, and what not."""

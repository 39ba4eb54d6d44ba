"""sendmail itself: reception, queue, routing, delivery, and what it remembers of other hosts."""

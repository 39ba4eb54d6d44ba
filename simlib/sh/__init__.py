"""The language of the Unix shell: a line becomes a small tree. What the tree comes to is for others to say."""

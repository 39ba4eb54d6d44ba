"""What a line comes to: words expanded, commands run one after the other, redirections, built-in commands."""

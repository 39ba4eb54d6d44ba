"""What comes into the queue, who goes together from there, and the notices that sendmail writes itself."""

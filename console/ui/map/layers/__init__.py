"""What can be laid on the map besides the open cases, how it is chosen, and what the legend says of it."""

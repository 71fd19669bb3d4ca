"""What the desk hears: which sounds there are, when each is due, and who plays them."""

"""Who works at this desk: signing in."""

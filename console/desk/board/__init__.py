"""What a supervisor's board shows, counted out of what lies on this desk and what other desks tell."""

"""The room of the shifts: what is handed over, who works when, what was signed."""

"""The supervisor's board: figures that open their lists, what waits for a yes, who is on the telephone."""

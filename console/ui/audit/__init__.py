"""The audit room: who saw and did what."""

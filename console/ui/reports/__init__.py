"""Reports of a period: chosen, looked at, saved, printed, locked."""

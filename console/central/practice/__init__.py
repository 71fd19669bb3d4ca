"""Practice mode's province: believable reports, made by rule from a seed."""

"""Reports of a period at the desk: the centre's figures, or those of what is kept here."""

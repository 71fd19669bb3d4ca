"""A report on sheets of A4: laid out once, painted into a PDF, a picture or a printer."""

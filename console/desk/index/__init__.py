"""All cases of the desk as columns in memory: any view, filter and order without touching the file."""

"""The local store: an encrypted SQLite file, its tables, and the questions and writes on them."""

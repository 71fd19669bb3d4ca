"""Telephone lines over real sockets and files."""

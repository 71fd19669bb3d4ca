"""The central server: real PostgreSQL, real HTTP."""

"""Real consoles, real central servers and a real PostgreSQL in processes of their own, and what ends them.

`python -m tests.trials --help` says what there is; `docs/reliability.md` holds the figures.
"""

"""Numbered changes of the store's schema (Alembic), applied by `upgrade`."""

"""Bring a store to this program's schema: copy the file first, refuse a newer one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from console.models.failures import StoreNewer
from console.models.folder import FILE
from console.models.store import Store, known_file_failures

if TYPE_CHECKING:
    from alembic.config import Config

STEPS = Path(__file__).parent
HEAD = "0020"
"""The newest step. Known here so that the usual start need not import Alembic (a quarter of a second)."""


def config_for(store: Store, steps: Path = STEPS) -> Config:
    """Alembic's settings, without a file of their own."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = store.connection
    return config


def version_of(store: Store) -> str | None:
    """The file's schema number; None for a new file."""
    if not store.read("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"):
        return None
    rows = store.read("SELECT version_num FROM alembic_version")
    return str(rows[0][0]) if rows else None


def upgrade(store: Store, steps: Path = STEPS) -> None:
    """Apply what is missing, in one transaction.

    Raises StoreNewer when the file knows a step that this program does not.
    """
    here = version_of(store)
    if here == HEAD and steps == STEPS:
        return
    from alembic import command
    from alembic.script import ScriptDirectory

    from console.models.schema_connection import driver_errors

    config = config_for(store, steps)
    known = ScriptDirectory.from_config(config)
    if here is not None and here not in {step.revision for step in known.walk_revisions()}:
        raise StoreNewer(here)
    if here == known.get_current_head():
        return
    if here is not None:
        copy_first(store, here)
    with store.transaction(), driver_errors():
        command.upgrade(config, "head")


def copy_first(store: Store, version: str) -> Path:
    """A whole copy of the file beside it, still encrypted, kept until someone removes it. Raises StoreFull,
    StoreUnwritable: then nothing is upgraded."""
    store.read("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = store.folder / f"store-before-{version}.db"
    with known_file_failures():
        shutil.copy2(store.folder / FILE, copy)
    return copy

"""Bring a database to this program's schema; refuse one of a newer program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

FOLDER = Path(__file__).parent / "migrations"
_LOCK = 7_205_759_403


class DatabaseNewer(Exception):
    """The database knows a step that this program does not: a newer program made it."""

    code = "database_newer"


class DatabaseBehind(Exception):
    """The database is not at this program's schema: `migrate` has not been run."""

    code = "database_behind"


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def schema_of(connection: Connection) -> str | None:
    """The step that the database stands at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The step that this program needs."""
    found = ScriptDirectory(str(FOLDER)).get_current_head()
    assert found is not None
    return found


def migrate(engine: Engine) -> str:
    """Run the steps that are missing, in one transaction; answers where the database stands then.

    Two programs that start at once wait for each other. Raises DatabaseNewer.
    """
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        here = schema_of(connection)
        config = _config(connection)
        known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
        if here is not None and here not in known:
            raise DatabaseNewer(here)
        if here != head():
            command.upgrade(config, "head")
        return head()


def check(engine: Engine) -> str:
    """The step the database stands at, if it is this program's. Raises DatabaseNewer, DatabaseBehind."""
    with engine.connect() as connection:
        here = schema_of(connection)
    if here != head():
        known = {step.revision for step in ScriptDirectory(str(FOLDER)).walk_revisions()}
        raise DatabaseBehind(here or "") if here is None or here in known else DatabaseNewer(here)
    return head()

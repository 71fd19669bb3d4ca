"""SQLAlchemy on a connection that is already open: for migrations and for comparing the schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool


def connection_on(driver: Any) -> Connection:
    """A connection that works through `driver` and does not end its transactions: those are the store's."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: driver,
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
    )
    connection = engine.connect()
    connection.begin()  # SQLAlchemy's own stays open for good (autocommit)
    return connection


@contextmanager
def driver_errors() -> Iterator[None]:
    """Raise the driver's own errors without SQLAlchemy's around them: `store.known_failures` knows those."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlcipher.Error):
            raise error.orig from None
        raise

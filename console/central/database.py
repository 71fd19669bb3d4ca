"""The way to PostgreSQL: one pool of connections per process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, make_url

SESSION = (
    "-c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000 "
    "-c TimeZone=UTC"
)
"""Milliseconds. A process that hangs while it holds the ledger loses it, so that the others can go on."""

LISTENING = "ioc-central listening"


def url_of(address: str) -> URL:
    """The address for psycopg 3, whatever driver it named."""
    return make_url(address).set(drivername="postgresql+psycopg")


def connect(address: str, *, size: int = 12, overflow: int = 8, wait_s: float = 5.0) -> Engine:
    """A pool. Errors it raises never show values: they may be people's names and phones."""
    return create_engine(
        url_of(address),
        pool_size=size,
        max_overflow=overflow,
        pool_timeout=wait_s,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": SESSION, "connect_timeout": 5, "application_name": "ioc-central"},
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One moment's picture of everything, for reading only."""
    how = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**how) as connection:
        yield connection


@contextmanager
def at_once(engine: Engine) -> Iterator[Connection]:
    """For single statements, each a picture and a transaction of its own: one way to PostgreSQL and back."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def listening(engine: Engine) -> "psycopg.Connection[Any]":
    """A connection of its own outside of the pool, for LISTEN."""
    args, keywords = engine.dialect.create_connect_args(engine.url)
    named = {**keywords, "connect_timeout": 5, "application_name": LISTENING}
    return psycopg.connect(*args, **named, autocommit=True)

"""The practice province of the tests: the period of practice mode, told once."""

from datetime import datetime
from functools import lru_cache

from console.central.practice.generator import generate
from console.central.practice.records import records
from console.central.practice.script import Told
from console.protocol.wire import CaseRecord
from console.reference import bundled

START = datetime.fromisoformat("2024-09-05T00:00:00+07:00")
END = datetime.fromisoformat("2024-11-04T14:00:00+07:00")
COUNT = 2000


@lru_cache(maxsize=1)
def lives() -> tuple[Told, ...]:
    """2,000 lives."""
    return tuple(generate(bundled(), 1, COUNT, START, END))


@lru_cache(maxsize=1)
def folded_records() -> tuple[CaseRecord, ...]:
    """The same, folded."""
    return tuple(records(bundled(), 1, COUNT, START, END))

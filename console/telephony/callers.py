"""Who calls in practice, and what they say: data, in an order that comes out of the seed."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random

import msgspec

from console.domain.telephone import CallKind

FILE = Path(__file__).resolve().parents[2] / "resources" / "practice" / "callers.toml"
PREFIXES = ("091", "094", "098", "097", "090", "035", "036", "038", "086", "088")


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """One of them. `patience`: seconds that they let it ring; `about`: what the call should turn out as."""

    about: CallKind
    patience: float
    says: tuple[str, ...]
    number: str = ""


class _Callers(msgspec.Struct, frozen=True):
    caller: tuple[Caller, ...]


def read_callers(file: Path = FILE) -> tuple[Caller, ...]:
    """All that may call."""
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), _Callers).caller


def in_turn(callers: tuple[Caller, ...], rng: Random) -> Iterator[Caller]:
    """For ever: each once before anybody calls again, everybody from a number of their own."""
    while True:
        for caller in rng.sample(callers, len(callers)):
            number = f"{rng.choice(PREFIXES)}{rng.randrange(10_000_000):07d}"
            yield msgspec.structs.replace(caller, number=number)

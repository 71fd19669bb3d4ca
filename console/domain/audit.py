"""The chain of the audit: each entry's hash holds the one before, so that none can be changed, left out or
put in between without all later ones telling of it (as in Schneier and Kelsey, Secure Audit Logs, 1999; RFC
9162 does the like with trees)."""

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, NamedTuple

import msgspec

from console.domain.case import Role

FIRST: Final = bytes(32)
"""What stands before the first entry."""
KIND_MOST = 40  # characters
FACT_MOST = 1000  # bytes
READERS = frozenset({Role.SUPERVISOR, Role.ADMIN})


class Sealed(NamedTuple):
    """An entry as it is hashed. `fact`: JSON as it is stored, letter by letter; `at` in UTC."""

    n: int
    at: datetime
    kind: str
    who: str
    station: str
    case: str | None
    act: str | None
    fact: str
    seal: bytes


def link(before: bytes, entry: Sealed) -> bytes:
    """The hash of an entry behind one with the hash `before`: SHA-256, 32 bytes."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [entry.n, at, *entry[2:8], entry.seal.hex()]
    return sha256(before + msgspec.json.encode(told)).digest()


def seal_of(parts: Iterable[bytes]) -> bytes:
    """SHA-256 over some texts, each with its length: what an entry vouches for."""
    found = sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.digest()

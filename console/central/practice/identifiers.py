"""UUIDv7 out of a moment and a generator of random numbers: the same ones for the same seed."""

from datetime import UTC, datetime
from random import Random

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def milliseconds(at: datetime) -> int:
    """Since the epoch."""
    return int((at - EPOCH).total_seconds() * 1000)


def made_id(at: datetime, rng: Random) -> str:
    """As `console.domain.identity.new_id` would have made it at that moment."""
    return laid_out(milliseconds(at), rng.getrandbits(74))


def laid_out(ms: int, bits: int) -> str:
    """RFC 9562: 48 bits of milliseconds, version 7, 12 random bits, variant 2, 62 random bits."""
    text = f"{ms:012x}7{bits >> 62:03x}{0x8000000000000000 | (bits & 0x3FFFFFFFFFFFFFFF):016x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

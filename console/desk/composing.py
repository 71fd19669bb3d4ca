"""What is being written on a case and not given yet: on disk by case and act, until given or discarded."""

import msgspec

from console.desk.holdings import Holdings
from console.desk.rows import Composed

_BEFORE = "composed."
_decode = msgspec.json.Decoder(Composed)


def _key(case_id: str, slot: str) -> str:
    return f"{_BEFORE}{case_id}.{slot}"


def keep(held: Holdings, composed: Composed) -> None:
    """Write it; the one before it of the same act is replaced."""
    kept = msgspec.structs.replace(composed, saved_at=held.clock.now())
    with held.store.transaction():
        held.meta.set(_key(kept.case, kept.slot), msgspec.json.encode(kept).decode())


def forget(held: Holdings, case_id: str, slot: str) -> None:
    """It was given, or discarded."""
    with held.store.transaction():
        held.meta.set(_key(case_id, slot), None)


def of_case(held: Holdings, case_id: str) -> tuple[Composed, ...]:
    """All that is unfinished on a case, the newest first."""
    found = [_decode.decode(value) for value in held.meta.under(f"{_BEFORE}{case_id}.")]
    return tuple(sorted(found, key=lambda composed: composed.saved_at, reverse=True))

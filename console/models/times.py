"""UTC datetimes and the store's milliseconds."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)


def to_ms(at: datetime) -> int:
    """Whole milliseconds since 1970, rounded down."""
    return (at - _EPOCH) // _MS


def to_ms_or_none(at: datetime | None) -> int | None:
    """The same, where there may be no time."""
    return None if at is None else to_ms(at)


def from_ms(ms: int) -> datetime:
    """The UTC datetime of a stored time."""
    return _EPOCH + timedelta(milliseconds=ms)


def from_ms_or_none(ms: int | None) -> datetime | None:
    """The same, where there may be no time."""
    return None if ms is None else from_ms(ms)

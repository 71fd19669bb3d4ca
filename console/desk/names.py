"""Codes in the order of their names, for the columns of the queue that show names."""

from console.desk.rows import Sort
from console.domain.case import Channel
from console.domain.reference import Reference
from console.domain.text import fold_text

STATUSES = (
    "triage", "new", "reopened", "need_info", "assigned", "in_progress", "pending_approval", "returned",
    "resolved", "closed", "rejected", "merged",
)  # fmt: skip
"""Shown statuses along a case's life."""


def ranked(reference: Reference, sort: Sort) -> tuple[tuple[str, ...], ...]:
    """For each column that the order goes by, its codes as they follow one another; () for an order by
    stored values. Codes of no name come after them, those of no value last."""
    match sort:
        case Sort.TYPE:
            return (_by_name({type_.code: type_.name for type_ in reference.types}),)
        case Sort.PLACE:
            units = _by_name({unit.code: unit.short for unit in reversed(reference.units)})
            return units, units
        case Sort.STATUS:
            return (STATUSES,)
        case Sort.AGENCY:
            return (_by_name({agency.code: agency.short for agency in reference.agencies}),)
        case Sort.CHANNEL:
            return (tuple(channel.value for channel in Channel),)
        case _:
            return ()


def _by_name(names: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda code: (fold_text(names[code]), names[code], code)))

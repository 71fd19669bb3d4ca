"""Which alarms stand. Pure: what is due to be heard comes out as values.

An alarm stands until somebody at this desk has seen to it: then the same may be heard again. Reports of one
kind in one commune are one alarm, however many come.
"""

from collections.abc import Sequence
from typing import NamedTuple

from console.desk.alarms import Alarming
from console.domain.reference import Reference


class Trouble(NamedTuple):
    """One alarm: reports of a kind in a commune, the oldest first."""

    cases: tuple[Alarming, ...]
    new: bool  # it begins to stand: it is to be heard


_Key = tuple[str, str]  # kind, commune


class Alarms:
    """Reports of utmost urgency that nobody here has looked at yet."""

    def __init__(self) -> None:
        self._standing: dict[_Key, dict[str, Alarming]] = {}

    def concerns(self, ids: frozenset[str]) -> frozenset[str]:
        """Those of the cases for which an alarm stands."""
        return ids & {case for group in self._standing.values() for case in group}

    def take(self, rows: Sequence[Alarming], reference: Reference, fresh: bool) -> list[Trouble]:
        """How cases are now: alarms that grew. `fresh`: they came from elsewhere, and may call."""
        grown = dict[_Key, bool]()
        for row in rows:
            key = _key(row, reference)
            group = self._standing.get(key, {})
            if not row.calls:
                self._seen(row.id)
            elif row.id in group:
                group[row.id] = row
            elif fresh:
                self._seen(row.id)
                grown[key] = grown.get(key, not group)
                self._standing.setdefault(key, {})[row.id] = row
        return [
            Trouble(tuple(self._standing[key].values()), new)
            for key, new in grown.items()
            if key in self._standing
        ]

    def see(self, cases: Sequence[Alarming]) -> None:
        """Somebody looks at them."""
        for case in cases:
            self._seen(case.id)

    def _seen(self, case: str) -> None:
        for key, group in tuple(self._standing.items()):
            if group.pop(case, None) is not None and not group:
                del self._standing[key]


def _key(row: Alarming, reference: Reference) -> _Key:
    kind = reference.type(row.type)
    return (kind.group if kind is not None and kind.group else row.type, row.commune)

"""Which cases are chosen: by id, never by row, so that no new order, page or view changes what is meant."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

MOST = 1000
"""Cases that can be chosen at once: as many as a storm brings, and as can be given one by one in a minute."""


class Chosen(QObject):
    """Ids in the order in which they were chosen. `changed` after each change; `cut`: how many more were
    meant than MOST lets in."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ids: dict[str, None] = {}
        self.cut = 0

    def __contains__(self, case: object) -> bool:
        return case in self._ids

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(self._ids)

    def put(self, ids: Iterable[str], more: int = 0) -> None:
        """These and no others; `more`: how many besides them were meant."""
        wanted = dict.fromkeys(ids)
        kept = dict.fromkeys(list(wanted)[:MOST])
        cut = more + len(wanted) - len(kept)
        if (list(kept), cut) == (list(self._ids), self.cut):
            return
        self._ids, self.cut = kept, cut
        self.changed.emit()

    def toggle(self, case: str) -> None:
        """In where it was out, out where it was in."""
        if case in self._ids:
            self.drop([case])
        else:
            self.put([*self._ids, case])

    def drop(self, ids: Iterable[str]) -> None:
        """Without these."""
        gone = frozenset(ids)
        self.put(case for case in self._ids if case not in gone)

    def clear(self) -> None:
        """None."""
        self.put(())

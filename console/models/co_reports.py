"""Reports that were merged: whether their reporters are to be called follows from the case that each is part
of, so it is looked at again whenever one of both is written."""

from collections.abc import Callable, Iterable, Sequence

from console.domain.callbacks import TOLD_IN, is_due
from console.domain.case import Case, Status
from console.models.store import Store

DEEP = 20  # merges that are followed one behind the other
SLICE = 400

_UNDER = (
    "WITH RECURSIVE under(pk) AS (SELECT pk FROM co_report WHERE parent IN ({}) UNION "
    "SELECT co_report.pk FROM under JOIN case_row USING (pk) JOIN co_report ON parent = id) "
    "SELECT pk FROM under"
)
_DUE_ONLY = " JOIN case_row USING (pk) WHERE callback_due = 1"
_BODIES = "SELECT pk, callback_due, body FROM case_row JOIN case_body USING (pk) WHERE pk IN ({})"


class CoReports:
    """Inside a transaction of the store, on its thread. `get`: a case by id; `read`: a case out of a body."""

    def __init__(
        self, store: Store, get: Callable[[str], Case | None], read: Callable[[bytes], Case]
    ) -> None:
        self._store, self._get, self._read = store, get, read

    def note(self, rows: Sequence[tuple[int, str | None]]) -> None:
        """These were written; with each the case that it is part of now, None where it stands alone."""
        if not rows:
            return
        self._store.write_many("DELETE FROM co_report WHERE pk = ?", [(pk,) for pk, _ in rows])
        parts = [row for row in rows if row[1]]
        if parts:
            self._store.write_many("INSERT INTO co_report (pk, parent) VALUES (?, ?)", parts)

    def forget(self, keys: Sequence[int] | None = None) -> None:
        """These are not kept here any more; None: none is."""
        if keys is None:
            self._store.write_many("DELETE FROM co_report", [()])
        else:
            self._store.write_many("DELETE FROM co_report WHERE pk = ?", [(pk,) for pk in keys])

    def turned(self, written: Sequence[tuple[int, str, Status]]) -> dict[int, int]:
        """After these were written: whose flag is another one now, and which."""
        if not self._any():
            return {}
        far = [id_ for _, id_, status in written if status in (*TOLD_IN, Status.MERGED)]
        near = [id_ for _, id_, status in written if status not in (*TOLD_IN, Status.MERGED)]
        keys = {pk for pk, _, status in written if status is Status.MERGED}
        keys |= set(self._under(far, _UNDER)) | set(self._under(near, _UNDER + _DUE_ONLY))
        turned = dict[int, int]()
        for pk, was, body in self._bodies(sorted(keys)):
            case = self._read(body)
            now = int(is_due(case, self._root(case)))
            if case.status is Status.MERGED and now != was:
                turned[pk] = now
        return turned

    def _any(self) -> bool:
        return bool(self._store.read("SELECT 1 FROM co_report LIMIT 1"))

    def _under(self, ids: Sequence[str], sql: str) -> Iterable[int]:
        for start in range(0, len(ids), SLICE):
            part = tuple(ids[start : start + SLICE])
            for row in self._store.read(sql.format(", ".join("?" * len(part))), part):
                yield row[0]

    def _bodies(self, keys: Sequence[int]) -> Iterable[tuple[int, int, bytes]]:
        for start in range(0, len(keys), SLICE):
            part = tuple(keys[start : start + SLICE])
            yield from self._store.read(_BODIES.format(", ".join("?" * len(part))), part)

    def _root(self, case: Case) -> Case | None:
        """The case that a merged one is part of in the end; None: it is not here."""
        root: Case | None = case
        for _ in range(DEEP):
            if root is None or root.status is not Status.MERGED:
                return root
            root = self._get(root.merged_into or "")
        return None

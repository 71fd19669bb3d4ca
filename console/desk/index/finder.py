"""The queue's questions answered from the columns."""

from collections.abc import Callable, Sequence

import numpy as np

from console.desk.index.answers import Answer, Answers, KeysOf, Sorting
from console.desk.index.columns import Columns, Slots
from console.desk.index.order import Orders
from console.desk.index.select import CLOSED_TOO, Asked, chosen
from console.desk.rows import BUILT_IN, Filter, Question, View
from console.domain.reference import Reference

WordsOf = Callable[[Filter, bool], Slots | None]
"""Keys of the cases that a filter's words and callers find, rising (the second: whether open ones do). None:
they ask nothing."""


class Finder:
    """On the database thread."""

    def __init__(self, columns: Columns, words_of: WordsOf) -> None:
        self.columns, self._words_of = columns, words_of
        self._orders, self._answers = Orders(), Answers()

    def forget(self) -> None:
        """Answers given so far are of cases that are here no more."""
        self._answers.clear()

    def answer(self, question: Question, known: int | None, user: str, now_ms: int) -> Answer:
        """The one of that name, or a new one."""
        found = self._answers.get(known, question)
        if found is None:
            found = Answer(question, self._chosen(question.view, question.filter, user, now_ms))
            self._answers.keep(found)
        return found

    def reach(self, answer: Answer, end: int, reference: Reference) -> Sorting | None:
        """See `Answer.reach`."""
        return answer.reach(end, self._keys_of(answer, reference))

    def place_of(self, answer: Answer, key: int, reference: Reference) -> int | None:
        """See `Answer.place_of`."""
        return answer.place_of(key, self._keys_of(answer, reference))

    def _keys_of(self, answer: Answer, reference: Reference) -> KeysOf:
        sort = answer.question.sort
        return lambda slots: self._orders.keys(self.columns, slots, sort, reference)

    def counts(self, filter: Filter, user: str, now_ms: int) -> dict[View, int]:
        """How many each built-in view holds: without a filter as it is kept, else by looking."""
        if filter == Filter():
            kept = self._kept_counts(user, now_ms)
            return {view: kept[view] for view in BUILT_IN}
        return {view: len(self._chosen(view, filter, user, now_ms)) for view in BUILT_IN}

    def count(self, view: View, filter: Filter, user: str, now_ms: int) -> int:
        """How many a view holds."""
        if filter == Filter():
            return self._kept_counts(user, now_ms)[view]
        return len(self._chosen(view, filter, user, now_ms))

    def first(
        self, question: Question, user: str, now_ms: int, count: int, reference: Reference
    ) -> tuple[tuple[int, ...], int]:
        """Keys of the first `count` in order, and how many there are. Not kept as an answer to read on in."""
        answer = Answer(question, self._chosen(question.view, question.filter, user, now_ms))
        while sorting := self.reach(answer, count, reference):
            answer.take(sorting, sorting.done())
        return answer.keys(0, count), answer.total

    def among(
        self, view: View, filter: Filter, user: str, now_ms: int, keys: Sequence[int]
    ) -> frozenset[int]:
        """Those of `keys` that a view holds under the filter."""
        asked = np.asarray(keys, dtype=np.int64)
        return frozenset(asked[np.isin(asked, self._chosen(view, filter, user, now_ms))].tolist())

    def _kept_counts(self, user: str, now_ms: int) -> dict[View, int]:
        columns = self.columns
        overdue = int(np.searchsorted(columns.dues, now_ms, side="right"))
        handler = columns.handlers.known(user)
        mine = handler is not None and handler < len(columns.open_of)
        waits = columns.statuses.known("pending_approval")
        return {
            View.OPEN: len(columns.open),
            View.MINE: int(columns.open_of[handler]) if mine else 0,
            View.TRIAGE: len(columns.triage),
            View.SOON: int(np.searchsorted(columns.nears, now_ms, side="right")) - overdue,
            View.OVERDUE: overdue,
            View.CALLBACK: len(columns.callback),
            View.APPROVAL: int(np.count_nonzero(columns.status[columns.open] == waits))
            if waits is not None
            else 0,
            View.ALL: columns.total,
        }

    def _chosen(self, view: View, filter: Filter, user: str, now_ms: int) -> Slots:
        asks = filter.words or filter.callers
        found = self._words_of(filter, view not in CLOSED_TOO) if asks else None
        return chosen(self.columns, Asked(view, filter, user, now_ms, found))

"""Answers that stay as they were given while somebody reads on in them."""

from collections import OrderedDict
from collections.abc import Callable
from itertools import count
from typing import NamedTuple

import numpy as np

from console.desk.index.columns import Slots
from console.desk.index.order import Keys, first, is_backward, sorted_by
from console.desk.rows import Question

AT_FIRST = 200  # cases that are put in order with the first page
FEW = 2_000  # up to so many are all put in order with the first page: a tenth of a millisecond
AT_ONCE = 20_000  # up to so many are put in order in one go where many are wanted: some two milliseconds
SHARE = 8  # of those that are left: whoever wants more of them than an eighth gets all in order
KEPT_ANSWERS = 4
KEPT_CASES = 4_000_000  # of all answers together, four bytes each
_ids = count(1)

KeysOf = Callable[[Slots], Keys]


class Sorting(NamedTuple):
    """What takes long to put in order, copied out of the columns: `done()` in any thread, then `take`."""

    behind: int  # how many are in order before it
    done: Callable[[], Slots]


class Answer:
    """The cases of one question, as many of them in order as were asked for. A case that changes later keeps
    its place, or at least comes behind all that were read already."""

    def __init__(self, question: Question, slots: Slots) -> None:
        self.id, self.question, self.total = next(_ids), question, len(slots)
        self._backward = is_backward(question.sort, question.reverse)
        self._ordered: Slots = np.zeros(0, np.int32)
        self._rest, self._taken = slots, 0  # of the rest, so many are in order by now

    def reach(self, end: int, keys_of: KeysOf) -> Sorting | None:
        """See to it that the first `end` are in order. Not None: it takes long, so it is left to others."""
        done = len(self._ordered)
        if done >= min(end, self.total):
            return None
        rest, backward = self._left(), self._backward
        keys = keys_of(rest)
        wanted = max(end, 4 * done, AT_FIRST) - done
        many = wanted > len(rest) // SHARE
        if len(rest) > AT_ONCE and many:
            return Sorting(done, lambda: sorted_by(rest, keys, backward))
        if len(rest) <= (AT_ONCE if many else FEW):
            following = sorted_by(rest, keys, backward)
        else:
            following = first(rest, keys, backward, wanted)
        self._append(following)
        return None

    def place_of(self, slot: int, keys_of: KeysOf) -> int | None:
        """Where a case stands, or will once so many are in order; None: it is not among them."""
        found = np.flatnonzero(self._ordered == slot)
        if len(found):
            return int(found[0])
        rest = self._left()
        at = int(np.searchsorted(rest, slot))
        if at == len(rest) or rest[at] != slot:
            return None
        keys = keys_of(rest)
        own = keys[at]
        before = keys > own if self._backward else keys < own
        equal = keys[at + 1 :] == own if self._backward else keys[:at] == own
        return len(self._ordered) + int(np.count_nonzero(before)) + int(np.count_nonzero(equal))

    def _left(self) -> Slots:
        if self._taken:
            done = self._ordered[-self._taken :]
            self._rest, self._taken = np.delete(self._rest, np.searchsorted(self._rest, done)), 0
        return self._rest

    def _append(self, following: Slots) -> None:
        self._ordered = np.concatenate([self._ordered, following])
        self._taken += len(following)

    def take(self, sorting: Sorting, following: Slots) -> None:
        """What it gave, unless the answer has gone on meanwhile: ask `reach` again."""
        if sorting.behind == len(self._ordered):
            self._append(following)

    def keys(self, offset: int, limit: int) -> tuple[int, ...]:
        """Those at these places, which must have been reached."""
        found: list[int] = self._ordered[offset : offset + limit].tolist()
        return tuple(found)


class Answers:
    """The last few."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Answer] = OrderedDict()

    def get(self, id_: int | None, question: Question) -> Answer | None:
        """The answer of this name, if it is kept and this was its question."""
        found = self._kept.get(id_ or 0)
        if found is None or found.question != question:
            return None
        self._kept.move_to_end(found.id)
        return found

    def keep(self, answer: Answer) -> None:
        """The newest one always, older ones while there is room."""
        self._kept[answer.id] = answer
        while len(self._kept) > 1 and (len(self._kept) > KEPT_ANSWERS or self._size() > KEPT_CASES):
            self._kept.popitem(last=False)

    def _size(self) -> int:
        return sum(answer.total for answer in self._kept.values())

    def clear(self) -> None:
        """None of them holds any more."""
        self._kept.clear()

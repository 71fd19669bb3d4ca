"""Text as small whole numbers: each text is kept once, a column holds its code."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from console.domain.answer_keys import BETWEEN, whatever

T = TypeVar("T", bound=Hashable)


class Codes(Generic[T]):
    """`values[code]` is the text, or several of one case that belong together. None is ever forgotten: there
    are as many as there are agencies, types, places and people."""

    def __init__(self) -> None:
        self.values: list[T] = []
        self._known: dict[T, int] = {}

    def of(self, values: Sequence[T]) -> list[int]:
        """Their codes, given out as they are first met."""
        known = self._known
        try:
            return [known[value] for value in values]
        except KeyError:
            return [self._code(value) for value in values]

    def _code(self, value: T) -> int:
        code = self._known.setdefault(value, len(self.values))
        if code == len(self.values):
            self.values.append(value)
        return code

    def known(self, value: T) -> int | None:
        """Its code; None: no case ever had it."""
        return self._known.get(value)

    def codes(self, wanted: Iterable[bool]) -> NDArray[np.intp]:
        """Those of the codes for which `wanted`, in the order of `values`, says so."""
        return np.flatnonzero(np.fromiter(wanted, dtype=np.bool_, count=len(self.values)))


class AnswerCodes(Codes[str]):
    """Codes of what cases have answered, each all answers of a case together (`domain.answer_keys`): many
    cases have the same few."""

    def __init__(self) -> None:
        super().__init__()
        self._having: defaultdict[str, list[int]] = defaultdict(list)  # by key of one answer, rising

    def _code(self, value: str) -> int:
        before = len(self.values)
        code = super()._code(value)
        if code == before and value:
            for key in value.split(BETWEEN):
                for one in {key, whatever(key)}:
                    self._having[one].append(code)
        return code

    @property
    def keys(self) -> list[str]:
        """Every answer that any case has, and every question that was answered."""
        return [*self._having]

    def having(self, keys: Iterable[str]) -> NDArray[np.intp]:
        """Of those that have one of these answers, rising."""
        found = {code for key in keys for code in self._having.get(key, ())}
        return np.array(sorted(found), np.intp)

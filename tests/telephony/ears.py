"""Somebody who listens to a line, and waits for what it tells."""

import threading
from collections.abc import Callable

from console.domain.telephone import CallFact, LineState

PATIENCE_S = 20.0


class Listener:
    """An Ear; `facts` and `states` in the order in which they were heard."""

    def __init__(self) -> None:
        self.facts: list[CallFact] = []
        self.states: list[LineState] = []
        self._news = threading.Condition()

    def heard(self, fact: CallFact) -> None:
        with self._news:
            self.facts.append(fact)
            self._news.notify_all()

    def line_is(self, state: LineState) -> None:
        with self._news:
            self.states.append(state)
            self._news.notify_all()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait until it is so."""
        with self._news:
            assert self._news.wait_for(true, PATIENCE_S), (self.facts, self.states)

    @property
    def stood(self) -> list[LineState]:
        """The states after the first, which is that it begins."""
        return [state for state in self.states if state.why != "starting"]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Kind and call of each fact."""
        return [(str(fact.__struct_config__.tag), fact.call) for fact in self.facts]

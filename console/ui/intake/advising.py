"""Asks past cases while it is typed, at each key: what type the words tell of, who handled such matters here.

One question at a time: what was typed meanwhile is asked next, and an answer to what is no longer there is
dropped. What is shown stays until the next answer is another one.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from console.domain.advice import Past, TypeGuess
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.reading import local_day
from console.ui.tasks import Tasks

_NOTHING = ("", "", None)
_Asked = tuple[str, str, date | None]


class AdviceDesk(Protocol):
    """What is asked of the desk."""

    async def type_guesses(self, text: str, commune: str, day: date) -> tuple[TypeGuess, ...]: ...
    async def past(self, type: str, commune: str) -> Past: ...


class Advising:
    """`guessed`: the state has other guesses of the type; `remembered`: it has heard of other past cases."""

    def __init__(
        self,
        desk: AdviceDesk,
        tasks: Tasks,
        state: IntakeState,
        guessed: Callable[[], None],
        remembered: Callable[[], None],
    ) -> None:
        self._desk, self._tasks, self._state = desk, tasks, state
        self._guessed, self._remembered = guessed, remembered
        self._asking = False
        self._words: _Asked = _NOTHING
        self._kind = ("", "")

    def touch(self) -> None:
        """Something was typed or chosen."""
        if not self._asking and not self._up_to_date():
            self._asking = True
            self._tasks.start(self._ask())

    def forget(self) -> None:
        """Another draft: what was answered is not about it."""
        self._words, self._kind = _NOTHING, ("", "")
        self._take((), None)
        self.touch()

    def _up_to_date(self) -> bool:
        return self._words == self._words_now() and self._kind == self._kind_now()

    def _words_now(self) -> _Asked:
        """What was typed, as long as no type is chosen."""
        draft = self._state.draft
        text = f"{draft.type_text}\n{draft.description}"
        return _NOTHING if draft.type or not text.strip() else (text, draft.commune, local_day(draft))

    def _kind_now(self) -> tuple[str, str]:
        draft = self._state.draft
        return (draft.type, draft.commune) if draft.type else ("", "")

    async def _ask(self) -> None:
        try:
            while not self._up_to_date():
                self._words, self._kind = words, kind = self._words_now(), self._kind_now()
                text, commune, day = words
                guesses = await self._desk.type_guesses(text, commune, day) if day is not None else ()
                past = await self._desk.past(*kind) if kind[0] else None
                if self._up_to_date():
                    self._take(guesses, past)
        finally:
            self._asking = False

    def _take(self, guesses: tuple[TypeGuess, ...], past: Past | None) -> None:
        if guesses != self._state.guesses:
            self._state.guess(guesses)
            self._guessed()
        if past != self._state.past:
            self._state.remember(past)
            self._remembered()

"""The desk's door to the board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from console.desk.holdings import Holdings

if TYPE_CHECKING:
    from console.desk.board.board_rows import Board, DeskDays
    from console.domain.quality import ScoreForm
    from console.protocol.board import SampleScore


class BoardDoor:
    """A part of the desk. What counts is imported with the first question: numpy comes with it."""

    _held: Holdings

    async def board(self) -> Board:
        """Everything at one moment. In the first seconds it waits for the index."""
        from console.desk.board.counting import board

        return await board(self._held)

    async def desk_days(self) -> DeskDays:
        """What each desk did today. Ask again after `Changes.board`."""
        from console.desk.board.desk_days import desk_days

        return await self._held.call(lambda: desk_days(self._held))

    async def score_of(self, case_id: str) -> SampleScore | None:
        """How the call of a case was scored."""
        from console.desk.board.scoring import score_of

        return await self._held.call(lambda: score_of(self._held, case_id))

    async def score_call(
        self, case_id: str, form: ScoreForm, points: Mapping[str, int], note: str = ""
    ) -> SampleScore:
        """Score it, here and offline. Raises NotHere, ScoreNotYours, ScoreUnfit, StoreFull."""
        from console.desk.board.scoring import score

        return await self._held.call(lambda: score(self._held, case_id, form, points, note))

"""What is done from the board: a command given that can be undone, a call scored."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from console.desk.errors import DeskError
from console.desk.rows import CaseView, Done
from console.domain.command import AnyBody
from console.domain.quality import ScoreForm
from console.protocol.board import SampleScore
from console.ui.board.score_sheet import ScoreSheet, Scoring
from console.ui.more_rooms import Kit
from console.ui.parts.failure_text import failure_text
from console.ui.words import t


class BoardActs:
    """`refresh` is called behind each act, done or not."""

    def __init__(self, kit: Kit, refresh: Callable[[], None]) -> None:
        self._kit, self._desk, self._refresh = kit, kit.desk, refresh
        self._sheet_of: QWidget | None = None  # what sheets open over
        self._unsaved: dict[str, Scoring] = {}  # what was given in sheets that were closed, by case

    def give(self, case: str, body: AnyBody, text: str, then: Callable[[], None] | None = None) -> None:
        """Give a command; `text` is said once it is on the disk."""
        self._kit.tasks.start(self._give(case, body, text, then), self._refused)

    async def _give(self, case: str, body: AnyBody, text: str, then: Callable[[], None] | None) -> None:
        done = await self._desk.act(case, body)
        if then is not None:
            then()
        self._said(done, text)
        self._refresh()

    def _said(self, done: Done, text: str) -> None:
        if done.undo_until is None:
            self._kit.notices.say(text)
            return
        left = (done.undo_until - self._desk.clock.now()).total_seconds()
        self._kit.notices.say(text, partial(self._take_back, done), max(1, round(left)))

    def _take_back(self, done: Done) -> None:
        self._kit.tasks.start(self._undo(done))

    async def _undo(self, done: Done) -> None:
        if await self._desk.undo(done.commands):
            self._kit.notices.say(t("undo.done"), seconds=5)
        else:
            self._kit.notices.problem(t("undo.gone"))
        self._refresh()

    def _refused(self, error: DeskError) -> bool:
        self._kit.notices.problem(failure_text(error, self._desk.reference))
        self._refresh()
        return True

    # scores

    def score(self, case: str, form: ScoreForm, parent: QWidget) -> None:
        """Open the form for one call."""
        self._sheet_of = parent
        self._kit.tasks.start(self._open(case, form, parent))

    async def _open(self, case: str, form: ScoreForm, parent: QWidget) -> None:
        view = await self._desk.case(case)
        if view is None:
            return
        kept = self._unsaved.setdefault(case, Scoring())
        sheet = ScoreSheet(self._kit.theme, form, view, kept, view.row.place, parent)
        sheet.looked.connect(partial(self._kit.window.open_case, case))
        sheet.scored.connect(
            lambda points, note: self._kit.tasks.start(self._score(view, form, points, note), self._refused)
        )
        sheet.open()

    async def _score(self, view: CaseView, form: ScoreForm, points: dict[str, int], note: str) -> None:
        given = await self._desk.score_call(view.case.id, form, points, note)
        self._unsaved.pop(view.case.id, None)
        text = t("board.scored", number=view.case.number, n=given.total, most=given.most)
        self._kit.notices.say(text, look=partial(self._change, view, form, given))
        self._refresh()

    def _change(self, view: CaseView, form: ScoreForm, given: SampleScore) -> None:
        """The form again, as it was filled in: what is saved then stands in its place."""
        self._unsaved[view.case.id] = Scoring(dict(given.points), given.note)
        if self._sheet_of is not None:
            self.score(view.case.id, form, self._sheet_of)

"""How the messages of a case's events fare, asked of the centre while the case is open.

They are facts of their events, not events of their own: each try would be one more line that nobody reads.
"""

from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from console.desk.errors import DeskError
from console.desk.rows import CaseView
from console.protocol.post import PostAnswer, PostRow
from console.ui.case.timeline import Timeline
from console.ui.chase.post_words import sum_text
from console.ui.tasks import Tasks
from console.ui.words import t

CHASES = frozenset({"remind", "escalate"})
TELLING = CHASES | {"close", "reject", "approve", "tell_citizen"}
AGAIN_MS = 15_000  # while one of them is on its way


class PostDesk(Protocol):
    """What is asked of the desk."""

    async def post(
        self, case: str | None = None, failed: bool = False, before: str | None = None
    ) -> PostAnswer: ...


class PostFacts(QObject):
    """Asks when a case with such events is shown, and again while something of it is on its way."""

    def __init__(self, desk: PostDesk, tasks: Tasks, timeline: Timeline, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._timeline = desk, tasks, timeline
        self._view: CaseView | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AGAIN_MS)
        self._later.timeout.connect(self._ask)

    def follow(self, view: CaseView | None) -> None:
        """The case that is shown now, or as it stands by now."""
        self._later.stop()
        self._view = view
        self._ask()

    def _ask(self) -> None:
        view = self._view
        if view is not None and any(event.kind in TELLING for event in view.events):
            self._tasks.start(self._read(view.case.id), self._unknown)

    async def _read(self, case: str) -> None:
        answer = await self._desk.post(case)
        if self._view is None or self._view.case.id != case:
            return
        by_event: dict[str, list[PostRow]] = {}
        for row in answer.rows:
            by_event.setdefault(row.event or "", []).append(row)
        self._timeline.show_facts({event: sum_text(tuple(rows)) for event, rows in by_event.items()})
        if any(row.state in ("waiting", "sending") for row in answer.rows):
            self._later.start()

    def _unknown(self, error: DeskError) -> bool:
        """Offline, or an older centre: said where it would stand."""
        if self._view is not None:
            told = (event.id for event in self._view.events if event.kind in CHASES)
            self._timeline.show_facts({event: t("post.unknown") for event in told})
        return True

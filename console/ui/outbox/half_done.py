"""What was chosen and typed about a command that came back: on disk within half a second, until settled."""

from datetime import UTC, datetime
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer

from console.desk.rows import Composed
from console.ui.tasks import Tasks

PAUSE_MS = 300
SLOT = "outbox"
_NEVER = datetime(1, 1, 1, tzinfo=UTC)  # the desk writes when it was


class Half(msgspec.Struct):
    """About one command: the box's words (None: untouched), the chosen sides, results written anew."""

    typed: str | None = None
    choices: dict[str, str] = {}
    written: dict[str, str] = {}


class HalfDesk(Protocol):
    """What keeping them asks of the desk."""

    async def composed(self, case_id: str) -> tuple[Composed, ...]: ...
    async def keep_composed(self, composed: Composed) -> None: ...
    async def forget_composed(self, case_id: str, slot: str) -> None: ...


class HalfDone(QObject):
    """By command; the pane changes them in place and says `touch`."""

    def __init__(self, desk: HalfDesk, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._halves: dict[str, Half] = {}
        self._touched: set[str] = set()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.write)

    def of(self, command: str) -> Half:
        """What there is about a command, ready to be changed."""
        return self._halves.setdefault(command, Half())

    async def load(self, command: str) -> None:
        """What the disk has of it, where this program knows nothing newer."""
        if command not in self._halves:
            for kept in await self._desk.composed(command):
                body = str(kept.values.get("half") or "{}")
                self._halves.setdefault(command, msgspec.json.decode(body.encode(), type=Half))

    def touch(self, command: str) -> None:
        """It changed: written a moment later, not restarted by further typing."""
        self._touched.add(command)
        if not self._timer.isActive():
            self._timer.start()

    def write(self) -> None:
        """What changed goes to disk."""
        self._timer.stop()
        for command in self._touched:
            body = msgspec.json.encode(self.of(command)).decode()
            kept = Composed(
                case=command,
                slot=SLOT,
                kind=SLOT,
                values={"half": body},
                status="",
                lead=None,
                saved_at=_NEVER,
            )
            self._tasks.start(self._desk.keep_composed(kept))
        self._touched.clear()

    def forget(self, command: str) -> None:
        """It was sent or let go: nothing of it is needed any more."""
        self._touched.discard(command)
        if self._halves.pop(command, None) is not None:
            self._tasks.start(self._desk.forget_composed(command, SLOT))

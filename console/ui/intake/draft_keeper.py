"""Keeps the draft on disk: opened at the first keystroke, written a moment after each change."""

import asyncio
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from console.desk.errors import DeskError
from console.desk.rows import Draft
from console.domain.case import Channel
from console.ui.intake.intake_state import IntakeState
from console.ui.tasks import Tasks

PAUSE_MS = 300
"""Not restarted by further typing: whatever happens, no more than this and one write is lost."""


class DraftDesk(Protocol):
    """What keeping a draft asks of the desk."""

    async def open_draft(self, channel: Channel = Channel.PHONE) -> Draft: ...
    async def save_draft(self, draft: Draft) -> Draft: ...


class DraftKeeper(QObject):
    """`kept`: the draft is on disk; `failed(DeskError)`: it is not, and will be tried again."""

    kept = Signal()
    failed = Signal(object)

    def __init__(
        self, desk: DraftDesk, tasks: Tasks, state: IntakeState, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._state = desk, tasks, state
        self._lock = asyncio.Lock()
        self._written: Draft | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.write_soon)

    def touch(self) -> None:
        """Something was typed: written within the pause; the very first time at once, for the number."""
        if not self._state.draft.id:
            self.write_soon()
        elif not self._timer.isActive():
            self._timer.start()

    def write_soon(self) -> None:
        """Write without waiting for the pause."""
        self._tasks.start(self.write(), self._known)

    def _known(self, error: DeskError) -> bool:
        self.failed.emit(error)
        return True

    async def write(self) -> Draft:
        """Everything typed so far, on disk. Raises DeskError: nothing is lost, a later write tries again."""
        self._timer.stop()
        state = self._state
        async with self._lock:
            if not state.draft.id:
                state.opened(await self._desk.open_draft(state.draft.channel))
            if not same_words(state.draft, self._written):
                self._written = state.draft
                state.stored(await self._write(state.draft))
                self.kept.emit()
        return state.draft

    async def _write(self, draft: Draft) -> Draft:
        try:
            return await self._desk.save_draft(draft)
        except DeskError:
            self._written = None
            self._timer.start()
            raise

    def loaded(self, written: Draft | None) -> None:
        """The state holds another draft now; `written`: as it lies on disk."""
        self._timer.stop()
        self._written = written


def same_words(draft: Draft, written: Draft | None) -> bool:
    """Whether the disk already has this; when it was written does not count."""
    return written is not None and draft == msgspec.structs.replace(written, saved_at=draft.saved_at)


def commit_preedit() -> None:
    """Words still being composed by the input method become text before anything is decided on them."""
    QGuiApplication.inputMethod().commit()

"""Keeps the draft on disk: opened at the first keystroke, written a moment after each change."""

import asyncio
from collections.abc import Awaitable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from console.desk.errors import DeskError
from console.desk.rows import Draft
from console.domain.case import Channel
from console.ui.intake.intake_state import IntakeState, numbered
from console.ui.parts.composing import commit_preedit as commit_preedit
from console.ui.tasks import Tasks

PAUSE_MS = 300
"""Not restarted by further typing: whatever happens, no more than this and one write is lost."""


class DraftDesk(Protocol):
    """What keeping a draft asks of the desk."""

    async def open_draft(self, channel: Channel = Channel.PHONE) -> Draft: ...
    async def save_draft(self, draft: Draft) -> Draft: ...


class Page:
    """What one draft was and is on its way to the disk: the state's while it is on the screen, afterwards
    as it was left."""

    def __init__(self, written: Draft | None) -> None:
        self.left: Draft | None = None
        self.written = written
        self.lock = asyncio.Lock()


class DraftKeeper(QObject):
    """`kept`: the draft is on disk; `put_away(Draft)`: one that was left is; `failed(DeskError)`: something
    is not, and will be tried again.

    The screen turns to another draft at once (`turn`): the disk follows, and what is still on its way there
    belongs to the page it was typed on.
    """

    kept = Signal()
    put_away = Signal(object)
    failed = Signal(object)

    def __init__(
        self, desk: DraftDesk, tasks: Tasks, state: IntakeState, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._state = desk, tasks, state
        self.page = Page(None)
        self._leaving: list[Page] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self.write_soon)

    @property
    def settled(self) -> bool:
        """Whether all that was typed is on disk."""
        draft = self._state.draft
        current = same_words(draft, self.page.written) if draft.id else not self._state.touched
        return current and not self._leaving

    def draft_of(self, page: Page) -> Draft:
        """As it stands on that page."""
        return page.left if page.left is not None else self._state.draft

    def left(self, draft_id: str) -> Draft | None:
        """A draft that was left and is still on its way to the disk, as it was left."""
        return next((p.left for p in self._leaving if p.left is not None and p.left.id == draft_id), None)

    def touch(self) -> None:
        """Something was typed: written within the pause; the very first time at once, for the number."""
        if not self._state.draft.id:
            self.write_soon()
        elif not self._timer.isActive():
            self._timer.start()

    def write_soon(self) -> None:
        """Write without waiting for the pause."""
        self._tasks.start(self.write_all(), self._known)

    def _known(self, error: DeskError) -> bool:
        self.failed.emit(error)
        return True

    async def write_all(self) -> None:
        """Everything typed so far, on every page, on disk. Raises DeskError: nothing is lost, a later write
        tries again."""
        current = self.page
        for page in (*self._leaving, current):
            if page is not current or self._worth(page):
                await self.write(page)

    def _worth(self, page: Page) -> bool:
        return bool(self._state.draft.id) or self._state.touched or page.lock.locked()

    async def write(self, page: Page | None = None) -> Draft:
        """One page, the one on the screen unless told otherwise. Raises as `write_all`."""
        page = page or self.page
        if page is self.page and not self._leaving:
            self._timer.stop()
        async with page.lock:
            if not self.draft_of(page).id:
                self._begun(page, await self._tried(self._desk.open_draft(self.draft_of(page).channel)))
            draft = self.draft_of(page)
            if not same_words(draft, page.written):
                self._stored(page, draft, await self._tried(self._desk.save_draft(draft)))
            self._arrived(page)
            return self.draft_of(page)

    async def _tried(self, work: Awaitable[Draft]) -> Draft:
        try:
            return await work
        except DeskError:
            self._timer.start()
            raise

    def _begun(self, page: Page, draft: Draft) -> None:
        if page.left is not None:
            page.left = numbered(page.left, draft)
        else:
            self._state.opened(draft)

    def _stored(self, page: Page, draft: Draft, stored: Draft) -> None:
        page.written = draft
        if page.left is None:
            self._state.stored(stored)
            self.kept.emit()

    def _arrived(self, page: Page) -> None:
        if page in self._leaving and same_words(self.draft_of(page), page.written):
            self._leaving.remove(page)
            self.put_away.emit(page.left)

    def turn(self, written: Draft | None, keep: bool = True) -> Page:
        """Called just before the state takes another draft; `written`: as that one lies on disk, None for a
        blank one. What was typed so far goes on to the disk from the page that is left, which is returned;
        `keep` False: it is done with, or its caller writes it."""
        old = self.page
        worth = keep and self._worth(old)
        old.left = self._state.draft
        if worth:
            self._leaving.append(old)
        self._timer.stop()
        self.page = self._again(written) or Page(written)
        if self._leaving:
            self.write_soon()
        return old

    def _again(self, draft: Draft | None) -> Page | None:
        """The page of a draft that comes back before the disk has it all."""
        wanted = draft.id if draft is not None else ""
        page = next((p for p in self._leaving if p.left is not None and p.left.id == wanted), None)
        if page is not None and wanted:
            self._leaving.remove(page)
            page.left = None
            return page
        return None


def same_words(draft: Draft, written: Draft | None) -> bool:
    """Whether the disk already has this; when it was written does not count."""
    return written is not None and draft == msgspec.structs.replace(written, saved_at=draft.saved_at)

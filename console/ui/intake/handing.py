"""Handing the draft on the screen to another desk; the notice of one that came from there."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject

from console.desk.errors import DeskError
from console.desk.handing import HandedOn
from console.desk.rows import Draft
from console.protocol.wire import OtherDesk
from console.ui.intake.draft_keeper import Page, commit_preedit
from console.ui.intake.hand_panel import HandPanel
from console.ui.notices import Notices
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

if TYPE_CHECKING:
    from console.ui.intake.intake_room import IntakeRoom


class HandDesk(Protocol):
    """What is asked of the desk."""

    async def other_desks(self) -> tuple[OtherDesk, ...]: ...
    async def hand_on(self, draft: Draft, station: str) -> None: ...
    async def take_back_handed(self, draft_id: str) -> bool: ...
    async def handed_on(self) -> tuple[HandedOn, ...]: ...
    async def drafts(self) -> tuple[Draft, ...]: ...


class Handing(QObject):
    """A part of the room; its panel hangs under the head."""

    def __init__(
        self, desk: HandDesk, theme: Theme, tasks: Tasks, notices: Notices, room: "IntakeRoom"
    ) -> None:
        super().__init__(room)
        self._desk, self._theme, self._tasks, self._notices, self._room = desk, theme, tasks, notices, room
        self._known: set[str] | None = None
        self._gone: set[str] = set()
        self._asked: set[str] = set()  # wanted back, and the centre has not answered
        self._draft = ""
        self.panel: HandPanel | None = None
        room.turning.listed.connect(self._listed)
        room.turning.missing.connect(lambda draft_id: tasks.start(self._say_where(draft_id)))

    def ask(self) -> None:
        """Ctrl+Shift+B: where to."""
        commit_preedit()
        if self.panel is None:
            self.panel = HandPanel(self._theme, self._room.header, self._hand, self._take_back)
        if self.panel.isVisible():
            self.panel.shut()
        else:
            self._tasks.start(self._ask(self.panel))

    async def _ask(self, panel: HandPanel) -> None:
        await self._fill(panel)
        panel.begin()

    async def _fill(self, panel: HandPanel) -> None:
        desks, waiting = await self._desk.other_desks(), await self._desk.handed_on()
        draft = self._room.state.draft
        self._draft = draft.id
        may = bool(draft.id) and not draft.logged
        panel.fill(draft.number if may else "", desks, waiting, self._sentence(draft, desks))

    def _sentence(self, draft: Draft, desks: Sequence[OtherDesk]) -> str:
        if draft.logged:
            return t("error.hand_not_new")
        if not draft.id:
            return t("hand.nothing")
        if not desks:
            return t("hand.noDesks")
        return t("hand.how") + (f" {t('hand.files')}" if self._room.files.files.rows else "")

    def _hand(self, station: str) -> None:
        """The draft that was asked about leaves the screen at once; the disk follows."""
        if self._room.state.draft.id != self._draft:
            self._notices.say(t("hand.turned"))
            return
        self._tasks.start(self._put_out(self._room.turning.blank(), station))

    async def _put_out(self, page: Page, station: str) -> None:
        draft = await self._room.keeper.write(page)
        await self._desk.hand_on(draft, station)  # where that fails it waits here, with all that was typed
        self._gone.add(draft.id)
        words = t("hand.done", number=draft.number, desk=station)
        self._notices.say(words, lambda: self._take_back(draft.id))

    def _take_back(self, draft_id: str) -> None:
        self._tasks.start(self._bring_back(draft_id))

    async def _bring_back(self, draft_id: str) -> None:
        self._asked.add(draft_id)
        try:
            here = await self._desk.take_back_handed(draft_id)
        except DeskError:
            self._asked.discard(draft_id)
            raise
        if here:
            self._come_home(draft_id)
        else:
            self._notices.say(t("hand.asked"))

    def _come_home(self, draft_id: str) -> None:
        """On the screen; what is being typed there waits in its place."""
        self._gone.discard(draft_id)
        self._asked.discard(draft_id)
        self._room.turning.resume(draft_id)
        self._room.reopened.emit()

    async def _say_where(self, draft_id: str) -> None:
        """Its key was pressed, and it is not here."""
        for one in await self._desk.handed_on():
            if one.draft == draft_id:
                self._notices.say(t("hand.there", number=one.number, desk=one.station))
                return
        self._notices.say(t("hand.gone"))

    async def _look_after(self) -> None:
        """What was wanted back and neither waits any more nor is here, the other desk has."""
        waiting = {one.draft for one in await self._desk.handed_on()}
        here = {draft.id for draft in await self._desk.drafts()}
        if lost := self._asked - waiting - here:
            self._asked -= lost
            self._notices.say(t("error.hand_taken"))

    def _listed(self) -> None:
        """Say what came from another desk, and what came home."""
        others = self._room.turning.others()
        for draft in others:
            if draft.id in self._asked and not self._room.state.touched:
                self._come_home(draft.id)
            elif draft.id in self._gone:
                self._gone.discard(draft.id)
                self._asked.discard(draft.id)
                self._notices.say(t("hand.home", number=draft.number))
            elif self._known is not None and draft.handed_by and draft.id not in self._known:
                words = t("hand.came", desk=draft.handed_by, number=draft.number)
                self._notices.say(words, look=partial(self._come_home, draft.id))
        self._known = {self._room.state.draft.id, *(draft.id for draft in others)}
        if self.panel is not None and self.panel.isVisible():
            self._tasks.start(self._fill(self.panel))  # other desks, or one took a draft
        if self._asked:
            self._tasks.start(self._look_after())

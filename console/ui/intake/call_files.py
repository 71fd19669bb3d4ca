"""Files of the call that is being taken: kept with its draft, given with its report."""

from typing import Protocol

from PySide6.QtCore import QObject

from console.desk.attachment_rows import Attachment, AttachmentRow
from console.desk.rows import Draft
from console.domain.area import Area
from console.domain.place import Point
from console.ui.files.files_of import FilesDesk, FilesOf, Source
from console.ui.intake.draft_keeper import DraftKeeper
from console.ui.intake.form import IntakeForm
from console.ui.intake.intake_state import IntakeState
from console.ui.intake.reading import local_day
from console.ui.notices import Notices
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme


class CallFilesDesk(FilesDesk, Protocol):
    """What is asked of the desk."""

    async def attach_to_draft(self, draft: Draft, source: Source) -> Attachment: ...


class CallFiles(QObject):
    """Follows the form from draft to draft; offers the place where a picture was taken."""

    def __init__(
        self,
        desk: CallFilesDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        form: IntakeForm,
        keeper: DraftKeeper,
    ) -> None:
        super().__init__(form)
        self._desk, self._form, self._keeper = desk, form, keeper
        self.files = FilesOf(desk, signals, theme, tasks, notices, form.files, self._give)
        self.files.taken.connect(self._taken)
        form.attach.clicked.connect(self.files.choose)
        form.content.takes_files(self.files.take)
        form.taken_at.wanted.connect(self._use)

    @property
    def _state(self) -> IntakeState:
        return self._form.state

    def follow(self) -> None:
        """The draft on the screen may be another one, or have come to the disk."""
        case = self._state.draft.case if self._state.draft.id else ""
        if case != self.files.case_id:
            self._form.taken_at.clear()
        self.files.follow(case)

    async def _give(self, source: Source) -> Attachment:
        draft = await self._keeper.write()  # the file needs a draft that is on disk
        if draft.logged:
            attached = await self._desk.attach(draft.case, source)
        else:
            attached = await self._desk.attach_to_draft(draft, source)
        self.follow()
        return attached

    def _taken(self, row: AttachmentRow) -> None:
        draft, reference = self._state.draft, self._state.reference
        if row.position is None or (draft.place is not None and draft.place.point is not None):
            return
        point, on = row.position, local_day(draft)
        commune = reference.built(Area).commune_at(point.lon, point.lat, on)
        if commune is not None:  # one taken elsewhere is no place of this province
            self._form.taken_at.offer(row.name, point, self._state.commune_name(commune))

    def _use(self, point: Point) -> None:
        self._state.pin(point.lon, point.lat)

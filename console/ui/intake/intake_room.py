"""The intake: one call, from the first keystroke to a report that is saved and on its way."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.call_rows import LiveCall
from console.desk.changes import Changes
from console.desk.errors import DeskError
from console.desk.rows import Draft
from console.domain.command import Merge
from console.domain.rights import may
from console.domain.telephone import CallState, Ending, Offer
from console.ui.intake.advising import Advising
from console.ui.intake.call_files import CallFiles
from console.ui.intake.call_taking import CallTaking
from console.ui.intake.caller_pane import CallerPane
from console.ui.intake.caller_side import CallerSide
from console.ui.intake.closing import Closing
from console.ui.intake.draft_keeper import DraftKeeper, commit_preedit
from console.ui.intake.drafts_bar import DraftsBar
from console.ui.intake.fields import Field
from console.ui.intake.finishing import Finishing
from console.ui.intake.foot import IntakeFoot
from console.ui.intake.form import IntakeForm
from console.ui.intake.handing import Handing
from console.ui.intake.header import IntakeHeader
from console.ui.intake.intake_desk import IntakeDesk
from console.ui.intake.intake_state import IntakeState, blank_draft
from console.ui.intake.lookout import Lookout
from console.ui.intake.map_side import MapSide
from console.ui.intake.reading import local_day
from console.ui.intake.room_keys import bind_keys, more_keys
from console.ui.intake.saving import Saved
from console.ui.intake.turning import Turning
from console.ui.notices import SPARE_ABOVE, SPARE_RIGHT, Notices
from console.ui.parts.failure_text import failure_text
from console.ui.signals import DeskSignals
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

CALLER, MIDDLE, SIDE = (250, 337), 806, (376, 701)
"""Widths of the panes in pixels at 100 %: in a narrow and in a wide window."""
WIDE_FROM = 1500


class IntakeRoom(QWidget):
    """`saved(str)`: a report's id, the room is ready for the next; `view_case(str)`: show that case;
    `reopened`: an undo opened a draft again, the room wants to be seen; `dropped(str)`: that draft is
    closed; `emergency(str)`: the call in hand is to be handed to this number."""

    saved = Signal(str)
    view_case = Signal(str)
    reopened = Signal()
    dropped = Signal(str)
    emergency = Signal(str)

    def __init__(
        self,
        desk: IntakeDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self._field, self._over = Field.TYPE, ""
        now = desk.clock.now
        self.state = IntakeState(blank_draft(desk.actor, now()), desk.reference, desk.actor, self._changed)
        self.keeper = DraftKeeper(desk, tasks, self.state, self)
        self.lookout = Lookout(desk, tasks, self.state, self)
        self.finishing = Finishing(desk, self.state, self.keeper, tasks, notices, self)
        self.turning = Turning(desk, self.state, self.keeper, tasks, self._note_cursor, self)
        self.calling = CallTaking(desk, self.state, self.keeper, self.turning, tasks, self)
        self.closing = Closing(
            desk, self.state, self.keeper, self.turning, self.calling, tasks, notices, self
        )
        self._build()
        self.callers = CallerSide(desk, signals, tasks, self.lookout, self.finishing, self.caller, self)
        self.advising = Advising(desk, tasks, self.state, self.form.show_guesses, self._show_all)
        self.files = CallFiles(desk, signals, theme, tasks, notices, self.form, self.keeper)
        self.handing = Handing(desk, theme, tasks, notices, self)
        self._wire(signals)
        bind_keys(self)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(lambda: self.header.tick(now()))
        self._loaded()
        tasks.start(self.turning.read())

    def _build(self) -> None:
        theme, state, now = self._theme, self.state, self._desk.clock.now
        self.drafts_bar = DraftsBar(theme)
        self.header = IntakeHeader(theme, state)
        self.form = IntakeForm(theme, state)
        self.foot = IntakeFoot(theme, state)
        self.caller = CallerPane(theme, state, now)
        self.side = MapSide(theme, state, now)
        self.caller.setProperty("edge", "right")
        self.side.setProperty("edge", "left")
        middle = QVBoxLayout()
        middle.setSpacing(0)
        for part, share in ((self.header, 0), (self.form, 1), (self.foot, 0)):
            middle.addWidget(part, share)
        row = QHBoxLayout()
        row.setSpacing(0)
        for pane, (narrow, wide) in ((self.caller, CALLER), (self.side, SIDE)):
            pane.setMinimumWidth(theme.px(narrow))
            row.addWidget(pane, wide)
        row.insertLayout(1, middle, MIDDLE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.drafts_bar)
        column.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panes' shares as drawn; narrow sides in a narrow window. Only the most is set here: a pane
        with a fixed width would not let the window become narrow again."""
        wide = event.size().width() >= self._theme.px(WIDE_FROM)
        for pane, widths in ((self.caller, CALLER), (self.side, SIDE)):
            pane.setMaximumWidth(self._theme.px(widths[wide]))
        self.setProperty(SPARE_RIGHT, self._theme.px(SIDE[1]) if wide else 0)
        self.setProperty(SPARE_ABOVE, 0 if wide else self.foot.sizeHint().height())
        super().resizeEvent(event)

    def _wire(self, signals: DeskSignals) -> None:
        signals.changed.connect(self._on_changes)
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(self._not_kept)
        self.turning.turned.connect(self._turned)
        self.turning.listed.connect(self._listed)
        self.form.entered.connect(self._entered)
        self.form.left.connect(self._left)
        self.form.pin_wanted.connect(self.move_pin)
        self.lookout.suspects.connect(self.side.show_suspects)
        self.callers.view_case.connect(self.view_case)
        self.callers.left.connect(self.begin)
        self.caller.danger.emergency.connect(self.emergency)
        self.drafts_bar.wanted.connect(self.resume)
        self._wire_ends()
        self._wire_side()

    def _wire_ends(self) -> None:
        self.foot.forward.connect(self.save_and_forward)
        self.foot.later.connect(self.save_later)
        self.foot.drop.connect(self.drop)
        self.foot.picked.connect(lambda code: self.state.take_agency(code))
        self.foot.left_picker.connect(lambda: self.form.focus_field(self._field))
        self.closing.dropped.connect(self.dropped)
        self.closing.reopened.connect(self.reopened)
        self.finishing.must_wait.connect(self._must_wait)
        self.finishing.ended.connect(self._ended)
        self.finishing.reopened.connect(self._reopened)

    def _wire_side(self) -> None:
        suspects = self.side.suspects
        suspects.view.connect(self.view_case)
        suspects.dismissed.connect(self.not_duplicate)
        suspects.merge.connect(lambda _one: self.merge())
        self.side.map.point_chosen.connect(self._pinned)
        self.side.map.pin_settled.connect(self.form.placed)

    # -- showing --------------------------------------------------------------------------------------

    def _loaded(self) -> None:
        """Another draft (or a blank one) is in the state."""
        self.form.insist(False)
        self.foot.say("")
        self.caller.history.forget()
        self._show_all()
        self.form.show_saved()
        self.files.follow()
        self.lookout.forget()
        self.advising.forget()
        self._listed()
        self._allow_merge()
        self._tasks.start(self.side.draw_province(self.state.reference, local_day(self.state.draft)))

    def _show_all(self) -> None:
        self.form.show_state()
        self.foot.show_state()
        self.caller.refresh()
        self.side.show_pin()
        self._show_header()

    def _show_header(self) -> None:
        self.header.show_state(self._field, self._desk.clock.now())

    def _changed(self, _field: Field) -> None:
        """The state tells of every change."""
        self.keeper.touch()
        self.lookout.touch()
        self.advising.touch()
        self.foot.say("")
        self._show_all()

    def _entered(self, field: Field) -> None:
        self._field = field
        self.caller.show_field(field)
        self._show_header()

    def _left(self) -> None:
        """A field lost the cursor: what was typed goes to disk at once, and its sentences show."""
        if self.state.touched:
            self._note_cursor()
        if self.state.draft.id:
            self.keeper.write_soon()
        self.form.show_state()

    def _note_cursor(self) -> None:
        here = self.form.last_focused()
        if here is not None:
            self.state.at_cursor(*here)

    def _kept(self) -> None:
        self.form.show_saved()
        self.files.follow()
        self._show_header()
        self.foot.show_state()

    def _not_kept(self, error: DeskError) -> None:
        self.foot.say(t("intake.notKept", why=failure_text(error)))

    def _allow_merge(self) -> None:
        allowed = may(self.state.actor, Merge, None, self.state.reference) is None
        self.side.suspects.allow_merge("" if allowed else t("intake.noMerge"))

    # -- acts -----------------------------------------------------------------------------------------

    def jump(self, field: Field) -> None:
        """The cursor to a field, by its Alt letter."""
        commit_preedit()
        self.form.focus_field(field)

    def save_and_forward(self) -> None:
        """Ctrl+Enter."""
        self.finishing.forward()

    def save_later(self) -> None:
        """Ctrl+S."""
        self.finishing.later()

    def merge(self) -> None:
        """Alt+G: into the possible duplicate that is marked."""
        one = self.side.suspects.chosen
        if one is None:
            return
        if may(self.state.actor, Merge, None, self.state.reference) is not None:
            self.foot.say(t("intake.noMerge"))
        else:
            self.finishing.merge(one)

    def view_suspect(self) -> None:
        """Alt+Enter: look at the possible duplicate that is marked."""
        one = self.side.suspects.chosen
        if one is not None:
            self.view_case.emit(one.row.id)

    def dismiss_suspect(self) -> None:
        """Alt+X: the marked one is another matter; the next one is marked."""
        one = self.side.suspects.chosen
        if one is not None:
            self.not_duplicate(one.row.id)

    def not_duplicate(self, case: str) -> None:
        """It is another matter: not proposed again for this call."""
        self.state.not_duplicate(case)
        self.lookout.look()

    def move_pin(self) -> None:
        """Ctrl+M: the cursor to the map, where arrows move the pin."""
        if not self.side.start_pin():
            self.foot.say(t("intake.pinNeedsCommune"))

    def _pinned(self, lon: float, lat: float) -> None:
        self.side.pinned_by_hand(lon, lat)
        self.state.pin(lon, lat)

    def _must_wait(self, sentence: str, field: Field | None) -> None:
        self.form.insist(True)
        self.form.show_state()
        if field is Field.AGENCY:
            self.foot.open_picker()
        elif field is not None:
            self.form.focus_field(field)
        self.foot.say(sentence)

    def drop(self) -> None:
        """Ctrl+W: a wrong call. The draft stays on disk for seven days, out of the way."""
        self.closing.drop()

    # -- which draft ----------------------------------------------------------------------------------

    def keys(self) -> list[tuple[str, str]]:
        """Keys that hold here, for the status bar."""
        return [
            ("Tab", t("intake.key.next")),
            ("Ctrl Enter", t("intake.saveAssign")),
            ("Ctrl S", t("intake.saveLater")),
            ("Alt Q", t("intake.key.advice")),
            ("Alt L C N M K P B V", t("intake.key.jump")),
            ("Ctrl M", t("intake.pin")),
            ("Ctrl U", t("files.attach")),
            ("Ctrl /", t("act.templates")),
        ]

    def all_keys(self) -> list[tuple[str, str]]:
        """All of them, for the sheet."""
        return [*self.keys(), *more_keys()]

    def begin(self) -> None:
        """The room is shown: the cursor where it was, or into the first field."""
        self.form.focus_field(self._field, self.state.draft.caret if self.state.touched else None)

    def activated(self) -> None:
        """The room comes to the front."""
        self.begin()

    def new(self) -> None:
        """Ctrl+N: a blank form, at once; what was typed waits as a draft."""
        self.turning.blank()

    def resume(self, draft_id: str) -> None:
        """Open a waiting draft, where its cursor was; the one being typed waits in its place."""
        self.turning.resume(draft_id)

    def _turned(self, field: Field, caret: int) -> None:
        self._field = field
        self._loaded()
        self.form.focus_field(field, caret)

    async def flush(self) -> None:
        """Everything typed is on disk when this returns. Raises DeskError where it cannot be."""
        commit_preedit()
        if self.state.touched:
            self._note_cursor()
        await self.keeper.write_all()

    def _ended(self, saved: Saved) -> None:
        self.turning.blank(keep=False)
        self.saved.emit(saved.done.case)

    def _reopened(self, draft: Draft) -> None:
        self.turning.open(draft)
        self.reopened.emit()

    # -- from the desk --------------------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        if changes.drafts:
            self._tasks.start(self.turning.read())
        if changes.calls:
            self._show_call()
        if changes.reference:
            self.state.load(self.state.draft, self._desk.reference, self._desk.actor)
            self._show_all()

    def _listed(self) -> None:
        if self.turning.ended_elsewhere() and not self.finishing.busy:
            self.turning.blank(keep=False)
        self._show_call()

    def _say_ended(self, call: LiveCall | None) -> None:
        """Once, below the form: the caller hung up, the record stays."""
        over = call is not None and call.how is Ending.CALLER and not call.case
        if over and call is not None and call.id != self._over:
            self._over = call.id
            self.foot.say(t("call.ended"))

    def _show_call(self) -> None:
        """What the strip and the telephone have to do with this draft; the other drafts have keys here."""
        call, line = self.calling.shown(), self._desk.line
        self.caller.said.show_call(call, line.kind == "simulated")
        self.header.count_from(call.answered_at if call is not None else None)
        self._say_ended(call)
        live = any(one.state in (CallState.TALKING, CallState.HELD) for one in self._desk.calls())
        self.caller.danger.show_hand(line.up and Offer.TRANSFER in line.offers, live)
        others, strip = self.turning.others(), self.calling.drafts()
        self.drafts_bar.show_drafts(tuple(one for one in others if one.id not in strip), self.state.reference)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Seconds stand still where nobody sees them; what was typed goes to disk."""
        super().hideEvent(event)
        self._tick.stop()
        if self.state.draft.id:
            self.keeper.write_soon()

    def close_room(self) -> None:
        """Stop the map's worker."""
        self._tick.stop()
        self.side.map.close_map()

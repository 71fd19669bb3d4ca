"""The triage room: the list at left, the report under its cursor at right, one key for each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from console.desk.changes import Changes
from console.ui.case.company import Together
from console.ui.case.event_text import line_of
from console.ui.files.file_text import is_picture
from console.ui.files.files_of import FilesOf
from console.ui.more_rooms import Kit
from console.ui.notices import SPARE_LEFT
from console.ui.parts.present_text import warning_text
from console.ui.queue.errands import ListErrands
from console.ui.triage.looking import Looking
from console.ui.triage.triage_acts import TriageActs
from console.ui.triage.triage_list import TriageList
from console.ui.triage.triage_pane import TriagePane
from console.ui.words import t

FIELDS = (("L", "type", "triage.type"), ("M", "place", "triage.place"), ("K", "urgency", "col.urgency"),
          ("V", "agency", "triage.lead"))  # fmt: skip
"""Letters with Alt, as in the intake."""
WIDE, NARROW = [760, 800], [560, 740]  # list, pane


class TriageRoom(QWidget):
    """Keys go to the list; `Enter`, `E`, `U`, `X`, `M` mean the report under its cursor."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._theme = kit, kit.desk, kit.theme
        desk, signals, theme, tasks, notices = kit.desk, kit.signals, kit.theme, kit.tasks, kit.notices
        self.list = TriageList(desk, signals, theme, tasks, kit.memory)
        self.pane = TriagePane(theme, tasks, desk.clock)
        self.looking = Looking(desk, signals, tasks, self)
        self.files = FilesOf(desk, signals, theme, tasks, notices, self.pane.citizen.files)
        self.pane.citizen.files.allow(t("triage.files.theirs"))
        self.errands = ListErrands(self.list, desk, theme, tasks, notices)
        self.together = Together(desk, self.pane)
        self.acts = TriageActs(desk, theme, tasks, notices, self.list, self.pane, self.looking, self)
        self._compact: bool | None = None
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(self.list)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.splitterMoved.connect(self._on_moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._splitter)
        self.setFocusProxy(self.list)
        self._wire()
        self.list.start()

    def _wire(self) -> None:
        rows, pane, acts = self.list, self.pane, self.acts
        rows.writes = self.looking.busy = lambda: acts.writing is not None
        rows.selected.connect(self._follow)
        rows.opened.connect(lambda case: acts.press(case, "Enter"))
        rows.letter.connect(acts.press)
        rows.previewed.connect(lambda _case: self.enlarge())
        rows.menu.connect(self._kit.window.open_case)
        rows.loaded.connect(self._on_loaded)
        pane.pressed.connect(lambda key: acts.press(rows.chosen, key))
        self.looking.changed.connect(self._show)
        self.looking.changed.connect(pane.citizen.start_at_top)
        self.looking.learnt.connect(self._show)
        self.together.changed.connect(lambda _present: self._say())
        self._kit.signals.changed.connect(self._on_changes)
        keys: list[tuple[str, Callable[[], object]]]
        keys = [(f"Alt+{letter}", partial(acts.edit, field)) for letter, field, _words in FIELDS]
        for key, act in (*keys, ("Ctrl+M", acts.start_pin)):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # the report under the cursor

    def _follow(self, case: str) -> None:
        self.acts.put_away()
        self.looking.follow(case)
        self.files.follow(case)
        self.together.follow(case)

    def _on_loaded(self) -> None:
        if not self.list.state.total:
            self.list.chosen = ""
            self._follow("")

    def _on_changes(self, changes: Changes) -> None:
        if self.looking.case in changes.presence:
            self.together.refresh()

    def _show(self) -> None:
        self.pane.show_state(self.looking.state, self._desk.reference)
        self._say()

    def _say(self) -> None:
        """What has to be known before a key is pressed: it is somebody's, or somebody is in it."""
        state = self.looking.state
        if state is None:
            self.pane.say("")
        elif state.waits:
            self.pane.say(warning_text(self.together.present))
        else:
            last = state.view.events[-1] if state.view.events else None
            now = self._desk.clock.now()
            what = line_of(last, self._desk.reference, now).spoken if last else ""
            self.pane.say(t("triage.taken", what=what), "muted")

    def enlarge(self) -> None:
        """Space: the first photo, as large as the window allows; arrows go to the others."""
        picture = next((row for row in self.files.rows if is_picture(row)), None)
        if picture is not None:
            self.files.open(picture)
        else:
            self._kit.notices.say(t("triage.noPhoto"), seconds=4)

    # the window's wishes

    def refresh(self) -> None:
        """F5: bring in what waits."""
        self.list.refresh()

    def clear_filter(self) -> None:
        """Ctrl+Shift+L: all that waits."""
        self.list.bar.clear()

    def activated(self) -> None:
        """The room is shown: keys go to the rows, or on where something is being written."""
        if self.acts.writing is None:
            self.list.activated()
        else:
            self.acts.writing.setFocus()
        # behind whatever the room that was left tells of its case
        QTimer.singleShot(0, self, partial(self.together.follow, self.looking.case))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        QGuiApplication.inputMethod().commit()
        self.acts.unfinished.write()

    def close_room(self) -> None:
        """The shift ends."""
        self.acts.unfinished.write()
        self.pane.map.map.close_map()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.window().width() < self._theme.tokens["breakpoint"]["compactBelowWidth"]
        if compact != self._compact:
            self._compact = compact
            self.list.set_compact(compact)
            self._splitter.setSizes(self._kit.memory.numbers(self._name(), NARROW if compact else WIDE))
        self.setProperty(SPARE_LEFT, self.list.width())

    def _name(self) -> str:
        return "panes.triage.narrow" if self._compact else "panes.triage.wide"

    def _on_moved(self) -> None:
        self._kit.memory.keep(self._name(), self._splitter.sizes())
        self.setProperty(SPARE_LEFT, self.list.width())

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar."""
        if self.pane.composer is not None or self.pane.proposals.editing:
            return [("Ctrl Enter", t("triage.key.give")), ("Esc", t("triage.key.back"))]
        return [
            ("Enter", t("triage.take")),
            ("E", t("triage.edit")),
            ("U", t("triage.ask")),
            ("X", t("triage.refuse")),
            ("M", t("triage.merge")),
            ("Space", t("triage.key.photo")),
        ]

    def all_keys(self) -> list[tuple[str, str]]:
        """Every key of the room, for the key sheet."""
        own = [(key, text) for key, text in self.keys() if key not in ("Ctrl Enter", "Esc")]
        more = [pair for pair in self.list.all_keys() if pair[0] not in ("Enter", "Space", "M", "Ctrl .")]
        fields = [(f"Alt {letter}", f"{t('triage.edit')}: {t(words)}") for letter, _field, words in FIELDS]
        return [*own, *fields, ("Ctrl M", t("intake.pin")), ("Ctrl .", t("triage.key.whole")), *more]


def make(kit: Kit) -> TriageRoom:
    """For `console.ui.more_rooms`."""
    return TriageRoom(kit)

"""Ctrl+K: a line over the window, and beneath it what it finds."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from console.ui.palette.entries import Entry
from console.ui.palette.entry_list import EntryList
from console.ui.palette.prefix_line import PrefixLine
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import label
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

WIDTH, TOP, TALLEST = 760, 64, 560
WAIT_S = 0.15  # for the cases, which stand first: what is slower comes beneath what is shown already
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class Answer:
    """What one typed line found so far. `note`: a sentence about it, such as a slip that was put right."""

    def __init__(self, entries: Sequence[Entry], note: str = "") -> None:
        self.entries, self.note = list(entries), note


Near = Callable[[str], list[Entry]]
Far = Callable[[str], Awaitable[Answer]]


class _Line(TypedLine):
    """Keys of the list go past it."""

    def __init__(self, parent: QWidget, keys: Callable[[QKeyEvent], bool], tab: Callable[[], None]) -> None:
        super().__init__(parent)
        self._keys, self._tab = keys, tab

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes from group to group, not out of the palette."""
        self._tab()
        return True


class Palette(QFrame):
    """`near` answers at once, `far` asks the desk. Esc gives the focus back where it was."""

    def __init__(
        self, theme: Theme, tasks: Tasks, window: QWidget, near: Near, far: Far, now: Callable[[], datetime]
    ) -> None:
        super().__init__(window)
        self._theme, self._tasks, self._near, self._far, self._now = theme, tasks, near, far, now
        self._before: QWidget | None = None
        self._asked = 0
        self.list = EntryList(theme, self)
        self.line = _Line(self, self._key, self.list.next_group)
        self.line.setPlaceholderText(t("palette.hint"))
        self.line.setAccessibleName(t("palette.hint"))
        self.line.setMaxLength(200)
        self.line.typed.connect(lambda _text: self._ask())
        self.list.clicked.connect(lambda _index: self._take())
        self.prefixes = PrefixLine(theme, self)
        self.prefixes.wanted.connect(self._type)
        self.note: QLabel = label("", "small", "muted", wrap=True)
        self._lay()
        theme.changed.connect(self._dress)
        window.installEventFilter(self)
        self.hide()

    def _lay(self) -> None:
        self.setProperty("floating", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for part in (self.line, self.prefixes, self.note, self.list):
            column.addWidget(part)
        self._dress()

    def _dress(self) -> None:
        theme, px = self._theme, self._theme.px
        self.line.setFixedHeight(px(44))
        self.line.setFont(theme.font("title", 400))
        self.note.setContentsMargins(px(14), px(4), px(14), px(4))
        self.setStyleSheet(
            f"Palette {{ background: {theme.hex('surface')}; border: 1px solid {theme.hex('lineStrong')};"
            f" border-radius: 8px; }} QLineEdit {{ border: none; padding: 0 {px(12)}px;"
            f" background: {theme.hex('surface')}; }}"
        )

    def open(self) -> None:
        """Show it, empty; a second Ctrl+K closes it."""
        if self.isVisible():
            self.shut()
            return
        self._before = self.window().focusWidget()
        self.line.clear()
        self.prefixes.show()
        self.note.hide()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._ask()

    def shut(self) -> None:
        """Away, and the focus back."""
        self._asked += 1
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _type(self, sign: str) -> None:
        """As if the key had been pressed."""
        self.line.setText(sign)
        self._ask()

    def _ask(self) -> None:
        self._asked += 1
        self._tasks.start(self._answer(self.line.full_text().strip(), self._asked))

    async def _answer(self, text: str, asked: int) -> None:
        """What is quick waits a moment for the cases, so that nothing moves under the hand later."""
        far = asyncio.ensure_future(self._far(text))
        near = self._near(text)
        done, _ = await asyncio.wait([far], timeout=WAIT_S)
        if asked != self._asked:
            far.cancel()
            return
        if done:
            answer = far.result()
            self._show([*answer.entries, *near], answer.note)
            return
        self._show(near, t("palette.searching"))
        answer = await far
        if asked == self._asked:
            self._show([*near, *answer.entries], answer.note)

    def _show(self, entries: list[Entry], note: str) -> None:
        self.list.painter_of_rows.now = self._now()
        self.list.show_entries(entries)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.prefixes.setVisible(not self.line.full_text().strip())
        self._place()

    def _place(self) -> None:
        window, px = self.window(), self._theme.px
        width = min(px(WIDTH), window.width() - px(40))
        room = min(px(TALLEST), window.height() - px(TOP) * 2)
        high = min(self.list.height_wanted(), room)
        self.list.setFixedHeight(max(high, 0))
        self.note.setFixedWidth(width - 2)
        told = self.note.heightForWidth(width - 2) if not self.note.isHidden() else 0
        told += self.prefixes.height() if not self.prefixes.isHidden() else 0
        self.setGeometry((window.width() - width) // 2, px(TOP), width, px(44) + told + high + 2)

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.shut()
        elif key in STEPS:
            self.list.step(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        else:
            return False
        return True

    def _take(self) -> None:
        entry = self.list.current()
        if entry is not None:
            if not entry.stays:
                self.shut()
            entry.act()

    def begin_more(self) -> Callable[[Answer], None]:
        """Say that more is being looked for; the answer takes it, unless another line was typed meanwhile."""
        asked = self._asked
        shown = [line for line in self.list.entries.lines if isinstance(line, Entry) and not line.stays]
        self.note.setText(t("palette.searchingCentre"))
        self.note.show()
        self._place()

        def more(answer: Answer) -> None:
            if asked == self._asked:
                self._show([*shown, *answer.entries], answer.note)

        return more

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.isVisible() and event.type() == QEvent.Type.Resize:
            self._place()
        return False

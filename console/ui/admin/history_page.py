"""Who changed a list, when and why, and what stood before; each change can be undone by a further one."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from console.protocol.administration import HistoryLine
from console.protocol.wire import ReferenceItem
from console.ui.admin.words import day_text, field_text
from console.ui.parts.buttons import secondary
from console.ui.parts.text import label
from console.ui.parts.time_text import exact_text
from console.ui.theme import Theme
from console.ui.words import t

replace = msgspec.structs.replace
ISO = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST = 160  # characters of a value in a line


class Change(NamedTuple):
    """All lines of one change, oldest first."""

    at: datetime
    author: str
    station: str
    note: str
    version: int
    lines: tuple[HistoryLine, ...]

    @property
    def undo(self) -> tuple[ReferenceItem, ...]:
        """What restores the state before it."""
        return tuple(
            ReferenceItem(kind=x.kind, key=x.key, version=0, body=x.before, deleted=x.before is None)
            for x in self.lines
        )


def changes_of(lines: Sequence[HistoryLine]) -> list[Change]:
    """Lines that belong together, newest first."""
    found = []
    for (at, author, version), group in groupby(lines, lambda x: (x.at, x.author_name, x.version)):
        own = tuple(sorted(group, key=lambda x: x.id))
        found.append(Change(at, author, own[0].station, own[0].note, version, own))
    return found


def said_of(change: Change) -> list[str]:
    """Each field that was changed: before → after. A new span is told by what it has other than the one that
    it ended."""
    found = []
    for line in change.lines:
        code = line.key.partition("@")[0]
        ended = (x for x in change.lines if x.before is not None and x.key.partition("@")[0] == code)
        old = next(ended, None) if line.before is None else None
        if old is None or line.after is None:
            found += difference(line)
            continue
        begins = str(line.after.get("valid_from", ""))
        found.append(t("admin.history.from", code=code, day=_short(begins)))
        span = {"valid_from": begins, "valid_to": line.after.get("valid_to")}
        found += difference(replace(line, before={**old.before, **span}))
    return found


def difference(line: HistoryLine) -> list[str]:
    """The same of one line by itself."""
    before, after = line.before or {}, line.after or {}
    code = line.key.partition("@")[0]
    if after.get("reset"):
        return [t("admin.history.reset", code=code)]
    if line.before is None:
        return [t("admin.history.added", key=line.key)]
    if line.after is None:
        return [t("admin.history.removed", key=line.key)]
    found = []
    for name in dict.fromkeys((*before, *after)):
        if before.get(name) != after.get(name):
            was, now = _short(before.get(name)), _short(after.get(name))
            found.append(f"{code} · {field_text(line.kind, name)}: {was} → {now}")
    return found


def _short(value: Any) -> str:
    if value is None or value == "" or value == []:
        return t("admin.nothing")
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return t("admin.history.rows", n=len(value))
    if isinstance(value, str) and ISO.fullmatch(value):
        return day_text(date.fromisoformat(value))
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class HistoryPage(QWidget):
    """`undo(Change)`; `more`: older ones are wanted."""

    undo = Signal(object)
    more = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.changes: list[Change] = []
        px = theme.px
        self.list = QListWidget()
        self.list.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.list.setAccessibleName(t("admin.history"))
        self.list.currentRowChanged.connect(self._show)
        self.said: QLabel = label("", wrap=True)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.button = secondary(theme, t("admin.history.undo"), "Ctrl U", "ph.arrow-counter-clockwise")
        self.button.clicked.connect(self.press)
        self.older = secondary(theme, t("admin.history.more"), "", "")
        self.older.clicked.connect(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addWidget(self.list, 3)
        column.addWidget(self.said, 2)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        row.addWidget(self.older)
        column.addLayout(row)
        self._may = False
        self.setFocusProxy(self.list)

    def show_changes(self, changes: Sequence[Change], *, may_undo: bool, more: bool) -> None:
        """Fill it; the first is chosen."""
        self.changes, self._may = list(changes), may_undo
        self.list.clear()
        for one in changes:
            heads = ", ".join(dict.fromkeys(x.key.partition("@")[0] for x in one.lines))
            text = t("admin.history.line", at=exact_text(one.at), name=one.author, station=one.station)
            item = QListWidgetItem(f"{text}\n{heads}" + (f" · {one.note}" if one.note else ""))
            self.list.addItem(item)
        self.older.setVisible(more)
        self.list.setCurrentRow(0 if changes else -1)
        self._show(self.list.currentRow())

    def say(self, text: str) -> None:
        """Instead of a list: why there is none."""
        self.show_changes([], may_undo=False, more=False)
        self.said.setText(text)

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self.changes):
            self.said.setText(t("admin.history.none"))
            self.button.setEnabled(False)
            return
        change = self.changes[row]
        self.said.setText("\n".join(said_of(change)))
        reference = all(line.kind not in ("users", "stations") for line in change.lines)
        self.button.setEnabled(self._may and reference)

    def press(self) -> None:
        """Undo the chosen one."""
        row = self.list.currentRow()
        if self.button.isEnabled() and 0 <= row < len(self.changes):
            self.undo.emit(self.changes[row])

"""The frames of an intake form: which are shown, in which order, what each waits for or leaves out."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from console.domain.form import FRAMES, MAY_LACK, MAY_REQUIRE, NEEDED
from console.ui.admin.fields import FieldEdit
from console.ui.admin.tab_order import chain, stops_of
from console.ui.parts.buttons import KeyButton, quiet
from console.ui.parts.choice import TickBox
from console.ui.parts.text import label
from console.ui.theme import Theme
from console.ui.words import t

Frame = dict[str, Any]


def whole(value: Any) -> list[Frame]:
    """The frames of a form in their order, then those that it does not show (`shown` False)."""
    frames = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    found = [{**one, "shown": True} for one in frames if one.get("name") in FRAMES]
    there = {one["name"] for one in found}
    return found + [{"name": name, "shown": name in NEEDED} for name in FRAMES if name not in there]


class _Row(QWidget):
    """One frame, wherever it stands."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.name = name
        words = t(f"admin.frame.{name}")
        self.place: QLabel = label("", "small", "subtle")
        self.place.setFixedWidth(theme.px(20))
        self.shown = TickBox(theme, words)
        self.shown.setFixedWidth(theme.px(150))
        self.moves: list[KeyButton] = []
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        line.addWidget(self.place)
        line.addWidget(self.shown)
        for said, icon in (("admin.frame.up", "ph.arrow-up"), ("admin.frame.down", "ph.arrow-down")):
            move = quiet(theme, "", "", icon)
            move.setAccessibleName(t(said, name=words))
            move.setToolTip(t(said, name=words))
            line.addWidget(move)
            self.moves.append(move)
        self.parts: dict[tuple[str, str], TickBox] = {}
        for part in dict.fromkeys((*MAY_REQUIRE.get(name, ()), *MAY_LACK.get(name, ()))):
            for what, allowed in (("required", MAY_REQUIRE), ("without", MAY_LACK)):
                if part in allowed.get(name, ()):
                    tick = TickBox(theme, t(f"admin.part.{what}", part=t(f"admin.part.{part}")))
                    line.addSpacing(theme.px(10))
                    line.addWidget(tick)
                    self.parts[what, part] = tick
        line.addStretch(1)


class FramesEdit(FieldEdit):
    """One row a frame, made once and moved. What every report needs cannot be left out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._frames: list[Frame] = []
        self._locked = False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._rows = {name: _Row(theme, name) for name in FRAMES}
        for row in self._rows.values():
            self._wire(row)
        self.show_value([])

    def _wire(self, row: _Row) -> None:
        row.shown.clicked.connect(lambda on: self._set(row.name, "shown", on))
        for move, by in zip(row.moves, (-1, 1), strict=True):
            move.clicked.connect(lambda _on=False, by=by: self._move(row.name, by))
        for (what, part), tick in row.parts.items():
            tick.clicked.connect(lambda on, what=what, part=part: self._set_part(row.name, what, part, on))

    def value(self) -> Any:
        return [
            {"name": f["name"], "required": f.get("required", []), "without": f.get("without", [])}
            for f in self._frames
            if f["shown"]
        ]

    def show_value(self, value: Any) -> None:
        self._frames = whole(value)
        self._show()

    def lock(self, locked: bool) -> None:
        self._locked = locked
        self._show()

    def _show(self) -> None:
        for at, frame in enumerate(self._frames):
            row = self._rows[frame["name"]]
            self._grid.addWidget(row, at, 0)
            row.place.setText(f"{at + 1}.")
            row.shown.setChecked(frame["shown"])
            row.shown.setEnabled(not self._locked and row.name not in NEEDED)
            for move, by in zip(row.moves, (-1, 1), strict=True):
                move.setEnabled(not self._locked and 0 <= at + by < len(self._frames))
            for (what, part), tick in row.parts.items():
                tick.setChecked(part in frame.get(what, []))
                tick.setEnabled(not self._locked)
        self.setFocusProxy(self._rows[self._frames[0]["name"]].moves[1])
        chain(self, [stop for frame in self._frames for stop in stops_of(self._rows[frame["name"]])])

    def _frame(self, name: str) -> Frame:
        return next(frame for frame in self._frames if frame["name"] == name)

    def _set(self, name: str, what: str, on: bool) -> None:
        self._frame(name)[what] = on
        self.edited.emit()

    def _set_part(self, name: str, what: str, part: str, on: bool) -> None:
        frame = self._frame(name)
        rest = [one for one in frame.get(what, []) if one != part]
        frame[what] = [*rest, part] if on else rest
        self.edited.emit()

    def _move(self, name: str, by: int) -> None:
        at = self._frames.index(self._frame(name))
        self._frames.insert(at + by, self._frames.pop(at))
        self._show()
        move = self._rows[name].moves[0 if by < 0 else 1]
        other = self._rows[name].moves[1 if by < 0 else 0]
        (move if move.isEnabled() else other).setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

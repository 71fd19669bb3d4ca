"""The frames of an intake form: which are shown, in which order, what each waits for or leaves out."""

from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.domain.form import FRAMES, MAY_LACK, MAY_REQUIRE, NEEDED
from console.ui.admin.fields import FieldEdit
from console.ui.parts.buttons import quiet
from console.ui.parts.choice import TickBox
from console.ui.theme import Theme
from console.ui.words import t

Frame = dict[str, Any]


def whole(value: Any) -> list[Frame]:
    """The frames of a form in their order, then those that it does not show (`shown` False)."""
    frames = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    found = [{**one, "shown": True} for one in frames if one.get("name") in FRAMES]
    there = {one["name"] for one in found}
    return found + [{"name": name, "shown": name in NEEDED} for name in FRAMES if name not in there]


class FramesEdit(FieldEdit):
    """One row a frame. What every report needs cannot be left out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._frames: list[Frame] = []
        self._ticks: list[TickBox] = []
        self._locked = False
        self._box = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        self.show_value([])

    def value(self) -> Any:
        return [
            {"name": f["name"], "required": f.get("required", []), "without": f.get("without", [])}
            for f in self._frames
            if f["shown"]
        ]

    def show_value(self, value: Any) -> None:
        self._frames = whole(value)
        self._lay()

    def lock(self, locked: bool) -> None:
        self._locked = locked
        self._lay()

    def _lay(self, focus: int = -1) -> None:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(3, 1)
        self._ticks = []
        for at, frame in enumerate(self._frames):
            self._row(grid, at, frame)
        self.layout().replaceWidget(self._box, box)  # type: ignore[union-attr]
        self._box.hide()
        self._box.deleteLater()
        self._box = box
        self.setFocusProxy(self._ticks[max(0, focus)])
        if focus >= 0:
            box.show()
            self._ticks[focus].setFocus()

    def _row(self, grid: QGridLayout, at: int, frame: Frame) -> None:
        name = frame["name"]
        shown = TickBox(self._theme, f"{at + 1}. {t(f'admin.frame.{name}')}")
        shown.setChecked(frame["shown"])
        shown.setEnabled(not self._locked and name not in NEEDED)
        shown.clicked.connect(lambda on: self._set(frame, "shown", on))
        self._ticks.append(shown)
        grid.addWidget(shown, at, 0)
        for column, (by, icon) in enumerate(((-1, "ph.arrow-up"), (1, "ph.arrow-down")), 1):
            move = quiet(self._theme, "", "", icon)
            said = t("admin.frame.up" if by < 0 else "admin.frame.down", name=t(f"admin.frame.{name}"))
            move.setAccessibleName(said)
            move.setToolTip(said)
            move.setEnabled(not self._locked and 0 <= at + by < len(self._frames))
            move.clicked.connect(lambda _on=False, by=by: self._move(at, by))
            grid.addWidget(move, at, column)
        parts = QHBoxLayout()
        parts.setSpacing(self._theme.px(16))
        for part in dict.fromkeys((*MAY_REQUIRE.get(name, ()), *MAY_LACK.get(name, ()))):
            if part in MAY_REQUIRE.get(name, ()):
                parts.addWidget(self._part(frame, "required", part))
            if part in MAY_LACK.get(name, ()):
                parts.addWidget(self._part(frame, "without", part))
        parts.addStretch(1)
        grid.addLayout(parts, at, 3)

    def _part(self, frame: Frame, what: str, part: str) -> TickBox:
        words = t(f"admin.part.{what}", part=t(f"admin.part.{part}"))
        tick = TickBox(self._theme, words)
        tick.setChecked(part in frame.get(what, []))
        tick.setEnabled(not self._locked)
        tick.clicked.connect(lambda on: self._set_part(frame, what, part, on))
        return tick

    def _set(self, frame: Frame, what: str, on: bool) -> None:
        frame[what] = on
        self.edited.emit()

    def _set_part(self, frame: Frame, what: str, part: str, on: bool) -> None:
        rest = [one for one in frame.get(what, []) if one != part]
        frame[what] = [*rest, part] if on else rest
        self.edited.emit()

    def _move(self, at: int, by: int) -> None:
        self._frames.insert(at + by, self._frames.pop(at))
        self._lay(at + by)
        self.edited.emit()

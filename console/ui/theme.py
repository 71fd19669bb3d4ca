"""The look: one palette object made from resources/tokens.json. No other file names a colour.

Sizes are logical pixels at 100 % and grow with the user's text scale.
"""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from console.ui.icons import glyph_icon
from console.ui.style import sheet

TOKENS = Path(__file__).resolve().parents[2] / "resources" / "tokens.json"
SCALES = (100, 110, 125, 150)
MODES = ("light", "dark", "hours")  # by hour: dark from 18:00 to 06:00
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
WEIGHTS = {400: QFont.Weight.Normal, 500: QFont.Weight.Medium, 600: QFont.Weight.DemiBold}


def _wall_clock() -> datetime:
    return datetime.now(ZONE)


class Theme(QObject):
    """Colours, fonts, sizes and icons of one look; `changed` after every switch."""

    changed = Signal()

    def __init__(
        self,
        mode: str = "light",
        scale: int = 100,
        now: Callable[[], datetime] = _wall_clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.tokens: dict[str, Any] = json.loads(TOKENS.read_text(encoding="utf-8"))
        self._now = now
        self.mode = mode
        self.scale = scale
        self.name = self._name_of(mode)
        self._fonts: dict[str, QFont] = {}
        self._colors: dict[str, QColor] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}

    def _name_of(self, mode: str) -> str:
        if mode != "hours":
            return mode
        return "light" if 6 <= self._now().astimezone(ZONE).hour < 18 else "dark"

    @property
    def dark(self) -> bool:
        """Whether the dark palette is shown."""
        return self.name == "dark"

    def set_mode(self, mode: str) -> None:
        """One of MODES. Raises ValueError for anything else."""
        if mode not in MODES:
            raise ValueError(mode)
        self.mode = mode
        self._switch()

    def set_scale(self, percent: int) -> None:
        """Text size, 100-150 %."""
        self.scale = min(150, max(100, percent))
        self._switch()

    def refresh(self) -> None:
        """Follow the hour where the mode says so; cheap when nothing changes."""
        if self._name_of(self.mode) != self.name:
            self._switch()

    def _switch(self) -> None:
        self.name = self._name_of(self.mode)
        self._fonts.clear()
        self._colors.clear()
        self._icons.clear()
        self.changed.emit()

    def hex(self, name: str) -> str:
        """The colour token as #RRGGBB."""
        return str(self.tokens["color"][self.name][name])

    def color(self, name: str, alpha: float = 1.0) -> QColor:
        """The colour token; `alpha` 0-1."""
        if name not in self._colors:
            self._colors[name] = QColor(self.hex(name))
        color = QColor(self._colors[name])
        color.setAlphaF(alpha)
        return color

    def px(self, pixels: float) -> int:
        """A length grown by the text scale."""
        return round(pixels * self.scale / 100)

    def size(self, name: str) -> int:
        """A size token (topBar, input, rowComfortable, …) grown by the text scale."""
        return self.px(self.tokens["size"][name])

    def space(self, name: str) -> int:
        """A spacing token (xs … xxl), the same at every scale."""
        return int(self.tokens["space"][name])

    def radius(self, name: str) -> int:
        """A corner radius token."""
        return int(self.tokens["radius"][name])

    def tone_text(self, tone: str) -> str:
        """The colour token for words in this tone: good -> goodText."""
        return f"{tone}Text" if f"{tone}Text" in self.tokens["color"][self.name] else tone

    def font(self, role: str, weight: int | None = None, italic: bool = False) -> QFont:
        """The font of a type role (micro, small, body, …), with tabular figures."""
        key = f"{role}/{weight}/{italic}"
        if key not in self._fonts:
            self._fonts[key] = self._make_font(role, weight, italic)
        return QFont(self._fonts[key])

    def _make_font(self, role: str, weight: int | None, italic: bool) -> QFont:
        spec = self.tokens["type"]["scale"][role]
        font = QFont()
        font.setFamilies(self.tokens["type"]["family"])
        font.setPixelSize(self.px(spec["px"]))
        font.setWeight(WEIGHTS[weight or spec["weight"]])
        font.setItalic(italic)
        font.setFeature(QFont.Tag("tnum"), 1)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def icon_name(self, name: str) -> str:
        """`nav.queue` -> `ph.rows`; a name that already is one (`ph.caret-down`) stays."""
        group, _, key = name.partition(".")
        names = self.tokens["icon"]["names"]
        return str(names[group][key]) if group in names else name

    def icon(self, name: str, color: str = "muted") -> QIcon:
        """An icon by its token name or `ph.*` name, in a colour token."""
        if (name, color) not in self._icons:
            made = glyph_icon(self.icon_name(name), self.color(color), self.color("disabled"))
            self._icons[name, color] = made
        return self._icons[name, color]

    def pixmap(self, name: str, color: str = "muted", size: int = 16, ratio: float = 1.0) -> QPixmap:
        """The icon as a picture of `size` logical pixels (grown by the scale)."""
        side = self.px(size)
        return self.icon(name, color).pixmap(QSize(side, side), ratio)

    def palette(self) -> QPalette:
        """The palette for what style sheets do not reach."""
        palette = QPalette()
        role = QPalette.ColorRole
        for group, token in _PALETTE:
            palette.setColor(group, self.color(token))
        disabled = QPalette.ColorGroup.Disabled
        for group in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(disabled, group, self.color("disabled"))
        return palette

    def apply(self, app: QApplication) -> None:
        """Dress the whole program; call again after `changed`."""
        app.setFont(self.font("body"))
        app.setPalette(self.palette())
        app.setStyleSheet(self.stylesheet())

    def stylesheet(self) -> str:
        """Flat style sheet of every ordinary control, from the tokens."""
        return sheet(self)


_ROLE = QPalette.ColorRole
_PALETTE = (
    (_ROLE.Window, "surface"),
    (_ROLE.WindowText, "text"),
    (_ROLE.Base, "surface"),
    (_ROLE.AlternateBase, "canvas"),
    (_ROLE.Text, "text"),
    (_ROLE.Button, "surface"),
    (_ROLE.ButtonText, "text"),
    (_ROLE.Highlight, "accent"),
    (_ROLE.HighlightedText, "onAccent"),
    (_ROLE.PlaceholderText, "subtle"),
    (_ROLE.ToolTipBase, "surface"),
    (_ROLE.ToolTipText, "text"),
    (_ROLE.Link, "accent"),
)

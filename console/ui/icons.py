"""Icons: the Phosphor font that the package qtawesome carries, painted by Qt's own icon engine.

The font and its table of names are taken from the package's files; its Python side would import a second
layer over Qt at each start, which takes longer than opening the store.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

FONT, NAMES = "phosphor-1.3.0.ttf", "phosphor-charmap-1.3.0.json"
PREFIX = "ph."
SHARE = 0.875  # of the icon's side that a glyph may fill


class IconsMissing(Exception):
    """The package qtawesome is not there, or carries another Phosphor."""


def _fonts() -> Path:
    found = find_spec("qtawesome")
    if found is None or found.origin is None:
        raise IconsMissing
    return Path(found.origin).parent / "fonts"


@cache
def _names() -> dict[str, str]:
    table = json.loads((_fonts() / NAMES).read_text(encoding="utf-8"))
    return {name: chr(int(code, 16)) for name, code in table.items()}


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_fonts() / FONT))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise IconsMissing
    return families[0]


class _Glyph(QIconEngine):
    """One character of the font in one colour, another where it is disabled."""

    def __init__(self, character: str, color: QColor, disabled: QColor) -> None:
        super().__init__()
        self._character, self._color, self._disabled = character, color, disabled

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        font = QFont(_family())
        font.setPixelSize(max(1, round(SHARE * rect.height())))
        painter.setFont(font)
        painter.setPen(self._disabled if mode is QIcon.Mode.Disabled else self._color)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._character)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Glyph(self._character, self._color, self._disabled)


def glyph_icon(name: str, color: QColor, disabled: QColor) -> QIcon:
    """The icon `ph.NAME`. Raises KeyError for a name that Phosphor has not."""
    return QIcon(_Glyph(_names()[name.removeprefix(PREFIX)], color, disabled))

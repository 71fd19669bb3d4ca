"""The progress line: which parts of the report are there, and where the cursor stands."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.ui.intake.fields import STEPS, Field
from console.ui.theme import Theme
from console.ui.words import t

_PART_OF = {Field.COMMUNE: Field.PLACE, Field.NAME: Field.PHONE, Field.ADDRESS: Field.PHONE}


class Steps(QWidget):
    """Done ones with a tick, the current one with a pencil, the rest as rings; words as room allows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._done: frozenset[Field] = frozenset()
        self._current: Field | None = None
        self._steps = STEPS
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_steps(
        self, done: frozenset[Field], current: Field | None, order: tuple[Field, ...] = STEPS
    ) -> None:
        """Show another state; `order`: the fields as the form has them."""
        current = _PART_OF.get(current, current) if current else None
        steps = tuple(field for field in order if field in STEPS)
        if (done, current, steps) != (self._done, self._current, self._steps):
            self._done, self._current, self._steps = done, current, steps
            words = [t("intake.step.done", step=_name(s)) for s in steps if s in done]
            self.setAccessibleName(", ".join(words) or t("intake.step.none"))
            self.update()

    def _font(self, step: Field) -> QFont:
        return self._theme.font("small", 600 if step is self._current else 400)

    def _width(self, step: Field) -> int:
        words = QFontMetrics(self._theme.font("small", 600)).horizontalAdvance(_name(step))
        return self._theme.px(15 + 4 + 11) + words

    def sizeHint(self) -> QSize:
        return QSize(sum(map(self._width, STEPS)), self._theme.px(22))

    def minimumSizeHint(self) -> QSize:
        narrow = self._theme.px(15 + 8) * (len(STEPS) - 1) + max(map(self._width, STEPS))
        return QSize(narrow, self._theme.px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px, x = QPainter(self), self._theme.px, 0
        roomy = self.width() >= self.sizeHint().width()
        for step in self._steps:
            icon, tone = self._look(step)
            side = px(15)
            self._theme.icon(icon, tone).paint(painter, QRect(x, (self.height() - side) // 2, side, side))
            if not roomy and step is not self._current:
                x += side + px(8)
                continue
            painter.setFont(self._font(step))
            painter.setPen(self._theme.color("accent" if step is self._current else "muted"))
            room = QRect(x + side + px(4), 0, self._width(step), self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, _name(step))
            x += self._width(step)
        painter.end()

    def _look(self, step: Field) -> tuple[str, str]:
        if step is self._current:
            return "ph.pencil-simple", "accent"
        return ("ph.check-circle", "goodText") if step in self._done else ("ph.circle", "subtle")


def _name(step: Field) -> str:
    return t(f"intake.step.{step.value}")

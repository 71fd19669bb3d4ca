"""What hands do on the map: keys and pointer become the view's few verbs."""

from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

_CLICK_PX = 5  # a hand that trembles less than this has clicked
_PAN_PX = 96
_KEYS = Qt.Key
ARROWS = {
    _KEYS.Key_Left: (-1, 0),
    _KEYS.Key_Right: (1, 0),
    _KEYS.Key_Up: (0, -1),
    _KEYS.Key_Down: (0, 1),
}
_IN = (_KEYS.Key_Plus, _KEYS.Key_Equal)
_OUT = (_KEYS.Key_Minus, _KEYS.Key_Underscore)
_ENTER = (_KEYS.Key_Return, _KEYS.Key_Enter)
_NO_ALT = ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)


class Verbs(Protocol):
    """What a view can be told to do. Pixels are the view's own."""

    def pan(self, dx: float, dy: float) -> None: ...
    def zoom_by(self, quarters: int, px: float | None = None, py: float | None = None) -> None: ...
    def show_all(self) -> None: ...
    def step(self, by: int) -> None: ...
    def enter(self) -> None: ...
    def click(self, px: float, py: float) -> None: ...
    def double_click(self, px: float, py: float) -> None: ...
    def nudge(self, east: int, south: int, far: bool) -> bool: ...
    def grabs_pin(self, px: float, py: float) -> bool: ...
    def drag_pin(self, px: float, py: float, done: bool) -> None: ...


class Hands:
    """Remembers a drag between press and release."""

    def __init__(self, view: Verbs) -> None:
        self._view = view
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._moved = False
        self._holds_pin = False
        self._wheel = 0

    def key(self, event: QKeyEvent) -> bool:
        """True when the key meant something here."""
        if event.modifiers() & _NO_ALT:
            return False
        key, view = _KEYS(event.key()), self._view
        if key in ARROWS:
            east, south = ARROWS[key]
            far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not view.nudge(east, south, far):
                view.pan(east * _PAN_PX, south * _PAN_PX)
        elif key in _IN or key in _OUT:
            view.zoom_by(2 if key in _IN else -2)
        elif key == _KEYS.Key_0:
            view.show_all()
        elif key in (_KEYS.Key_Period, _KEYS.Key_Comma):
            view.step(1 if key == _KEYS.Key_Period else -1)
        elif key in _ENTER:
            view.enter()
        else:
            return False
        return True

    def wheel(self, event: QWheelEvent) -> None:
        """A notch is half a zoom, towards the pointer; touchpads add up to notches."""
        self._wheel += event.angleDelta().y()
        notches, self._wheel = int(self._wheel / 60), self._wheel - int(self._wheel / 60) * 60
        if notches:
            at = event.position()
            self._view.zoom_by(notches, at.x(), at.y())

    def press(self, event: QMouseEvent) -> None:
        """Begin of a click, of a pan, or of dragging the pin."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._pressed = self._last = event.position()
        self._moved = False
        self._holds_pin = self._view.grabs_pin(self._last.x(), self._last.y())

    def move(self, event: QMouseEvent) -> bool:
        """True while something is dragged."""
        if self._pressed is None:
            return False
        at = event.position()
        if not self._moved and (at - self._pressed).manhattanLength() < _CLICK_PX:
            return True
        self._moved = True
        step = at - self._last
        self._last = at
        if self._holds_pin:
            self._view.drag_pin(step.x(), step.y(), False)
        else:
            self._view.pan(-step.x(), -step.y())
        return True

    def release(self, event: QMouseEvent) -> None:
        """End of a drag, or a click."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._moved and self._holds_pin:
            self._view.drag_pin(0, 0, True)
        elif not self._moved and not self._holds_pin:
            self._view.click(pressed.x(), pressed.y())

    def double(self, event: QMouseEvent) -> None:
        """A double click; the release that follows it is no click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._view.double_click(event.position().x(), event.position().y())

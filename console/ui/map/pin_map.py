"""The intake's map: a click, a drag or the arrows put the report's pin; possible duplicates carry letters."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from console.geo.mercator import Window
from console.ui.map import frame
from console.ui.map.camera import STREETS
from console.ui.map.legend import PinHint
from console.ui.map.map_view import MapView
from console.ui.map.overlay import lay_over, zoom_buttons
from console.ui.map.pin_tool import STEP_M, STRIDE_M, PinTool
from console.ui.theme import Theme
from console.ui.words import t


class PinMap(MapView):
    """`point_chosen`: a hand put or moved the pin to (lon, lat); `pin_settled`: Enter, it stays there.

    While pin mode is off it is a map like any other, with the pin and the duplicates upon it.
    """

    point_chosen = Signal(float, float)
    pin_settled = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self.tool = PinTool()
        super().__init__(theme, parent)
        self._hint = PinHint(theme, self)
        lay_over(self, None, zoom_buttons(theme, self), self._hint)
        self.set_pin_mode(True)

    def set_pin_mode(self, active: bool) -> None:
        """In pin mode a click puts the pin and arrows move it."""
        self.tool.active = active
        self._hint.setVisible(active)
        self._describe()
        self.update()

    def set_radius(self, metres: float) -> None:
        """A circle on the ground around the pin, 0 for none."""
        self.tool.radius_m = metres
        self.update()

    def set_pin(self, lon: float | None, lat: float | None = None, look: bool = True) -> None:
        """Put the pin, or take it away with None. `look`: bring it into sight, close enough for streets."""
        if lon is None or lat is None:
            self.tool.at = None
        else:
            at = self.tool.put(lon, lat)
            if look and self.camera.bring_in(*at, STREETS):
                self.moved.emit()
        self.update()

    def set_suspects(self, suspects: Sequence[tuple[str, float, float, int]]) -> None:
        """Possible duplicates as (letter, lon, lat, geo.states.PinState)."""
        self.tool.mark(suspects)
        self.update()

    def _describe(self) -> None:
        super()._describe()
        if self.tool.active:
            self.setAccessibleDescription(t("map.describe.pin"))

    def enter(self) -> None:
        if self.tool.active:
            self.pin_settled.emit()
        else:
            super().enter()

    def nudge(self, east: int, south: int, far: bool) -> bool:
        """Move the pin by 5 m, or 25 m; False when there is none to move."""
        if not self.tool.active or self.tool.at is None:
            return False
        self.tool.shift(east, south, STRIDE_M if far else STEP_M)
        if self.camera.bring_in(*self.tool.at):
            self.moved.emit()
        self._tell_point()
        return True

    def grabs_pin(self, px: float, py: float) -> bool:
        """Whether a press here takes hold of the pin."""
        if not self.tool.active or self.tool.at is None:
            return False
        x, y = self.camera.window.to_screen(*self.tool.at)
        return abs(px - x) <= 18 and -42 <= py - y <= 6

    def drag_pin(self, dx: float, dy: float, done: bool) -> None:
        """Move the pin with the pointer; told when the hand lets go."""
        if self.tool.at is not None:
            window = self.camera.window
            x, y = window.to_screen(*self.tool.at)
            self.tool.at = window.to_world(x + dx, y + dy)
            self.update()
        if done:
            self._tell_point()

    def click(self, px: float, py: float) -> None:
        """Put the pin in pin mode."""
        if self.tool.active:
            self.tool.at = self.camera.window.to_world(px, py)
            self._tell_point()
        else:
            super().click(px, py)

    def double_click(self, px: float, py: float) -> None:
        """In pin mode the second press of a double click puts the pin as well."""
        if self.tool.active:
            self.click(px, py)
        else:
            super().double_click(px, py)

    def _tell_point(self) -> None:
        self.update()
        place = self.tool.degrees()
        if place is not None:
            self.point_chosen.emit(*place)

    def _cursor_at(self, px: float, py: float) -> Qt.CursorShape:
        if not self.tool.active:
            return super()._cursor_at(px, py)
        return Qt.CursorShape.OpenHandCursor if self.grabs_pin(px, py) else Qt.CursorShape.CrossCursor

    def _paint_over(self, painter: QPainter, window: Window) -> None:
        frame.paint_tool(painter, self.tool, self._sprites, window, self._theme)

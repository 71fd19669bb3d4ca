"""A layer that is painted beside the interface for somewhat more than the window, then only blitted."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPoint, QRectF, Signal
from PySide6.QtGui import QImage, QPainter

from console.geo.mercator import Window
from console.ui.map.layers.aside import Aside

GRID_PX = 4  # sides of what is painted are whole multiples of it
_BEYOND = 0.25  # of the window, painted on each side of it
_EARLY = 0.08  # of the window: nearer than this to the end of what is painted, more is asked for


@dataclass(frozen=True)
class Picture:
    """What was painted of which stretch, and what the painting found out. `memory`: holds the image's pixels
    where it has none of its own.

    It is drawn as it is: a pixmap would be one more copy of some ten megabytes, within a frame.
    """

    region: Window
    image: QImage
    found: object = None
    memory: object = None


Job = Callable[[Window, float], Callable[[], Picture]]


class PictureLayer(QObject):
    """`changed`: another picture is there, or none is wanted any more."""

    changed = Signal()

    def __init__(
        self, name: str, ratio: Callable[[], float], job: Job, parent: QObject | None = None
    ) -> None:
        """`name`: of the thread. `ratio`: pixels of the screen per pixel of the widget, asked each time.
        `job`: makes what paints a stretch at a ratio in the other thread, where it must not touch the layer.
        """
        super().__init__(parent)
        self._ratio, self._job = ratio, job
        self._on = False
        self._asked: Window | None = None
        self._shown: Picture | None = None
        self._aside = Aside(name, self)
        self._aside.done.connect(self._take)

    @property
    def found(self) -> object | None:
        """What the painting of the picture that is shown found out; None while nothing is shown."""
        return self._shown.found if self._on and self._shown is not None else None

    def switch_on(self) -> None:
        """Show what is there now; what was shown before stays until it is painted."""
        self._on = True
        self._asked = None
        self.changed.emit()

    def switch_off(self) -> None:
        """Show nothing."""
        self._on = False
        self._shown, self._asked = None, None
        self._aside.forget()
        self.changed.emit()

    def repaint_picture(self) -> None:
        """Paint anew: the colours changed."""
        self._asked = None
        self.changed.emit()

    def settled(self, window: Window) -> bool:
        """Whether what is seen at a window is what is meant to be seen."""
        return not self._on or (not self._aside.busy and _covers(self._asked, window))

    def close(self) -> None:
        """Stop the worker."""
        self._aside.close()

    def paint_under(self, painter: QPainter, window: Window) -> None:
        if not self._on:
            return
        if not _covers(self._asked, window):
            self._ask(window)
        if self._shown is None:
            return
        region, image = self._shown.region, self._shown.image
        if region.zoom == window.zoom:
            painter.drawImage(QPoint(region.left - window.left, region.top - window.top), image)
            return
        west, north, east, south = region.bounds()
        left, top = window.to_screen(west, north)
        right, bottom = window.to_screen(east, south)
        target = QRectF(left, top, right - left, bottom - top)
        painter.drawImage(target, image, QRectF(image.rect()))

    def paint_over(self, painter: QPainter, window: Window) -> None:
        """Nothing lies above the pins."""

    def _ask(self, window: Window) -> None:
        width, height = (
            GRID_PX * round(side * (1 + 2 * _BEYOND) / GRID_PX) for side in (window.width, window.height)
        )
        self._asked = replace(window, width=width, height=height)
        self._aside.ask(self._job(self._asked, self._ratio()))

    def _take(self, picture: Picture) -> None:
        self._shown = picture
        self.changed.emit()


def _covers(region: Window | None, window: Window) -> bool:
    if region is None or region.zoom != window.zoom:
        return False
    dx, dy = window.width * _EARLY, window.height * _EARLY
    return (
        region.left <= window.left - dx
        and region.top <= window.top - dy
        and region.left + region.width >= window.left + window.width + dx
        and region.top + region.height >= window.top + window.height + dy
    )

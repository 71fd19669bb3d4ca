"""The map: a plain widget painted from arrays, squares and sprites. It never moves by data, only by hands."""

import math
import time
from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from console.desk.rows import Points
from console.geo.board import Board
from console.geo.clusters import Level
from console.geo.mercator import Window, metres_to_world, point_to_world
from console.geo.outlines import Outlines, UnitName
from console.geo.picking import nearest
from console.geo.states import PinState
from console.ui.map import frame
from console.ui.map.backdrop import Backdrop, PaintPictures
from console.ui.map.camera import Camera
from console.ui.map.courtesy import AFTERWARDS_MS, painting
from console.ui.map.handled import Handled
from console.ui.map.hands import Hands
from console.ui.map.labels import Labels, Name, Style
from console.ui.map.layer import Layer
from console.ui.map.naming import NamePlan
from console.ui.map.sprites import Sprites
from console.ui.map.standing import Standing
from console.ui.map.tile_art import Ground
from console.ui.theme import Theme
from console.ui.words import t

CALLOUT_ZOOM = 11.5
NO_CASES = Board()


class MapView(Handled):
    """Communes, names, and the open cases as pins and bubbles.

    `picked`: a case was chosen by hand; `opened`: it shall be shown; `moved`: another stretch is seen;
    `shown`: the points handed in last are the ones seen now.
    """

    picked = Signal(str)
    opened = Signal(str)
    moved = Signal()
    shown = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.layers: list[Layer] = []  # in the order in which they are painted
        self.hints: list[Callable[[Window, float, float], str]] = []  # words at a pixel, where no pin is
        self._backdrop = Backdrop(theme, self)
        self._backdrop.arrived.connect(self.update)
        self._pins = True
        self.camera = Camera(*point_to_world(106.3, 17.5))
        self._standing = Standing(self, lambda: self.camera.window.zoom, clock)
        self._standing.changed.connect(self._redraw)
        self._standing.settled.connect(self._describe)
        self._standing.settled.connect(self.shown)
        self._selected: str | None = None
        self._callout: tuple[str, str] | None = None
        self._painted = frame.Painted()
        self._plan = NamePlan()
        self._afterwards = QTimer(self, singleShot=True, interval=AFTERWARDS_MS)
        self._afterwards.timeout.connect(self._after_frame)
        self._hands = Hands(self)
        self._dress()
        theme.changed.connect(lambda: self._dress())
        self._be_a_map()

    def _be_a_map(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 160)
        self._describe()

    def sizeHint(self) -> QSize:
        return QSize(606, 560)

    @property
    def board(self) -> Board:
        """The cases as they are seen."""
        return self._standing.shown

    @property
    def outlines(self) -> Outlines:
        """The boundaries as they are seen."""
        return self._backdrop.outlines

    # -- what is shown ------------------------------------------------------------------------------

    def background_ready(self) -> bool:
        """Whether every square of the background in sight is painted."""
        return self._backdrop.ready(self.camera.window, self.camera.quarters)

    def set_outlines(self, outlines: Outlines) -> None:
        """Take communes and districts, as `geo.outlines.outlines_on(reference, day)` gives them."""
        self.camera.set_province(outlines.box)
        self._dress(outlines)

    def set_places(self, places: Iterable[UnitName]) -> None:
        """Names to be read from near: streets, schools … as `geo.outlines.places_on` gives them."""
        self._plan.places = [Name(p.name, Style.PLACE, p.x, p.y) for p in places]
        self._redraw()

    def set_points(self, points: Points, now_ms: int) -> None:
        """Take all open cases. While the pointer is at work here they wait until it leaves or rests."""
        self._standing.take(points, now_ms)

    def update_points(self, changed: Points, gone: Iterable[str], now_ms: int) -> None:
        """Take a few changed cases: states change at once, new ones are clustered with the next batch."""
        self._standing.update(changed, gone, now_ms)

    def replay(self, board: Board | None) -> None:
        """Show the cases of another time; None: those of now again."""
        self._standing.replay(board)

    def tick(self, now_ms: int) -> None:
        """Another minute: pins take the shape of their deadline's state."""
        self._standing.tick(now_ms)

    def set_shading(self, classes: Mapping[str, int], figures: Mapping[str, str]) -> None:
        """Shade communes by class (by code) and write figures beside their names; {} for none."""
        fresh = self._backdrop.set_shades(classes)
        if fresh or figures != self._plan.figures:
            self._plan.figures = figures
            self._redraw()

    def set_basement(self, paint: PaintPictures | None) -> None:
        """Have pictures painted under the boundaries; None: the land is drawn."""
        if self._backdrop.set_pictures(paint):
            self._redraw()

    def set_pins(self, on: bool) -> None:
        """Whether cases are painted; the selected one always is."""
        if on != self._pins:
            self._pins = on
            self._redraw()

    def select(self, case: str | None, follow: bool = False) -> None:
        """Ring a case. `follow`: bring it into sight when it is outside; a hand asked for that."""
        self._selected = case
        self._callout = None
        if case is not None and follow:
            self._bring_in(case)
        self.update()

    def set_callout(self, case: str, number: str, title: str) -> None:
        """Words for the selected case, shown beside its pin when one looks closely."""
        if case == self._selected:
            self._callout = (number, title)
            self.update()

    def show_unit(self, code: str) -> None:
        """Show a commune or a district as large as it fits."""
        box = self.outlines.box_of(code)
        if box is not None:
            self.camera.show_box(box)
            self._look()

    def show_around(self, lon: float, lat: float, radius_m: float) -> None:
        """Show a circle on the ground, as large as it fits."""
        x, y = point_to_world(lon, lat)
        reach = metres_to_world(radius_m, y)
        self.camera.show_box((x - reach, y - reach, x + reach, y + reach))
        self._look()

    def _redraw(self) -> None:
        self._plan.forget()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleName(t("map.name"))
        states = self.board.counts()
        self.setAccessibleDescription(
            t("map.describe", n=len(self.board), over=states[PinState.OVERDUE], soon=states[PinState.SOON])
        )

    # -- verbs of the hands -------------------------------------------------------------------------

    def _look(self) -> None:
        self.update()
        self.moved.emit()

    def _bring_in(self, case: str) -> None:
        place = self.board.place(case)
        if place is not None and self.camera.bring_in(*place):
            self._look()

    def pan(self, dx: float, dy: float) -> None:
        """Look further by pixels."""
        self.camera.pan(dx, dy)
        self._look()

    def zoom_by(self, quarters: int, px: float | None = None, py: float | None = None) -> None:
        """Nearer by quarters of a zoom, keeping the world under a pixel (the middle) where it is."""
        if self.camera.zoom_by(quarters, px, py):
            self._look()

    def show_all(self) -> None:
        """The whole province."""
        self.camera.show_all()
        self._look()

    def step(self, by: int) -> None:
        """Select the next or previous case by deadline, and bring it into sight."""
        case = self.board.step(self._selected, by)
        if case is not None:
            self.select(case, follow=True)
            self.picked.emit(case)

    def enter(self) -> None:
        """Open the selected case."""
        if self._selected is not None:
            self.opened.emit(self._selected)

    def nudge(self, east: int, south: int, far: bool) -> bool:
        """Arrows move something other than the map: here nothing."""
        return False

    def grabs_pin(self, px: float, py: float) -> bool:
        """A press takes hold of something other than the map: here nothing."""
        return False

    def drag_pin(self, dx: float, dy: float, done: bool) -> None:
        """Move what was taken hold of."""

    def click(self, px: float, py: float) -> None:
        """Pick a case, or look into a bubble."""
        hit = self._hit(px, py)
        if hit is None:
            return
        case = self._painted.case[hit]
        if case is None:
            case = self._into(self._painted.bubble[hit])
        if case:
            self.select(case)
            self.picked.emit(case)

    def double_click(self, px: float, py: float) -> None:
        """Open a case."""
        hit = self._hit(px, py)
        if hit is not None and (case := self._painted.case[hit]):
            self.opened.emit(case)

    def _hit(self, px: float, py: float) -> int | None:
        p = self._painted
        return nearest(p.x, p.y, p.reach, px, py)

    def _into(self, bubble: int) -> str | None:
        """Look closer at a bubble; one that cannot be parted gives its cases one after the other."""
        level = self._painted.level
        assert level is not None
        rows = self.board.members(level, bubble)
        x, y = self.board.x[rows], self.board.y[rows]
        box = (float(x.min()), float(y.min()), float(x.max()), float(y.max()))
        if not self.camera.look_into(box):
            ids = self.board.by_deadline(rows)
            at = ids.index(self._selected) + 1 if self._selected in ids else 0
            return ids[at % len(ids)]
        self._look()
        return None

    # -- events -------------------------------------------------------------------------------------

    def _dress(self, outlines: Outlines | None = None) -> None:
        """Take colours, boundaries and pixel density anew."""
        ratio = self.devicePixelRatioF()
        self._sprites = Sprites(self._theme, ratio)
        self._labels = Labels(self._theme, ratio)
        self._backdrop.dress(self.outlines if outlines is None else outlines, ratio)
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        with painting():
            self._paint_frame()

    def _paint_frame(self) -> None:
        if self._sprites.ratio != self.devicePixelRatioF():
            self._dress()
        window, theme = self.camera.window, self._theme
        painter = QPainter(self)
        self._backdrop.paint(painter, window, self.camera.quarters)
        for layer in self.layers:
            layer.paint_under(painter, window)
        board = self.board if self._pins else NO_CASES
        level = self._level()
        if self._plan.empty and self._plan.due(self.camera):
            self._plan.make(self.camera, self._labels, self.outlines, level)
        named = frame.paint_names(painter, self._labels, self._plan.at(self.camera), window)
        self._painted = frame.paint_points(painter, board, level, self._sprites, window, self._selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._selected is not None:
            accent = theme.color("accent")
            among = level if self._pins else None
            frame.paint_chosen(painter, self.board, among, self._sprites, window, self._selected, accent)
            self._paint_callout(painter, window, self._selected)
        for layer in self.layers:
            layer.paint_over(painter, window)
        self._paint_over(painter, window)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(1, 1, self.width() - 2, self.height() - 2)
        painter.end()
        if not (named and self._painted.whole) or self._plan.due(self.camera):
            self._afterwards.start()

    def _after_frame(self) -> None:
        """What would have made a frame late, and then another frame."""
        if self._plan.due(self.camera):
            self._plan.make(self.camera, self._labels, self.outlines, self._level())
        self.update()

    def _level(self) -> Level:
        """The bubbles to paint."""
        zoom = self.camera.window.zoom
        return self._standing.level(zoom) if self._pins else NO_CASES.level(zoom)

    def _paint_over(self, painter: QPainter, window: Window) -> None:
        """What lies above everything: here nothing."""

    def _paint_callout(self, painter: QPainter, window: Window, case: str) -> None:
        place = self.board.place(case)
        if self._callout is not None and place is not None and window.zoom >= CALLOUT_ZOOM:
            frame.paint_callout(painter, self._theme, window, place, *self._callout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.camera.resize(event.size().width(), event.size().height())
        self.moved.emit()

    def _touched(self) -> None:
        self._standing.touched()

    def _left(self) -> None:
        self._standing.left()

    def _cursor_at(self, px: float, py: float) -> Qt.CursorShape:
        hit = self._hit(px, py) is not None
        return Qt.CursorShape.PointingHandCursor if hit else Qt.CursorShape.ArrowCursor

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.words_at(event.x(), event.y()), self)
            return True
        return super().event(event)

    def words_at(self, px: float, py: float) -> str:
        """What a bubble under a pixel stands for, or what a layer says of it; "" for nothing."""
        hit = self._hit(px, py)
        if hit is None:
            return next((words for hint in self.hints if (words := hint(self.camera.window, px, py))), "")
        if self._painted.case[hit] is not None:
            return ""
        level = self._painted.level
        assert level is not None
        shares = level.shares[self._painted.bubble[hit]]
        figures = {"over": shares[PinState.OVERDUE], "soon": shares[PinState.SOON]}
        return t("map.bubble", n=shares.sum(), **figures)

    def ground_for(self, theme: Theme, ratio: float) -> Ground:
        """What squares for paper are painted from."""
        return self._backdrop.ground_for(theme, ratio)

    def paint_on(self, painter: QPainter, ground: QImage, theme: Theme, ratio: float) -> None:
        """All that is seen, above land painted before, in another theme and density; none is selected."""
        window, forever = self.camera.window, math.inf
        self._backdrop.paint_pictures(painter, window)
        painter.drawImage(0, 0, ground)
        for layer in self.layers:
            layer.paint_under(painter, window)
        plan, labels, level = self._plan.for_paper(), Labels(theme, ratio), self._level()
        plan.make(self.camera, labels, self.outlines, level)
        frame.paint_names(painter, labels, plan.at(self.camera), window, forever)
        board = self.board if self._pins else NO_CASES
        frame.paint_points(painter, board, level, Sprites(theme, ratio), window, None, forever)

    def close_map(self) -> None:
        """Stop the worker that paints the background."""
        self._standing.stop()
        self._backdrop.close()

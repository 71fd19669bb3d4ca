"""Paints one frame of the map out of what is already prepared: squares, sprites, names."""

import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap

from console.geo.board import Board
from console.geo.clusters import Level
from console.geo.mercator import TILE_PX, Window
from console.geo.states import ABOUT_HERE, PinState
from console.ui.map.labels import Labels, Placed
from console.ui.map.pin_tool import PinTool
from console.ui.map.sprites import BUBBLE_PX, PIN_PX, Sprites
from console.ui.map.tile_art import TileKey
from console.ui.map.tiles import TileStore
from console.ui.theme import Theme
from console.ui.words import t

Floats = NDArray[np.float64]
BUBBLE_HALF = BUBBLE_PX // 2 + 1
BUDGET_S = 0.002  # of a frame for pictures never painted before, of each kind
NAME_PX = 400  # wider than any name


@dataclass
class Painted:
    """What stands where on the screen, for the pointer: bubbles by number, or single cases by id."""

    x: Floats = field(default_factory=lambda: np.zeros(0))
    y: Floats = field(default_factory=lambda: np.zeros(0))
    reach: Floats = field(default_factory=lambda: np.zeros(0))
    level: Level | None = None  # the one that `bubble` counts in
    bubble: list[int] = field(default_factory=list)  # -1: a case of the tail
    case: list[str | None] = field(default_factory=list)  # None: a bubble of several
    whole: bool = True  # False: numbers are still to be painted, with the next frame


def tile_keys(window: Window, quarters: int, margin: int = 0) -> list[TileKey]:
    """The squares that cover a window, nearest to its middle first; `margin` more on each side."""
    first_column, last_column = window.left // TILE_PX, (window.left + window.width - 1) // TILE_PX
    first_row, last_row = window.top // TILE_PX, (window.top + window.height - 1) // TILE_PX
    keys = [
        TileKey(quarters, column, row)
        for row in range(first_row - margin, last_row + margin + 1)
        for column in range(first_column - margin, last_column + margin + 1)
    ]
    middle = ((first_column + last_column) / 2, (first_row + last_row) / 2)
    return sorted(keys, key=lambda k: max(abs(k.column - middle[0]), abs(k.row - middle[1])))


def paint_ground(
    painter: QPainter, store: TileStore, window: Window, quarters: int, sea: QColor | None
) -> None:
    """The background; where a square is missing, the parts of other zooms stand in. `sea`: None where a
    picture lies beneath."""
    keys = tile_keys(window, quarters)
    found = [(key, store.get(key) or store.former(key)) for key in keys]
    if any(pixmap is None for _, pixmap in found):
        if sea is not None:
            painter.fillRect(QRect(0, 0, window.width, window.height), sea)
        _stand_in(painter, store, window, quarters)
    store.want(keys + [k for k in tile_keys(window, quarters, 1) if k not in set(keys)])  # a pan finds them
    for key, pixmap in found:
        if pixmap is not None:
            painter.drawPixmap(
                QPoint(key.column * TILE_PX - window.left, key.row * TILE_PX - window.top), pixmap
            )


def _stand_in(painter: QPainter, store: TileStore, window: Window, quarters: int) -> None:
    """The nearest zooms whose squares cover the window together; farther ones would only lie beneath them."""
    frame = QRectF(0, 0, window.width, window.height)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    covered, last, found = 0.0, -1, []
    for key, pixmap in store.others(quarters):
        if key.quarters != last and covered >= frame.width() * frame.height():
            break
        last = key.quarters
        west, north, east, south = key.box()
        left, top = window.to_screen(west, north)
        right, bottom = window.to_screen(east, south)
        target = QRectF(left, top, right - left, bottom - top)
        part = target.intersected(frame)
        if not part.isEmpty():
            covered += part.width() * part.height()
            found.append((target, part, pixmap))
    for target, part, pixmap in reversed(found):
        scale = pixmap.width() / target.width()
        source = part.translated(-target.topLeft())
        painter.drawPixmap(
            part,
            pixmap,
            QRectF(source.x() * scale, source.y() * scale, source.width() * scale, source.height() * scale),
        )


def paint_names(
    painter: QPainter, labels: Labels, plan: list[Placed], window: Window, budget_s: float = BUDGET_S
) -> bool:
    """The names of a plan; False when pictures of some are still to be painted, with the next frame."""
    left, top, until, whole = window.left, window.top, time.perf_counter() + budget_s, True
    for placed in plan:
        x, y = placed.left - left, placed.top - top
        if -NAME_PX < x < window.width and -NAME_PX < y < window.height:
            if labels.painted(placed.name) or time.perf_counter() < until:
                painter.drawPixmap(x, y, labels.picture(placed.name))
            else:
                whole = False
    return whole


def paint_points(
    painter: QPainter,
    board: Board,
    level: Level,
    sprites: Sprites,
    window: Window,
    hidden: str | None,
    budget_s: float = BUDGET_S,
) -> Painted:
    """Bubbles of a level and single pins of the window. `hidden`: case painted later, on top."""
    painted = _paint_level(painter, board, level, sprites, window, hidden, budget_s)
    return _paint_tail(painter, board, sprites, window, hidden, painted)


def seen(level: Level, window: Window) -> NDArray[np.int64]:
    """Bubbles that reach into the window; no two of them overlap, so that their order does not matter."""
    return level.within(*window.bounds(BUBBLE_PX))


def _paint_level(
    painter: QPainter,
    board: Board,
    level: Level,
    sprites: Sprites,
    window: Window,
    hidden: str | None,
    budget_s: float,
) -> Painted:
    found = seen(level, window)
    px = np.round(level.x[found] * window.scale).astype(np.int64) - window.left
    py = np.round(level.y[found] * window.scale).astype(np.int64) - window.top
    counts, overdue = level.count[found], level.shares[found, PinState.OVERDUE].tolist()
    cases: list[str | None] = [None] * len(found)
    whole, until = True, time.perf_counter() + budget_s
    for i in np.flatnonzero(counts > 1).tolist():
        count, x, y = int(counts[i]), int(px[i]), int(py[i])
        _blit(painter, sprites.bubble(count, overdue[i]), x, y, BUBBLE_HALF)
        if sprites.has_number(count) or time.perf_counter() < until:
            _blit(painter, sprites.number(count), x, y, BUBBLE_HALF)
        else:
            whole = False
    lone = np.flatnonzero(counts == 1)
    for i, row in zip(lone.tolist(), board.index.lone_points(level, found[lone]).tolist(), strict=True):
        case = cases[i] = board.case_at(row)
        if not case or case != hidden:
            about = bool(board.flags[row] & ABOUT_HERE)
            pin = sprites.pin(int(board.states[row]), about)
            _blit(painter, pin, int(px[i]), int(py[i]), PIN_PX // 2)
    reach = np.where(counts > 1, BUBBLE_HALF - 2.0, 13.0)
    return Painted(px.astype(np.float64), py.astype(np.float64), reach, level, found.tolist(), cases, whole)


def _paint_tail(
    painter: QPainter,
    board: Board,
    sprites: Sprites,
    window: Window,
    hidden: str | None,
    painted: Painted,
) -> Painted:
    if not board.tail:
        return painted
    x, y, states, flags, ids = board.tail_states()
    px = np.round(x * window.scale) - window.left
    py = np.round(y * window.scale) - window.top
    for i, case in enumerate(ids):
        if case != hidden:
            pin = sprites.pin(int(states[i]), bool(flags[i] & ABOUT_HERE))
            _blit(painter, pin, int(px[i]), int(py[i]), PIN_PX // 2)
    return Painted(
        np.concatenate([painted.x, px]),
        np.concatenate([painted.y, py]),
        np.concatenate([painted.reach, np.full(len(ids), 13.0)]),
        painted.level,
        painted.bubble + [-1] * len(ids),
        painted.case + list(ids),
        painted.whole,
    )


def _blit(painter: QPainter, pixmap: QPixmap, x: int, y: int, half: int) -> None:
    painter.drawPixmap(x - half, y - half, pixmap)


def paint_chosen(
    painter: QPainter,
    board: Board,
    level: Level | None,
    sprites: Sprites,
    window: Window,
    case: str,
    ink: QColor,
) -> None:
    """The selected case above everything, ringed, with a line to the bubble that counts it."""
    place, look = board.place(case), board.look(case)
    if place is None or look is None:
        return
    x, y = (round(v) for v in window.to_screen(*place))
    bubble = None if level is None else board.bubble_of(level, case)
    if level is not None and bubble is not None and level.count[bubble] > 1:
        bx, by = window.to_screen(level.x[bubble], level.y[bubble])
        painter.setPen(QPen(ink, 1.5))
        painter.drawLine(QPointF(bx, by), QPointF(x, y))
    _blit(painter, sprites.chosen(), x, y, 22)
    _blit(painter, sprites.pin(*look), x, y, PIN_PX // 2)


def paint_tool(painter: QPainter, tool: PinTool, sprites: Sprites, window: Window, theme: Theme) -> None:
    """Circle, duplicates with their letters, and the pin being placed."""
    radius = tool.radius_px(window.scale)
    if tool.at is not None and radius > 0:
        _paint_circle(painter, theme, QPointF(*window.to_screen(*tool.at)), radius, tool.radius_m)
    for marker in tool.markers:
        x, y = (round(v) for v in window.to_screen(marker.x, marker.y))
        _blit(painter, sprites.pin(marker.state, False), x, y, PIN_PX // 2)
        _blit(painter, sprites.letter(marker.letter), x + 18, y + 12, 11)
    if tool.at is not None:
        x, y = (round(v) for v in window.to_screen(*tool.at))
        _blit(painter, sprites.drop(), x, y, 42)


def _paint_circle(painter: QPainter, theme: Theme, middle: QPointF, radius: float, metres: float) -> None:
    painter.setBrush(theme.color("accent", 0.08))
    painter.setPen(QPen(theme.color("accent"), 1.2, Qt.PenStyle.DashLine))
    painter.drawEllipse(middle, radius, radius)
    far = metres >= 1000
    words = t(
        "map.radius.km" if far else "map.radius.m",
        n=f"{metres / 1000 if far else metres:g}".replace(".", ","),
    )
    font = theme.font("small")
    room = QFontMetrics(font).boundingRect(words)
    plate = QRectF(room).translated(middle + QPointF(radius * 0.66 + 8, -radius * 0.76))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface", 0.85))
    painter.drawRoundedRect(plate.adjusted(-4, -2, 4, 2), 4, 4)
    painter.setFont(font)
    painter.setPen(theme.color("muted"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def paint_callout(
    painter: QPainter, theme: Theme, window: Window, place: tuple[float, float], number: str, title: str
) -> None:
    """Number and title of the selected case on a plate beside its pin, never over it."""
    x, y = window.to_screen(*place)
    strong, plain = theme.font("label", 600), theme.font("small")
    number_px = QFontMetrics(strong).horizontalAdvance(number)
    right = x < window.width / 2 + 40
    beside = (window.width - x if right else x) - 34
    most = max(0, min(theme.px(320), round(beside)) - number_px - 28)
    words = QFontMetrics(plain).elidedText(title, Qt.TextElideMode.ElideRight, most)
    width = number_px + QFontMetrics(plain).horizontalAdvance(words) + 28
    left, height = (x + 24 if right else x - 24 - width), theme.px(28)
    plate = QRectF(round(left) + 0.5, round(y - height / 2) + 0.5, width, height)
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(plate, theme.radius("control"), theme.radius("control"))
    painter.setPen(theme.color("text"))
    painter.setFont(strong)
    painter.drawText(plate.adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, number)
    painter.setFont(plain)
    painter.drawText(plate.adjusted(18 + number_px, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words)

"""Boundaries in force on a chosen day, and the posts of that day. The map says so when it is not today."""

import asyncio
from datetime import date
from typing import Protocol

import msgspec
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from console.domain.place import DutyPost, PostKind
from console.domain.reference import Reference, in_force
from console.domain.zone import local_day
from console.geo.mercator import point_to_world
from console.geo.outlines import outlines_on, places_on
from console.ui.map.layers.choices import Choices
from console.ui.map.layers.facts import LegendFacts
from console.ui.map.layers.part import HasClock, Part
from console.ui.map.layers.signs import Sign, SignLayer
from console.ui.map.legend import plate
from console.ui.map.map_pane import MapPane
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

ICONS = {
    PostKind.COMMITTEE: "ph.buildings",
    PostKind.POLICE: "ph.shield",
    PostKind.FIRE: "ph.fire",
    PostKind.HEALTH: "ph.first-aid",
    PostKind.RESCUE: "ph.lifebuoy",
    PostKind.UTILITY: "ph.lightning",
}


class BoundsDesk(HasClock, Protocol):
    """What the boundaries ask of the desk."""

    @property
    def reference(self) -> Reference: ...


class DayPlate(QWidget):
    """Says over the map that its boundaries are of another day."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)
        self.hide()

    def set_day(self, day: date | None) -> None:
        """None: today's, nothing to say."""
        self._text = t("layers.day.other", day=f"{day:%d/%m/%Y}") if day is not None else ""
        self.setAccessibleName(self._text)
        self.setVisible(bool(self._text))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The words shown."""
        return self._text

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._theme.font("small", 600)).horizontalAdvance(self._text)
        return QSize(words + self._theme.px(15) + 36, self._theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = QPainter(self), self._theme.px(15)
        plate(painter, self._theme, self)
        icon = self._theme.icon("ph.clock-counter-clockwise", "warnText")
        icon.paint(painter, QRect(14, (self.height() - side) // 2, side, side))
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(self._theme.color("warnText"))
        painter.drawText(self.rect().adjusted(side + 22, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self._text)
        painter.end()


class BoundsPart(Part):
    """`posts`: their layer, on the map from the beginning."""

    def __init__(self, pane: MapPane, desk: BoundsDesk, theme: Theme, tasks: Tasks) -> None:
        super().__init__(pane)
        self._pane, self._desk, self._tasks = pane, desk, tasks
        self._choices = Choices()
        self._posts: tuple[DutyPost, ...] = ()
        self.plate = DayPlate(theme, pane.view)
        pane.add_note(self.plate)
        self.posts = SignLayer(theme, "tealText", self)
        self.posts.changed.connect(pane.view.update)
        pane.view.layers.append(self.posts)
        pane.view.hints.append(self.posts.words_at)

    def _today(self) -> date:
        return local_day(self._desk.clock.now())

    def show(self, choices: Choices) -> None:
        before, self._choices = self._choices, choices
        self._go_to_day()
        if choices.posts != before.posts:
            self._show_posts()

    def on_reference(self) -> None:
        self._go_to_day()
        self._show_posts()

    def _go_to_day(self) -> None:
        wanted = self._choices.day or self._today()
        if self._pane.day is not None and self._pane.day != wanted:
            self._tasks.start(self._read(wanted))
        elif self._pane.day is not None:
            self.plate.set_day(wanted if wanted != self._today() else None)

    async def _read(self, day: date) -> None:
        """Boundaries of a day, made beside the interface. A day that has none leaves the map as it is."""
        reference = self._desk.reference
        outlines = await asyncio.to_thread(outlines_on, reference, day)
        places = await asyncio.to_thread(places_on, reference, day)
        if day != (self._choices.day or self._today()):
            return  # chosen otherwise meanwhile
        if not outlines.communes:
            self.trouble.emit(t("layers.day.none", day=f"{day:%d/%m/%Y}"))
            return
        self.trouble.emit("")
        self._pane.set_bounds(outlines, places, day)

    def _show_posts(self) -> None:
        day = self._pane.day
        wanted = self._choices.posts and day is not None
        self._posts = tuple(in_force(self._desk.reference.posts, day)) if wanted and day is not None else ()
        self.posts.set_signs([self._sign(post) for post in self._posts])
        self.told.emit()

    def _sign(self, post: DutyPost) -> Sign:
        kind = t(f"layers.post.{post.kind.value}")
        words = " · ".join(part for part in (post.name, kind, post.phone) if part)
        return Sign(*point_to_world(post.lon, post.lat), ICONS[post.kind], post.name, words)

    def add_to(self, facts: LegendFacts) -> LegendFacts:
        day = self._pane.day
        shapes = in_force(self._desk.reference.boundaries, day) if day is not None else []
        kinds = tuple(kind.value for kind in PostKind if any(post.kind is kind for post in self._posts))
        return msgspec.structs.replace(
            facts,
            other_day=day is not None and day != self._today(),
            approximate=any(shape.approximate for shape in shapes),
            posts=kinds,
            practice_posts=bool(kinds) and self._desk.reference.practice,
        )

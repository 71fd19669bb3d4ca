"""Brings older events while somebody reads upward, and holds the place that is being read."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from console.domain.case import Event
from console.ui.case.timeline import Timeline
from console.ui.tasks import Tasks


class EventsDesk(Protocol):
    """What is asked of the desk."""

    async def events(self, case_id: str, before: int, limit: int) -> tuple[Event, ...]: ...


class Earlier(QObject):
    """Between the timeline, the area it is scrolled in, and the desk."""

    def __init__(self, desk: EventsDesk, tasks: Tasks, timeline: Timeline, area: QScrollArea) -> None:
        super().__init__(area)
        self._desk, self._tasks, self._timeline, self._area = desk, tasks, timeline, area
        self._bar = area.verticalScrollBar()
        self._last = self._bar.value()
        self._holding = False
        timeline.older_wanted.connect(lambda *asked: tasks.start(self._load(*asked)))
        timeline.around = self._hold
        timeline.button.clicked.connect(area.setFocus)  # the keys that scroll go on bringing more
        self._bar.valueChanged.connect(self._on_scroll)

    async def _load(self, case: str, before: int, limit: int) -> None:
        events = await self._desk.events(case, before, limit)
        self._timeline.put_before(case, before, events)

    def _on_scroll(self, value: int) -> None:
        """Upward, and the beginning of what is here is less than a page away: the next stretch."""
        up, self._last = value < self._last, value
        if up and not self._holding and self._timeline.known.left and self._button_near(value):
            self._timeline.want_older()

    def _button_near(self, value: int) -> bool:
        top, page = self._top(self._timeline.button), self._area.viewport().height()
        return value - page < top < value + page

    def _top(self, widget: QWidget) -> int:
        """Pixels below the beginning of what is scrolled."""
        sheet = self._area.widget()
        assert sheet is not None
        return widget.mapTo(sheet, QPoint(0, 0)).y()

    def _hold(self, build: Callable[[], None]) -> None:
        """Build above the row that is being read; that row stays where it is in the window."""
        row = self._read_row()
        before = self._top(row) if row is not None else 0
        self._holding = True
        build()
        self._lay_out()
        if row is not None:
            self._bar.setValue(self._bar.value() + self._top(row) - before)
        self._holding = False

    def _lay_out(self) -> None:
        """Now, from the timeline outward to the area: left to itself, the area grows a turn later."""
        sheet = self._area.widget()
        inner: QWidget | None = self._timeline
        while inner is not None:
            if (layout := inner.layout()) is not None:
                layout.activate()
            if inner is sheet:
                break
            inner = inner.parentWidget()
        QCoreApplication.sendEvent(self._area, QEvent(QEvent.Type.LayoutRequest))

    def _read_row(self) -> QWidget | None:
        """The first row whose end is in sight; None where the timeline begins below what is in sight."""
        top, bottom = self._bar.value(), self._bar.value() + self._area.viewport().height()
        for stretch in (*self._timeline.older, self._timeline.newest):
            if self._top(stretch) + stretch.height() <= top:
                continue
            for row in stretch.rows[: stretch.built]:
                place = self._top(row)
                if place + row.height() > top:
                    return row if place < bottom else None
        return None

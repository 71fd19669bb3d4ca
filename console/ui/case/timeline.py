"""What happened, oldest first, in stretches: the newest with the case, older ones when they are wanted."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from console.desk.rows import CaseView
from console.domain.case import Event
from console.domain.reference import Reference
from console.ui.case.event_row import Item
from console.ui.case.event_text import line_of
from console.ui.case.known_events import STRETCH, KnownEvents
from console.ui.case.stretch import Stretch
from console.ui.parts.buttons import quiet
from console.ui.parts.time_text import clock_text, date_text, day_text, local
from console.ui.theme import Theme
from console.ui.words import t

AT_ONCE = 4  # rows that are there with the case; the pane shows few more
ROWS = 3  # of a slice; laying out their paragraphs takes longer than filling them
EVERY_MS = 8  # between slices, so that painting and keys come first
THROWN = 12  # rows of a slice that only throws away


class Timeline(QWidget):
    """`older_wanted(case, before, limit)`: answer with `put_before`. `lines`: as they are read aloud.

    `around` is called with each step that builds rows: who scrolls the timeline holds the place that is read.
    """

    older_wanted = Signal(str, int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.known = KnownEvents()
        self.around: Callable[[Callable[[], None]], None] = lambda build: build()
        self._asked = ""
        self._shown: tuple[object, ...] = ()
        self._reading: tuple[Reference, datetime] | None = None
        self._waste: list[QWidget] = []
        self._facts: dict[str, str] = {}
        self.button = quiet(theme, "")
        self.button.hide()
        self.button.clicked.connect(self.want_older)
        self.newest = Stretch(theme, self)
        self.older: list[Stretch] = []  # the oldest first
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.button)
        self._column.addWidget(self.newest)
        theme.changed.connect(self._restyle)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._slice)

    @property
    def lines(self) -> list[str]:
        """All that was read, oldest first."""
        items = [item for stretch in (*self.older, self.newest) for item in stretch.items]
        return [f"{clock_text(item.line.at)} {item.line.spoken}" for item in items]

    def show_view(self, view: CaseView, reference: Reference, now: datetime) -> None:
        """The case as it stands, or the same one at another time."""
        ids = tuple(event.id for event in view.events)
        key = (view.case.id, ids, view.waiting, view.earlier, local(now).date(), reference.version)
        if key == self._shown:
            return
        another = self._reading is None or self._shown[4:] != key[4:]
        self._shown, self._reading = key, (reference, now)
        if not self.known.take(view):
            self._asked = ""
            self._forget_older()
        day = local(now).date() if not view.earlier and _all_of_today(self.known.newest, now) else None
        self.newest.show_items(self._items(self.known.newest, view.waiting, day, ends=True))
        if another:
            for stretch, events in zip(self.older, self.known.older, strict=True):
                stretch.show_items(self._items(events, (), None))
        self.newest.build(AT_ONCE - self.newest.built)
        self._throw(self.newest.surplus())
        self._name_button()
        self._timer.start()

    def show_facts(self, facts: dict[str, str]) -> None:
        """What is known of events besides, by their ids, in the newest stretch."""
        self._facts = facts
        items = [item._replace(facts=facts.get(item.id, "")) for item in self.newest.items]
        if items != self.newest.items:
            self.around(lambda: self._refill(items))

    def _refill(self, items: list[Item]) -> None:
        self.newest.show_items(items)
        self.newest.build(AT_ONCE - self.newest.built)
        self._timer.start()

    def _restyle(self) -> None:
        for stretch in (*self.older, self.newest):
            for row in stretch.rows[: stretch.built]:
                row.restyle()

    # older ones

    def want_older(self) -> None:
        """Ask for the stretch before the oldest that is here, once."""
        asked = f"{self.known.case} {self.known.left}"
        if self.known.left and asked != self._asked:
            self._asked = asked
            self.older_wanted.emit(self.known.case, self.known.left, STRETCH)

    def put_before(self, case: str, before: int, events: tuple[Event, ...]) -> None:
        """They have come; nothing happens where another case is shown by now."""
        if not self.known.put_before(case, before, events):
            return
        self.around(lambda: self._insert(events))
        self._timer.start()

    def _insert(self, events: Sequence[Event]) -> None:
        stretch = Stretch(self._theme, self, upward=True)
        self._column.insertWidget(1, stretch)
        self.older.insert(0, stretch)
        stretch.show_items(self._items(events, (), None))
        stretch.show()
        self._name_button()

    def _name_button(self) -> None:
        left = self.known.left
        self.button.setVisible(left > 0)
        if left:
            self.button.relabel(t("case.timeline.earlier", n=f"{left:,}".replace(",", ".")))

    def _forget_older(self) -> None:
        for stretch in self.older:
            self._column.removeWidget(stretch)
            stretch.hide()
            self._throw([*stretch.rows, stretch])
        self.older.clear()

    # building

    def _items(
        self, events: Sequence[Event], waiting: Sequence[str], day: date | None, ends: bool = False
    ) -> list[Item]:
        assert self._reading is not None
        reference, now = self._reading
        items = []
        for place, event in enumerate(events):
            line, head = line_of(event, reference, now), ""
            if local(line.at).date() != day:
                day, head = local(line.at).date(), _day(line.at, now)
            last = ends and place == len(events) - 1
            facts = self._facts.get(event.id, "")
            items.append(Item(event.id, line, event.id in waiting, last, head, facts))
        return items

    def _slice(self) -> None:
        """A few rows of the newest stretch, of older ones, then of what is to be thrown away."""
        if self.newest.left:
            self.around(lambda: self.newest.build(ROWS))
        elif unbuilt := [one for one in self.older if one.left]:
            self.around(lambda: self._build(unbuilt[-1]))
        elif self._waste:
            for gone in self._waste[:THROWN]:
                gone.deleteLater()
            del self._waste[:THROWN]
        else:
            self._timer.stop()

    def _build(self, stretch: Stretch) -> None:
        stretch.build(ROWS)
        if not stretch.left:
            self._join(stretch)

    def _join(self, stretch: Stretch) -> None:
        """The day stands above the next stretch only where it begins another one."""
        place = self.older.index(stretch)
        after = self.older[place + 1] if place + 1 < len(self.older) else self.newest
        if after.items:
            last, first = stretch.items[-1].line.at, after.items[0].line.at
            after.show_first_day(local(last).date() != local(first).date())

    def _throw(self, gone: Sequence[QWidget]) -> None:
        self._waste += gone


def _day(at: datetime, now: datetime) -> str:
    day = day_text(at, now)
    return date_text(at) if day == date_text(at) else f"{day} {date_text(at)}"


def _all_of_today(events: Sequence[Event], now: datetime) -> bool:
    today = local(now).date()
    return bool(events) and all(local(event.at).date() == today for event in events)

"""The quick filter: area, channel, field, words; and the order of the rows."""

from datetime import date

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from console.desk.rows import Filter, Sort
from console.domain.case import Channel
from console.domain.reference import Reference, in_force
from console.ui.parts.buttons import KeyButton
from console.ui.parts.drop_button import DropButton
from console.ui.theme import Theme
from console.ui.words import language, t


class FilterBar(QWidget):
    """`changed(Filter)` and `sorted(Sort)`; `find_wanted` asks for the search box."""

    changed = Signal(object)
    sorted = Signal(object)
    find_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.filter = Filter()
        self.lead = KeyButton(theme, t("queue.filter"), icon="action.filter")
        self.lead.clicked.connect(self._lead_pressed)
        everything = [("", t("queue.all"))]
        self.district = DropButton(theme, t("queue.district"), [("", t("queue.wholeProvince"))])
        channels = [(channel.value, t(f"channel.{channel.value}")) for channel in Channel]
        self.channel = DropButton(theme, t("queue.channel"), everything + channels)
        self.category = DropButton(theme, t("queue.category"), everything)
        sorts = [(sort.value, t(f"queue.sort.{sort.value}")) for sort in Sort]
        self.sort = DropButton(theme, "", sorts, icon="action.sort")
        self.sort.chosen.connect(lambda value: self.sorted.emit(Sort(value)))
        for drop in (self.district, self.channel, self.category):
            drop.chosen.connect(self._take)
        self._lay()

    def _lay(self) -> None:
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        for part in (self.lead, self.district, self.channel, self.category):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.sort)
        self._theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.size("filterBar"))

    def set_reference(self, reference: Reference, on: date) -> None:
        """Fill the lists with what is in force on that day."""
        vietnamese = language() == "vi"
        self.district.set_choices(
            [("", t("queue.wholeProvince"))] + [(u.code, u.short) for u in reference.districts(on)]
        )
        self.category.set_choices(
            [("", t("queue.all"))]
            + [(c.code, c.name if vietnamese else c.name_en) for c in in_force(reference.categories, on)]
        )

    def _take(self) -> None:
        self._set(
            Filter(
                words=self.filter.words,
                districts=_one(self.district.value),
                channels=tuple(Channel(value) for value in _one(self.channel.value)),
                categories=_one(self.category.value),
            )
        )

    def set_words(self, words: str) -> None:
        """Words of the search box."""
        self._set(msgspec.structs.replace(self.filter, words=words))

    def clear(self) -> None:
        """No filter at all."""
        for drop in (self.district, self.channel, self.category):
            drop.set_value("")
        self._set(Filter())

    def _lead_pressed(self) -> None:
        if self.filter != Filter():
            self.clear()
        else:
            self.find_wanted.emit()

    def _set(self, filter: Filter) -> None:
        if filter == self.filter:
            return
        self.filter = filter
        on = filter != Filter()
        self.lead.relabel(t("queue.clearFilter" if on else "queue.filter"), "ph.x" if on else "action.filter")
        self.changed.emit(filter)


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()

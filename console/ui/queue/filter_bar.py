"""The filter: quick drop-downs, the typed line with its chips, and the order of the rows."""

from datetime import date

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.rows import Filter, Sort
from console.domain.case import Channel
from console.domain.reference import Reference, in_force
from console.ui.parts.buttons import KeyButton
from console.ui.parts.drop_button import DropButton
from console.ui.parts.text import label
from console.ui.queue.filter_chips import FilterChips
from console.ui.queue.filter_line import FilterLine
from console.ui.queue.filter_words import FilterWords, with_codes
from console.ui.theme import Theme
from console.ui.words import language, t


class FilterBar(QWidget):
    """`changed(Filter)` and `sorted(Sort)`; `left`: the typed line is done with, keys go to the rows."""

    changed = Signal(object)
    sorted = Signal(object)
    left = Signal()

    def __init__(
        self, theme: Theme, reference: Reference, on: date, user: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._user = theme, user
        self._words = FilterWords(reference, on, user)
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
        for name, drop in zip(_QUICK, (self.district, self.channel, self.category), strict=True):
            drop.chosen.connect(lambda value, name=name: self._take(name, value))
        self.line = FilterLine(theme, lambda: self._words)
        self.line.read.connect(self._set)
        self.line.told.connect(self._tell)
        self.line.done.connect(self._line_done)
        self.chips = FilterChips(theme)
        self.chips.removed.connect(lambda name: self._set(self._words.without(self.filter, name)))
        self.note = label("", tone="warnText", wrap=True)
        self._lay()
        self.set_reference(reference, on)

    def _lay(self) -> None:
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._quick = QWidget()
        row = QHBoxLayout(self._quick)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.lead, self.district, self.channel, self.category):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.sort)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(0)
        below: tuple[QWidget, ...] = (self.line, self.note, self.chips)
        for part in (self._quick, *below):
            column.addWidget(part)
        for part in below:
            part.hide()
        self._column = column
        self._theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self._quick.setFixedHeight(self._theme.size("filterBar"))
        self.line.setFixedHeight(self._theme.px(30))
        self._room_below()

    def _room_below(self) -> None:
        """Air between the rows, only where there are any beside the first."""
        more = not self.line.isHidden() or not self.chips.isHidden()
        self._column.setContentsMargins(12, 0, 12, self._theme.px(8) if more else 0)
        self._column.setSpacing(self._theme.px(4) if more else 0)

    def set_reference(self, reference: Reference, on: date) -> None:
        """Fill the lists with what is in force on that day."""
        self._words = FilterWords(reference, on, self._user).knowing(self.filter)
        vietnamese = language() == "vi"
        self.district.set_choices(
            [("", t("queue.wholeProvince"))] + [(u.code, u.short) for u in reference.districts(on)]
        )
        self.category.set_choices(
            [("", t("queue.all"))]
            + [(c.code, c.name if vietnamese else c.name_en) for c in in_force(reference.categories, on)]
        )

    def _take(self, name: str, value: str) -> None:
        """A drop-down was chosen: all else stays."""
        self._set(with_codes(self.filter, name, (value,) if value else ()))

    def set_words(self, words: str) -> None:
        """Words of the search box."""
        self._set(msgspec.structs.replace(self.filter, words=words))

    def set_filter(self, chosen: Filter) -> None:
        """Another filter, from a bar of a chart, the palette."""
        self._set(chosen)

    def show_filter(self, chosen: Filter) -> None:
        """The filter of a view that is shown anyway: no signal."""
        self.blockSignals(True)
        self._set(chosen)
        self.blockSignals(False)

    def clear(self) -> None:
        """No filter at all."""
        self._set(Filter())
        self.line.show_text("")
        self._tell("")

    def open_line(self) -> None:
        """Into the typed line."""
        self.line.show()
        self._room_below()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()
        self.line.look(self.line.full_text())

    def _line_done(self) -> None:
        if not self.line.text().strip():
            self.line.hide()
            self._tell("")
            self._room_below()
        self.left.emit()

    def _lead_pressed(self) -> None:
        if self.filter != Filter():
            self.clear()
        else:
            self.open_line()

    def _tell(self, sentence: str) -> None:
        gone = self._words.gone(self.filter)
        if not sentence and gone:
            sentence = t("filter.gone", names=", ".join(gone))
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        self._room_below()

    def _set(self, filter: Filter) -> None:
        if filter == self.filter:
            return
        self.filter = filter
        self._words = self._words.knowing(filter)
        on = filter != Filter()
        self.lead.relabel(t("queue.clearFilter" if on else "queue.filter"), "ph.x" if on else "action.filter")
        for name, drop in zip(_QUICK, (self.district, self.channel, self.category), strict=True):
            drop.set_value(self._quick_value(name))
        self.line.show_filter(filter)
        self._show_chips()
        self._tell("")
        self.changed.emit(filter)

    def _quick_value(self, name: str) -> str:
        """What its drop-down can show; the rest is for a chip."""
        codes = getattr(self.filter, name)
        return str(codes[0]) if len(codes) == 1 and not self._words.gone_of(name, self.filter) else ""

    def _show_chips(self) -> None:
        """Of what no drop-down shows; words stand in the search box too, and are a chip beside others."""
        chips = self._words.chips(self.filter)
        shown = [chip for chip in chips if chip[0] not in _QUICK or not self._quick_value(chip[0])]
        if self.filter.words:
            shown.append(("words", t("filter.words", words=self.filter.words), False))
        self.chips.show_parts(shown)
        self.chips.setVisible(bool(shown))
        self._room_below()


_QUICK = ("districts", "channels", "categories")

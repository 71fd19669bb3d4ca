"""One person on one day: which shifts, at which desk, who leads."""

import re
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.domain.roster import RosterEntry
from console.domain.shifts import Duty
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.choice import TickBox
from console.ui.parts.text import label, set_look
from console.ui.shifts.duty_words import duty_text
from console.ui.theme import Theme
from console.ui.words import t

DESK = re.compile(r"\d\d\Z")


class Place(NamedTuple):
    """In one shift. `station` "": not in it."""

    shift: str
    station: str
    leads: bool


class EntrySheet(QDialog):
    """`given(list[Place])`: write it so."""

    given = Signal(list)

    def __init__(
        self,
        theme: Theme,
        title: str,
        duties: list[Duty],
        there: dict[str, RosterEntry],
        desk: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._duties = duties
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(8))
        column.addWidget(label(title, "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        for place, key in enumerate(("login.shift", "login.desk", "roster.lead")):
            grid.addWidget(label(t(key), tone="muted"), 0, place)
        self.rows: list[tuple[TickBox, QLineEdit, TickBox]] = []
        for number, duty in enumerate(duties, start=1):
            entry = there.get(duty.shift.code)
            works = TickBox(theme, f"{number}   {duty_text(duty)}")
            works.setChecked(entry is not None)
            station = QLineEdit(entry.station if entry is not None else desk)
            station.setMaxLength(2)
            station.setFixedWidth(px(64))
            station.setAccessibleName(f"{t('login.desk')}, {duty_text(duty)}")
            leads = TickBox(theme, t("roster.lead"))
            leads.setChecked(entry is not None and entry.leads)
            for place, part in enumerate((works, station, leads)):
                grid.addWidget(part, number, place)
            station.returnPressed.connect(self._give)
            self.rows.append((works, station, leads))
        column.addLayout(grid)
        self.note = label("", tone="warnText", wrap=True)
        column.addWidget(self.note)
        foot = QHBoxLayout()
        self.go = primary(theme, t("roster.write"), "Enter")
        self.go.clicked.connect(self._give)
        no = secondary(theme, t("views.sheet.no"), "Esc")
        no.clicked.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(no)
        foot.addWidget(self.go)
        column.addLayout(foot)
        if self.rows:
            self.rows[0][0].setFocus()

    def _give(self) -> None:
        bad = [edit for works, edit, _ in self.rows if works.isChecked() and not DESK.match(edit.text())]
        for _, edit, _ in self.rows:
            set_look(edit, "bad", "true" if edit in bad else "false")
        if bad:
            self.note.setText(t("roster.badDesk"))
            bad[0].setFocus()
            return
        self.given.emit(
            [
                Place(duty.shift.code, edit.text() if works.isChecked() else "", leads.isChecked())
                for duty, (works, edit, leads) in zip(self._duties, self.rows, strict=True)
            ]
        )
        self.accept()

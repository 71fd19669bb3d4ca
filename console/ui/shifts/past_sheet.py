"""Who changed what of a week's roster, newest first, as the centre keeps it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from console.domain.reference import Reference
from console.domain.roster import RosterEntry
from console.domain.shifts import duty_by
from console.ui.parts.buttons import secondary
from console.ui.parts.text import label
from console.ui.parts.time_text import exact_text
from console.ui.shifts.duty_words import day_of, shift_name
from console.ui.theme import Theme
from console.ui.words import t


class PastSheet(QDialog):
    """A list to read."""

    def __init__(
        self, theme: Theme, reference: Reference, past: Sequence[RosterEntry], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(t("roster.past"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        px = theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(10))
        column.addWidget(label(t("roster.past"), "title"))
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setAccessibleName(t("roster.past"))
        self.list.addItems(
            [past_text(entry, reference) for entry in reversed(past)] or [t("roster.past.none")]
        )
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        shut = secondary(theme, t("roster.past.shut"), "Esc")
        shut.clicked.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(shut)
        column.addLayout(foot)
        self.resize(px(720), px(460))


def past_text(entry: RosterEntry, reference: Reference) -> str:
    """One writing: when, by whom, and what it said."""
    duty = duty_by(reference, entry.day, entry.shift)
    words = {
        "time": exact_text(entry.changed_at), "by": entry.by_name, "name": entry.name, "desk": entry.station,
        "day": day_of(entry.day), "shift": shift_name(duty.shift) if duty is not None else entry.shift,
    }  # fmt: skip
    if entry.deleted:
        return t("roster.past.off", **words)
    return t("roster.past.lead" if entry.leads else "roster.past.on", **words)

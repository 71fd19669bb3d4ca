"""What waits for a supervisor, in words, and the two keys that decide it."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.domain.case import Actor, Case, Request
from console.domain.delegation import in_place_of
from console.domain.reference import Reference
from console.ui.case.event_text import agency_text
from console.ui.case.grid_acts import decides
from console.ui.parts.buttons import primary, secondary
from console.ui.parts.status_ring import StatusRing
from console.ui.parts.text import flow, label
from console.ui.parts.time_text import moment_text, short_moment_text
from console.ui.theme import Theme
from console.ui.words import language, t


class ApprovalBand(QWidget):
    """`pressed(slot)`: "approve", or "reject" for a no, or for asking no more. Out of sight where nothing
    waits."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("fill", "violetSoft")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.text: QLabel = label(tone="violetText", wrap=True)
        self.place: QLabel = label("", "small", "violetText", wrap=True)
        self.yes = primary(theme, t("approval.yes"), "Y", "action.approve")
        self.no = secondary(theme, t("approval.no"), "X")
        self.drop = secondary(theme, t("approval.drop"), "X")
        self.yes.clicked.connect(lambda: self.pressed.emit("approve"))
        for button in (self.no, self.drop):
            button.clicked.connect(lambda: self.pressed.emit("reject"))
        head, keys = QHBoxLayout(), QHBoxLayout()
        head.addWidget(StatusRing(theme, "pending_approval"), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.text, 1)
        for button in (self.yes, self.no, self.drop):
            keys.addWidget(button)
        keys.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.place)
        column.addLayout(keys)
        self.hide()

    def show_case(self, case: Case, actor: Actor, reference: Reference, now: datetime) -> None:
        """As it stands, and for whoever looks at it."""
        text = waiting_text(case, reference, now)
        self.setVisible(bool(text))
        flow(self.text, text)
        may = decides(actor, reference, now)
        mine = case.request is not None and case.request.by.user == actor.user
        self.yes.setVisible(may)
        self.no.setVisible(may)
        self.drop.setVisible(mine and not may)
        stands_in = in_place_of(actor, reference.delegations, now)
        self.place.setVisible(stands_in is not None)
        if stands_in is not None:
            until = moment_text(stands_in.until, now)
            flow(self.place, t("approval.inPlaceOf", name=stands_in.by_name, until=until))


def waiting_text(case: Case, reference: Reference, now: datetime) -> str:
    """What waits, since when, by whom, and why; "" where nothing does."""
    if case.request is not None:
        one = case.request
        what = t(f"asked.{one.kind}")
        asked = {"act": what, "who": one.by.name, "asked": short_moment_text(one.at, now)}
        told = (_reason(one, reference), one.words, one.note)
        words = " ".join(f"“{part}”" for part in told if part)
        return f"{t('approval.waits', **asked)} {words}".strip()
    waiting = next((e for e in case.extensions if e.state == "pending"), None)
    if waiting is None:
        return ""
    by = waiting.asked_by
    return t(
        "approval.moreTime",
        time=moment_text(waiting.new_due, now),
        who=agency_text(by.agency, reference) if by.agency else by.name,
        asked=short_moment_text(waiting.asked_at, now),
        reason=waiting.reason,
    )


def _reason(request: Request, reference: Reference) -> str:
    """Of a rejection, as the list has it."""
    code, vietnamese = request.act.get("reason"), language() == "vi"
    found = next((one for one in reference.reject_reasons if one.code == code), None)
    return "" if found is None else found.text if vietnamese else found.text_en

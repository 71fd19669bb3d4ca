"""Possible duplicates, best first: how far, how old, in which state, and why they look alike.

Likely ones are counted and the first of them is marked; those merely near follow under a head, in grey, and
are marked by hand only: no key merges into one that nobody has looked at.
"""

from collections.abc import Callable
from datetime import datetime

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from console.desk.rows import Suspect
from console.domain.case import Channel
from console.domain.duplicates import WITHIN, reach_m
from console.domain.place import UnitKind
from console.ui.intake.card import Card
from console.ui.parts.buttons import KeyButton, quiet, secondary
from console.ui.parts.chip import DueChip, status_text
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.status_ring import StatusRing
from console.ui.parts.text import OneLine, label
from console.ui.parts.time_text import due_of, duration_text
from console.ui.theme import Theme
from console.ui.words import t

LETTERS = "ABCDEFGH"
_ROOMY = 540  # pixels from which three buttons stand in one line


class SuspectsPane(QWidget):
    """`merge(Suspect)`, `view(str)`, `dismissed(str)`: what the three buttons of the chosen one say."""

    merge = Signal(object)
    view = Signal(str)
    dismissed = Signal(str)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        self.suspects: tuple[Suspect, ...] = ()
        self._cards: list[_SuspectCard] = []
        self._chosen = self._picked = ""
        self._no_merge = ""
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 9, 14, 9)
        row.setSpacing(8)
        self.count = label("0", "micro", "muted")
        self.count.setProperty("fill", "neutralSoft")
        self.count.setContentsMargins(6, 1, 6, 1)
        row.addWidget(label(t("dup.title"), "section", strong=True))
        row.addWidget(self.count)
        row.addWidget(label(t("intake.dup.hint"), "small", "subtle"), 1)
        row.addWidget(KeyCap(theme, "Ctrl D"))
        self.empty = label(t("intake.dup.wait"), tone="muted", wrap=True)
        self.empty.setContentsMargins(16, 4, 16, 12)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._near = label(t("intake.dup.near"), "small", "subtle")
        self._near.setContentsMargins(16, 8, 14, 4)
        self._near.setVisible(False)
        self._rows.addWidget(self._near)
        self._rows.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inside)
        self._area = area
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part, share in ((head, 0), (self.empty, 0), (area, 1)):
            column.addWidget(part, share)

    def allow_merge(self, reason: str) -> None:
        """`reason`: why this operator may not merge; "" when they may."""
        self._no_merge = reason
        for card in self._cards:
            card.merge.setEnabled(not reason)
            card.merge.setToolTip(reason)

    def show_suspects(self, suspects: tuple[Suspect, ...] | None, kind: UnitKind | None = None) -> None:
        """Show these; None: nothing is known yet. The chosen one stays chosen. `kind`: of the commune."""
        if suspects == self.suspects and suspects:
            return
        self.suspects = (suspects or ())[: len(LETTERS)]
        likely = sum(one.likely for one in self.suspects)
        self._near.setVisible(likely < len(self.suspects))
        self._show_cards(likely)
        self.count.setText(str(likely))
        self.empty.setText(
            t("intake.dup.wait")
            if suspects is None
            else t("dup.none", km=reach_m(kind) // 1000, days=WITHIN.days)
        )
        self.empty.setVisible(not self.suspects)
        marked = [one.row.id for one in self.suspects if one.likely or one.row.id == self._picked]
        self.choose(self._chosen if self._chosen in marked else marked[0] if likely else "")

    def _show_cards(self, likely: int) -> None:
        """A card that says the same as before stays: only what is new is made while somebody types."""
        kept = {card.says: card for card in self._cards}
        fresh = []
        for letter, one in zip(LETTERS, self.suspects, strict=False):
            says = _says(letter, one)
            fresh.append(kept.pop(says) if says in kept else self._made(letter, one))
        for old in kept.values():
            old.hide()
            old.deleteLater()
        if fresh != self._cards:
            for place, card in enumerate(fresh):
                if place == likely:  # the head of those merely near stands behind the likely ones
                    self._rows.insertWidget(place, self._near)
                self._rows.insertWidget(place + (place >= likely), card)
            self._cards = fresh

    def _made(self, letter: str, one: Suspect) -> "_SuspectCard":
        card = _SuspectCard(self._theme, letter, one, self._now())
        card.picked.connect(lambda: self._pick(one.row.id))
        card.opened.connect(lambda: self.view.emit(one.row.id))
        card.merge.clicked.connect(lambda: self.merge.emit(one))
        card.look.clicked.connect(lambda: self.view.emit(one.row.id))
        card.other.clicked.connect(lambda: self.dismissed.emit(one.row.id))
        card.merge.setEnabled(not self._no_merge)
        card.merge.setToolTip(self._no_merge)
        card.fit(self.width())
        return card

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pane says how wide its cards may be: they cannot become narrower than their buttons' line."""
        super().resizeEvent(event)
        for card in self._cards:
            card.fit(event.size().width())

    def _pick(self, case: str) -> None:
        """By hand: it stays marked, however unlikely it becomes."""
        self._picked = case
        self.choose(case)

    def choose(self, case: str) -> None:
        """Mark one; its buttons show."""
        self._chosen = case
        for card, one in zip(self._cards, self.suspects, strict=True):
            card.choose(one.row.id == case)
            card.buttons.setVisible(one.row.id == case)

    @property
    def chosen(self) -> Suspect | None:
        """The one that the keys mean."""
        return next((one for one in self.suspects if one.row.id == self._chosen), None)

    def focus_list(self) -> None:
        """The cursor to the chosen one, else to the first."""
        known = [one.row.id for one in self.suspects]
        if known:
            at = known.index(self._chosen) if self._chosen in known else 0
            self._cards[at].setFocus(Qt.FocusReason.ShortcutFocusReason)


def _says(letter: str, one: Suspect) -> tuple[str, Suspect]:
    """What a card shows; how like it is shows in its place alone."""
    return letter, msgspec.structs.replace(one, score=0.0)


class _Letter(QWidget):
    """The letter that also stands at its place on the map."""

    def __init__(self, theme: Theme, letter: str) -> None:
        super().__init__()
        self._theme, self._letter = theme, letter
        self.setFixedSize(QSize(theme.px(24), theme.px(24)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("lineStrong"), 1))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self._theme.font("small", 600))
        painter.setPen(self._theme.color("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()


class _Channel(QWidget):
    """How it came in, as an icon."""

    def __init__(self, theme: Theme, channel: Channel) -> None:
        super().__init__()
        self._theme, self._icon = theme, f"channel.{channel.value}"
        self.setAccessibleName(t(self._icon))
        self.setToolTip(t(self._icon))
        self.setFixedSize(QSize(theme.px(14), theme.px(14)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._theme.icon(self._icon, "muted").paint(painter, self.rect())
        painter.end()


class _SuspectCard(Card):
    """One of them; its three buttons show while it is the chosen one."""

    def __init__(self, theme: Theme, letter: str, one: Suspect, now: datetime) -> None:
        super().__init__(theme, flat=True)
        row, self._told = one.row, _facts(one, now)
        self.says = _says(letter, one)
        self.merge: KeyButton = secondary(theme, t("dup.merge", letter=letter), "Alt G", "action.merge")
        self.look: KeyButton = secondary(theme, t("intake.dup.view"), "Alt Enter")
        self.other: KeyButton = quiet(theme, t("dup.not"), "Alt X")
        for button in (self.merge, self.look, self.other):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        status = status_text(row.display_status)
        said = (letter, row.number, row.title, status, self._told, _alike(one))
        self.setAccessibleName(". ".join(part for part in said if part))
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(label(row.number, "bodyStrong", "text" if one.likely else "muted"))
        head.addWidget(_Channel(theme, row.channel))
        head.addWidget(StatusRing(theme, row.display_status))
        self._status = OneLine("small", "muted")
        self._status.setText(status)
        head.addWidget(self._status)
        head.addStretch(1)
        due = DueChip(theme)
        due.set_due(due_of(row, now))
        head.addWidget(due)
        self.buttons = QWidget()
        self._line = QGridLayout(self.buttons)
        self._line.setContentsMargins(0, 4, 0, 0)
        self._line.setSpacing(8)
        self._line.setColumnStretch(3, 1)
        self._lay_buttons(False)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(head)
        head_tone, strong = ("text", "bodyStrong") if one.likely else ("muted", "body")
        words.addWidget(label(row.title, strong, head_tone, wrap=True))
        self._facts = label(self._told, "small", "muted", wrap=True)
        words.addWidget(self._facts)
        words.addWidget(label(_alike(one), "small", "subtle", wrap=True))
        words.addWidget(self.buttons)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(16, 9, 14, 10)
        outer.setSpacing(10)
        outer.addWidget(_Letter(theme, letter), 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(words, 1)

    def fit(self, width: int) -> None:
        """In a narrow pane the buttons stand in two lines, and the status beside the other facts."""
        roomy = width >= self._theme.px(_ROOMY)
        self._lay_buttons(roomy)
        self._status.setVisible(roomy)
        self._facts.setText(self._told if roomy else f"{self._status.text()} · {self._told}")

    def _lay_buttons(self, roomy: bool) -> None:
        left = Qt.AlignmentFlag.AlignLeft
        self._line.addWidget(self.merge, 0, 0, 1, 1 if roomy else 3, left)
        self._line.addWidget(self.look, 0 if roomy else 1, 1 if roomy else 0, left)
        self._line.addWidget(self.other, 0 if roomy else 1, 2 if roomy else 1, left)


def metres_text(metres: int | None) -> str:
    """40 m, 1,2 km"""
    if metres is None:
        return t("intake.dup.unpinned")
    return f"{metres} m" if metres < 1000 else f"{metres / 1000:.1f} km".replace(".", ",")


def _facts(one: Suspect, now: datetime) -> str:
    ago = t("intake.dup.ago", t=duration_text(now - one.row.entered))
    return " · ".join(part for part in (one.row.place, metres_text(one.metres), ago) if part)


def _alike(one: Suspect) -> str:
    reasons = [t("intake.dup.sameType" if one.same_type else "intake.dup.sameGroup")]
    reasons += [f"“{phrase}”" for phrase in one.words[:3]]
    if not one.row.status.is_open:
        reasons.append(t("intake.dup.ended"))
    return t("intake.dup.alike", reasons=" · ".join(reasons))

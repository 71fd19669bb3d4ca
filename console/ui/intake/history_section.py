"""What this caller reported before: an open one first, with a sentence ready to be read out.

One of the cards is meant by the key for "same matter": the one with the cursor, else the first open one.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from console.desk.rows import Earlier
from console.domain.number import BadNumber, CaseNumber, parse_number
from console.ui.intake.card import Card
from console.ui.parts.buttons import secondary
from console.ui.parts.chip import DueChip, status_text
from console.ui.parts.key_cap import KeyCap
from console.ui.parts.status_ring import StatusRing
from console.ui.parts.suggest_box import TypedLine
from console.ui.parts.text import OneLine, label, set_look, set_tone
from console.ui.parts.time_text import Due, due_of, moment_text, short_moment_text
from console.ui.theme import Theme
from console.ui.words import t

SHOWN = 6
_SAID = {"need_info": "need_info", "resolved": "resolved"}
"""Display status -> how the sentence goes on; others by whether an agency has it."""


class HistorySection(QWidget):
    """`view(str)`: a case is to be shown; `same(Earlier)`: this call is about that one; `number_asked(str)`:
    a case number, checked, is to be found."""

    view = Signal(str)
    same = Signal(object)
    number_asked = Signal(str)

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._now = theme, now
        self.earlier: tuple[Earlier, ...] = ()
        self.cards: list[_EarlierCard] = []
        self._meant = ""
        self.setProperty("edge", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.addWidget(label(t("intake.history"), "section", strong=True))
        head.addStretch(1)
        head.addWidget(KeyCap(theme, "Alt H"))
        self.told = label(type="small", tone="muted", wrap=True)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(6)
        self.number = TypedLine()
        self.number.setPlaceholderText(t("intake.number.ask"))
        self.number.setAccessibleName(t("intake.number.ask"))
        self.number.returnPressed.connect(self._ask_number)
        self.number.typed.connect(lambda _text: self.tell_number(""))
        self.answer = label(type="small", tone="warnText", wrap=True)
        self.answer.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.told)
        column.addLayout(self._cards)
        column.addWidget(self.number)
        column.addWidget(self.answer)
        self.show_earlier(None)

    def forget(self) -> None:
        """Another draft: no number was read yet."""
        self.tell_number("")
        self.number.clear()

    def show_earlier(self, earlier: tuple[Earlier, ...] | None) -> None:
        """Earlier cases of the phone, open ones first; None while no phone is typed."""
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.earlier = (earlier or ())[:SHOWN]
        self.cards = [self._card(one) for one in self.earlier]
        for card in self.cards:
            self._cards.addWidget(card)
        still_open = [one for one in earlier or () if one.open]
        self.told.setText(self._words(earlier, still_open))
        set_look(self.told, "fill", "infoSoft" if still_open else "")
        self.told.setContentsMargins(*((8, 6, 8, 6) if still_open else (0, 0, 0, 0)))
        set_tone(self.told, "text" if still_open else "muted")
        self._mean(still_open[0].id if still_open else "")

    def _words(self, earlier: tuple[Earlier, ...] | None, still_open: list[Earlier]) -> str:
        if still_open:
            return t("intake.history.open", n=len(still_open), say=ready_sentence(still_open[0], self._now()))
        if earlier is None:
            return t("intake.history.none")
        return t("intake.history.closed", n=len(earlier)) if earlier else t("intake.history.first")

    def _card(self, one: Earlier) -> "_EarlierCard":
        card = _EarlierCard(self._theme, one, self._now())
        card.picked.connect(lambda: self._mean(one.id))
        card.opened.connect(lambda: self.view.emit(one.id))
        card.same.clicked.connect(lambda: self.same.emit(one))
        return card

    def _mean(self, case: str) -> None:
        self._meant = case
        for card, one in zip(self.cards, self.earlier, strict=True):
            card.choose(one.id == case)
            card.same.setVisible(one.id == case)

    @property
    def meant(self) -> Earlier | None:
        """The one that the key for "same matter" is about."""
        return next((one for one in self.earlier if one.id == self._meant), None)

    # -- a number that the caller reads ---------------------------------------------------------------

    def _ask_number(self) -> None:
        found = parse_number(self.number.full_text())
        if isinstance(found, CaseNumber):
            self.number_asked.emit(str(found))
        elif found is not BadNumber.EMPTY:
            self.tell_number(t(f"intake.number.bad.{found.value}"))

    def tell_number(self, sentence: str) -> None:
        """What came of it, below the box; "" for nothing."""
        self.answer.setText(sentence)
        self.answer.setVisible(bool(sentence))
        set_look(self.number, "bad", "true" if sentence else "false")

    def focus_history(self) -> None:
        """The cursor to the newest earlier report, else to the box for a number."""
        (self.cards[0] if self.cards else self.number).setFocus(Qt.FocusReason.ShortcutFocusReason)


class _EarlierCard(Card):
    """One of them; `same` shows while it is the one that the key means."""

    def __init__(self, theme: Theme, one: Earlier, now: datetime) -> None:
        super().__init__(theme)
        status = status_text(one.display_status)
        self.setAccessibleName(f"{one.number}. {one.title}. {status}")
        self.same = secondary(theme, t("intake.same"), "Alt S", "call.active")
        self.same.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.same.setToolTip(t("intake.same.why"))
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.addWidget(label(one.number, "bodyStrong"))
        top.addStretch(1)
        top.addWidget(StatusRing(theme, one.display_status))
        line = OneLine("small", "muted")
        line.setText(status)
        top.addWidget(line)
        facts = OneLine("small", "muted")
        facts.setText(" · ".join(p for p in (short_moment_text(one.entered, now), one.lead_name) if p))
        bottom.addWidget(facts, 1)
        if one.open and one.due is not None:
            chip = DueChip(theme)
            chip.set_due(_due(one, now))
            bottom.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 7, 10, 7)
        column.setSpacing(3)
        column.addLayout(top)
        column.addWidget(label(one.title, wrap=True))
        column.addLayout(bottom)
        column.addWidget(self.same, 0, Qt.AlignmentFlag.AlignLeft)


def ready_sentence(one: Earlier, now: datetime) -> str:
    """What to read to somebody whose report is open: who has it, until when, and the question."""
    how = _SAID.get(one.display_status) or ("working" if one.lead_name else "waiting")
    due = t("intake.ready.due", time=moment_text(one.due, now)) if one.due and one.due > now else ""
    said = t(f"intake.ready.{how}", title=one.title.rstrip("."), agency=one.lead_name, due=due)
    return f"“{said} {t('intake.ready.ask')}”"


class _Clocked:
    """What `due_of` reads, out of an Earlier: it is open, and its last quarter is not known."""

    def __init__(self, one: Earlier) -> None:
        self.due, self.near, self.resting = one.due, None, one.display_status == "need_info"
        self.closed, self.outcome = None, ""


def _due(one: Earlier, now: datetime) -> Due:
    return due_of(_Clocked(one), now)

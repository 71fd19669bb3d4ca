"""The acts in one fixed grid, rarer ones in its menu: never hidden, never moved, disabled with the reason."""

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from console.domain.case import Actor, Case
from console.domain.reference import Reference
from console.domain.refusal import Refusal
from console.ui.case.act import Act
from console.ui.case.grid_acts import MENU, SLOTS, act_in, why_not
from console.ui.parts.buttons import KeyButton
from console.ui.parts.failure_text import refusal_text
from console.ui.theme import Theme
from console.ui.words import t

COLUMNS = 3


class ActionGrid(QWidget):
    """`pressed(slot)`. Folded, only its first row and the menu show, for low windows."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("fill", "canvas")
        self.setProperty("edge", "top")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[str, KeyButton] = {}
        self._acts: dict[str, tuple[Act, str, bool]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setSpacing(5)
        for place, slot in enumerate(SLOTS):
            button = KeyButton(theme, t(f"slot.{slot}"))
            button.clicked.connect(lambda _=False, slot=slot: self.pressed.emit(slot))
            self.buttons[slot] = button
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self.more = self._menu_button("")
        grid.addWidget(self.more, 0, COLUMNS)
        self.others = self._menu_button(t("slot.others"))
        grid.addWidget(self.others, len(SLOTS) // COLUMNS, COLUMNS - 1)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.set_folded(False)

    def _menu_button(self, text: str) -> KeyButton:
        made = KeyButton(self._theme, text, icon="ph.dots-three")
        made.setAccessibleName(t("key.menu"))
        made.setToolTip(f"{t('key.menu')} (Ctrl+.)")
        made.clicked.connect(self.open_menu)
        return made

    def set_folded(self, folded: bool) -> None:
        """Only the first row; the menu has the rest."""
        self.folded = folded
        for slot in SLOTS[COLUMNS:]:
            self.buttons[slot].setVisible(not folded)
        self.more.setVisible(folded)
        self.others.setVisible(not folded)

    def show_case(
        self, case: Case | None, actor: Actor, reference: Reference, at: datetime | None = None
    ) -> None:
        """Which acts can be done now; for the others, why not."""
        self._acts = {}
        for slot in (*SLOTS, *MENU):
            act = act_in(slot, actor, case, reference, at)
            refusal = why_not(act, actor, case, reference, at)
            can_now = case is not None and refusal is None
            self._acts[slot] = (act, _tip(act, refusal if case is not None else None, reference), can_now)
        for slot, button in self.buttons.items():
            act, tip, can_now = self._acts[slot]
            button.set_act(t(f"slot.{slot}"), act.key, act.icon)
            button.setEnabled(can_now)
            button.setToolTip(tip)
            button.setAccessibleDescription(tip)
        first = self.buttons[SLOTS[0]]
        first.set_kind("primary" if first.isEnabled() else "secondary")

    def open_menu(self) -> QMenu:
        """All acts as a menu, for Ctrl+. and for low windows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for slot, (act, tip, can_now) in self._acts.items():
            text = t(f"slot.{slot}") if slot in SLOTS else t(f"act.{act.name}.title")
            action = menu.addAction(f"{text.replace('&', '&&')}\t{act.key}")
            action.setEnabled(can_now)
            action.setToolTip(tip)
            action.triggered.connect(lambda _=False, slot=slot: self.pressed.emit(slot))
            if slot == SLOTS[-1]:
                menu.addSeparator()
        corner = self.mapToGlobal(QPoint(self.width() - 14, 0))
        size = menu.sizeHint()
        menu.popup(QPoint(corner.x() - size.width(), corner.y() - size.height()))
        return menu


def _tip(act: Act, refusal: Refusal | None, reference: Reference) -> str:
    title = t(f"act.{act.name}.title")
    return f"{title}: {refusal_text(refusal, reference)}" if refusal is not None else f"{title} ({act.key})"

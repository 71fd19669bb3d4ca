"""All acts in one fixed grid: never hidden, never moved, disabled with the reason in the tooltip."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QWidget

from console.domain.case import Actor, Case
from console.domain.reference import Reference
from console.ui.case.acts import SLOTS, act_in, why_not
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
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setSpacing(5)
        for place, slot in enumerate(SLOTS):
            button = KeyButton(theme, t(f"slot.{slot}"))
            button.clicked.connect(lambda _=False, slot=slot: self.pressed.emit(slot))
            self.buttons[slot] = button
            grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self.more = KeyButton(theme, "", icon="ph.dots-three")
        self.more.setAccessibleName(t("key.menu"))
        self.more.setToolTip(f"{t('key.menu')} (Ctrl+.)")
        self.more.clicked.connect(self.open_menu)
        grid.addWidget(self.more, 0, COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        self.set_folded(False)

    def set_folded(self, folded: bool) -> None:
        """Only the first row, and the menu for the rest."""
        self.folded = folded
        for slot in SLOTS[COLUMNS:]:
            self.buttons[slot].setVisible(not folded)
        self.more.setVisible(folded)

    def show_case(self, case: Case | None, actor: Actor, reference: Reference) -> None:
        """Which acts can be done now; for the others, why not."""
        for slot, button in self.buttons.items():
            act = act_in(slot, actor, case)
            refusal = why_not(act, actor, case, reference)
            button.set_act(t(f"slot.{slot}"), act.key, act.icon)
            button.setEnabled(case is not None and refusal is None)
            title = t(f"act.{act.kind}.title")
            reason = refusal_text(refusal, reference) if refusal is not None and case is not None else ""
            button.setToolTip(f"{title}: {reason}" if reason else f"{title} ({act.key})")
            button.setAccessibleDescription(button.toolTip())
        first = self.buttons[SLOTS[0]]
        first.set_kind("primary" if first.isEnabled() else "secondary")

    def open_menu(self) -> QMenu:
        """The same acts as a menu, for Ctrl+. and for low windows."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for slot in SLOTS:
            button = self.buttons[slot]
            action = menu.addAction(f"{button.text().replace('&', '&&')}\t{button.key}")
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(lambda _=False, slot=slot: self.pressed.emit(slot))
        corner = self.mapToGlobal(QPoint(self.width() - 14, 0))
        size = menu.sizeHint()
        menu.popup(QPoint(corner.x() - size.width(), corner.y() - size.height()))
        return menu

"""How this desk stands on the telephone: ready, on a call, writing one down, on break."""

from PySide6.QtCore import Qt

from console.ui.parts.buttons import KeyButton
from console.ui.theme import Theme
from console.ui.words import t

ICONS = {"ready": "call.ready", "active": "call.active", "wrapup": "call.wrapUp", "break": "call.break"}


class PhoneChip(KeyButton):
    """In the top bar, hidden where nobody tells this desk of calls. Pressed: a break begins or ends, where
    the line lets it. Its width stays whatever it says."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", "", "call.ready", "quiet")
        self._state = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    def show_state(self, state: str, rests: bool) -> None:
        """One of ICONS, "" for none; `rests`: a press does something."""
        self.setEnabled(rests)
        self.setToolTip(t("key.call.rest") + " (Ctrl+F9)" if rests else "")
        if state != self._state:
            self._state = state
            if state:
                self._reserve()
                self.relabel(t(f"call.{state}"), ICONS[state])
            self.setVisible(bool(state))

    def _reserve(self) -> None:
        widths = []
        for state, icon in ICONS.items():
            self.relabel(t(f"call.{state}"), icon)
            widths.append(self.sizeHint().width())
        self.setFixedWidth(max(widths))

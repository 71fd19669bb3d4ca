"""The small buttons in the map's header: an icon, its words in tooltip and for the screen reader."""

from PySide6.QtWidgets import QWidget

from console.ui.parts.buttons import KeyButton
from console.ui.theme import Theme


def tool_button(theme: Theme, icon: str, words: str, key: str, parent: QWidget) -> KeyButton:
    """`key`: as drawn on caps, told in the tooltip."""
    button = KeyButton(theme, "", icon=icon, kind="quiet", parent=parent)
    button.setAccessibleName(f"{words} ({key})")
    button.setToolTip(f"{words} ({key})")
    return button

"""Ctrl+Z in a field with nothing to undo belongs to the window: it calls the last act back."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence


def is_spent_undo(event: QEvent, available: bool) -> bool:
    """Whether it is the key for undo, claimed or pressed, while the field has nothing to undo.

    Qt's text fields claim that key always, so that no shortcut of the window would ever see it.
    """
    return isinstance(event, QKeyEvent) and not available and event.matches(QKeySequence.StandardKey.Undo)

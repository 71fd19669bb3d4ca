"""Words that an input method composes: ended before something is decided on them, and only then."""

from typing import Protocol, runtime_checkable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication


@runtime_checkable
class Composes(Protocol):
    """A field that knows whether a word is being composed in it."""

    @property
    def composing(self) -> bool: ...


def commit_preedit() -> None:
    """Words still being composed become text. Nothing happens where the field with the cursor knows of none:
    the input method may have the first letter of the next word already, and would forget it."""
    here: object = QApplication.focusWidget()
    if not isinstance(here, Composes) or here.composing:
        QGuiApplication.inputMethod().commit()

"""Tab follows the eye also where fields are made anew in the middle of a form."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain(owner: QWidget, stops: Sequence[QWidget]) -> None:
    """These parts of `owner`, in this order, behind whatever stands before `owner`."""
    before = owner.previousInFocusChain()
    for _ in range(1000):
        if before is None or before is owner or (_stop(before) and not owner.isAncestorOf(before)):
            break
        before = before.previousInFocusChain()
    if before is None or before is owner:
        return
    for stop in (one for one in stops if one.window() is owner.window()):
        QWidget.setTabOrder(before, stop)
        before = stop


def stops_of(part: QWidget) -> list[QWidget]:
    """The fields and buttons inside, in the order in which they were made."""
    window = part.window()
    inside = (one for one in part.findChildren(QWidget) if one.window() is window)
    return [one for one in inside if _stop(one) and one.focusProxy() is None]


def _stop(one: QWidget) -> bool:
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus)

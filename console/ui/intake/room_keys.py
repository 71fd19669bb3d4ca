"""Every key of the intake, in one table: jumps to fields, waiting drafts, acts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from console.ui.intake.drafts_bar import FIRST_KEY, KEYS
from console.ui.intake.fields import Field
from console.ui.words import t

if TYPE_CHECKING:
    from console.ui.intake.intake_room import IntakeRoom

JUMPS = {
    "L": Field.TYPE,
    "C": Field.QUESTIONS,
    "N": Field.CONTENT,
    "M": Field.PLACE,
    "K": Field.URGENCY,
    "P": Field.PHONE,
    "B": Field.NOTE,
}
"""Alt and the letter underlined in the field's label; ASCII, since input methods keep the others."""


def more_keys() -> list[tuple[str, str]]:
    """What the status bar has no room for."""
    return [
        ("Alt H", t("intake.key.history")),
        ("Alt S", t("intake.same.why")),
        ("Alt O", t("intake.key.note")),
        ("Ctrl D", t("dup.title")),
        ("Alt G", t("intake.key.merge")),
        ("Alt Enter", t("intake.key.view")),
        ("Alt X", t("dup.not")),
        ("Ctrl W", t("intake.key.drop")),
        ("Ctrl Shift B", t("hand.key")),
    ]


def bind_keys(room: "IntakeRoom") -> None:
    """The keys hold while the cursor is anywhere in the room."""
    for letter, field in JUMPS.items():
        _key(room, f"Alt+{letter}", partial(room.jump, field))
    for place in range(KEYS):
        _key(room, f"Alt+{FIRST_KEY + place}", partial(room.drafts_bar.want, place))
    for keys, act in (
        ("Alt+Q", room.form.take_advised),
        ("Alt+V", room.foot.open_picker),
        ("Alt+H", room.caller.history.focus_history),
        ("Alt+O", room.caller.note.begin),
        ("Alt+S", lambda: room.finishing.again(room.caller.history.meant)),
        ("Alt+I", room.form.callback.click),
        ("Alt+D", room.form.anonymous.click),
        ("Ctrl+M", room.move_pin),
        ("Alt+Y", room.form.take_pins_commune),
        ("Ctrl+U", room.files.files.choose),
        ("Ctrl+D", room.side.suspects.focus_list),
        ("Alt+G", room.merge),
        ("Alt+X", room.dismiss_suspect),
        ("Alt+Return", room.view_suspect),
        ("Ctrl+Return", room.save_and_forward),
        ("Ctrl+Enter", room.save_and_forward),
        ("Ctrl+S", room.save_later),
        ("Ctrl+W", room.drop),
        ("Ctrl+Shift+B", room.handing.ask),
    ):
        _key(room, keys, act)


def _key(room: QWidget, keys: str, act: Callable[[], object]) -> None:
    shortcut = QShortcut(QKeySequence(keys), room)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)

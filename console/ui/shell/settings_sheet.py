"""The few settings a person at the desk may choose: look, text size, language, time to undo."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from console.ui.memory import Memory
from console.ui.parts.buttons import primary, quiet
from console.ui.parts.drop_button import DropButton
from console.ui.parts.text import label
from console.ui.theme import MODES, SCALES, Theme
from console.ui.words import LANGUAGES, t

UNDO_CHOICES = (0, 5, 10)  # seconds


class SettingsSheet(QDialog):
    """Changes hold at once, except the language. `undo_changed(seconds)` for the desk; `store_wanted`: what
    this computer keeps is to be shown."""

    undo_changed = Signal(int)
    store_wanted = Signal()

    def __init__(self, theme: Theme, memory: Memory, undo_seconds: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._memory = theme, memory
        self.setWindowTitle(t("settings.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.mode = _drop(theme, [(m, t(f"settings.theme.{m}")) for m in MODES], theme.mode)
        self.scale = _drop(theme, [(str(s), f"{s} %") for s in SCALES], str(theme.scale))
        self.language = _drop(
            theme,
            [(code, t(f"settings.language.{code}")) for code in LANGUAGES],
            memory.text("language", "vi"),
        )
        self.undo = _drop(theme, [(str(n), _undo_text(n)) for n in UNDO_CHOICES], str(undo_seconds))
        self.later = label("", "small", "muted", wrap=True)
        self._connect()
        self._lay()

    def _connect(self) -> None:
        self.mode.chosen.connect(self._set_mode)
        self.scale.chosen.connect(self._set_scale)
        self.language.chosen.connect(self._set_language)
        self.undo.chosen.connect(self._set_undo)

    def _lay(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(10)
        rows = (
            ("settings.theme", self.mode),
            ("settings.scale", self.scale),
            ("settings.language", self.language),
            ("settings.undo", self.undo),
        )
        for at, (key, drop) in enumerate(rows):
            drop.setAccessibleName(t(key))
            grid.addWidget(label(t(key), tone="muted"), at, 0)
            grid.addWidget(drop, at, 1)
        foot = QHBoxLayout()
        store = quiet(self._theme, t("store.open"), icon="ph.database")
        store.clicked.connect(self._show_store)
        foot.addWidget(store)
        foot.addStretch(1)
        shut = primary(self._theme, t("settings.close"), "Esc")
        shut.clicked.connect(self.accept)
        foot.addWidget(shut)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(14)
        column.addWidget(label(t("settings.title"), "title"))
        column.addLayout(grid)
        column.addWidget(self.later)
        column.addLayout(foot)
        self.setMinimumWidth(460)

    def _show_store(self) -> None:
        self.accept()
        self.store_wanted.emit()

    def _set_mode(self, mode: str) -> None:
        self._memory.keep("theme", mode)
        self._theme.set_mode(mode)

    def _set_scale(self, percent: str) -> None:
        self._memory.keep("scale", int(percent))
        self._theme.set_scale(int(percent))

    def _set_language(self, code: str) -> None:
        self._memory.keep("language", code)
        self.later.setText(t("settings.language.later"))

    def _set_undo(self, seconds: str) -> None:
        self._memory.keep("undo_seconds", int(seconds))
        self.undo_changed.emit(int(seconds))


def _undo_text(seconds: int) -> str:
    return t("settings.undo.seconds", n=seconds) if seconds else t("settings.undo.off")


def _drop(theme: Theme, choices: list[tuple[str, str]], value: str) -> DropButton:
    drop = DropButton(theme, "", choices)
    drop.set_value(value)
    return drop

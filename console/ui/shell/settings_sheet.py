"""The few settings a person at the desk may choose: look, text size, language, time to undo, sounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from console.ui.memory import Memory
from console.ui.parts.buttons import primary, quiet
from console.ui.parts.drop_button import DropButton
from console.ui.parts.text import label
from console.ui.theme import MODES, SCALES, Theme
from console.ui.words import LANGUAGES, t

if TYPE_CHECKING:
    from console.ui.sound.sounding import Sounding

UNDO_CHOICES = (0, 5, 10)  # seconds


class SettingsSheet(QDialog):
    """Changes hold at once, except the language. `undo_changed(seconds)` for the desk; `store_wanted`: what
    this computer keeps is to be shown."""

    undo_changed = Signal(int)
    store_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        memory: Memory,
        undo_seconds: int,
        parent: QWidget,
        sounds: Sounding | None = None,
    ) -> None:
        super().__init__(parent)
        self._sounds = sounds
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
        self.sounds = _drop(
            theme,
            [("1", t("settings.sounds.on")), ("", t("settings.sounds.off"))],
            "" if sounds is not None and sounds.is_muted else "1",
        )
        self.heard: QLabel = label("", "small", "muted", wrap=True)
        self._connect()
        self._lay()

    def _connect(self) -> None:
        self.mode.chosen.connect(self._set_mode)
        self.scale.chosen.connect(self._set_scale)
        self.language.chosen.connect(self._set_language)
        self.undo.chosen.connect(self._set_undo)
        self.sounds.chosen.connect(self._set_sounds)

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
        if self._sounds is not None:
            self._lay_sounds(grid, len(rows), self._sounds)
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

    def _lay_sounds(self, grid: QGridLayout, row: int, sounds: Sounding) -> None:
        self.sounds.setAccessibleName(t("settings.sounds"))
        self.try_sound = quiet(self._theme, t("settings.sounds.try"), icon="ph.speaker-high")
        self.try_sound.clicked.connect(lambda: sounds.try_out())
        sounds.way_found.connect(self._tell_way)
        side = QHBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.sounds)
        side.addWidget(self.try_sound)
        side.addStretch(1)
        grid.addWidget(label(t("settings.sounds"), tone="muted"), row, 0)
        grid.addLayout(side, row, 1)
        grid.addWidget(self.heard, row + 1, 1)
        self._tell_way(sounds.way)

    def _tell_way(self, way: str) -> None:
        """How sounds are played here, or that none can be."""
        self.heard.setText(way_text(way))
        self.heard.setVisible(bool(way))

    def _set_sounds(self, on: str) -> None:
        if self._sounds is not None:
            self._sounds.mute(not on)

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


def way_text(way: str) -> str:
    """What plays sounds, in words; "" before anything was played."""
    if way in ("", "none"):
        return t("settings.sounds.none") if way else ""
    return t("settings.sounds.way", way=t("settings.sounds.windows") if way == "windows" else way)


def _undo_text(seconds: int) -> str:
    return t("settings.undo.seconds", n=seconds) if seconds else t("settings.undo.off")


def _drop(theme: Theme, choices: list[tuple[str, str]], value: str) -> DropButton:
    drop = DropButton(theme, "", choices)
    drop.set_value(value)
    return drop

"""A file that was chosen, by name, and the buttons to choose another or to do without."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from console.ui.parts.buttons import KeyButton, secondary
from console.ui.parts.text import OneLine, tip
from console.ui.theme import Theme
from console.ui.words import t


class FileRow(QWidget):
    """`picked(str)`: the path of a file that a hand chose; `dropped`: do without it."""

    picked = Signal(str)
    dropped = Signal()

    def __init__(self, theme: Theme, title: str, endings: str, parent: QWidget | None = None) -> None:
        """`title`: of the file window. `endings`: "*.a *.b"."""
        super().__init__(parent)
        self._title, self._endings = title, endings
        self._path = ""
        self.name = OneLine("small", "muted", self)
        self.choose = secondary(theme, t("layers.file.choose"), icon="ph.folder-open", parent=self)
        self.choose.setAccessibleName(f"{title}: {t('layers.file.choose')}")
        self.choose.clicked.connect(self.open_chooser)
        self.drop = KeyButton(theme, "", icon="ph.x", kind="quiet", parent=self)
        self.drop.setAccessibleName(f"{title}: {t('layers.file.drop')}")
        self.drop.setToolTip(t("layers.file.drop"))
        self.drop.clicked.connect(self.dropped)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name, 1)
        row.addWidget(self.drop)
        row.addWidget(self.choose)
        self.show_file("")

    def show_file(self, path: str) -> None:
        """The name of the file in use, "" for none."""
        self._path = path
        self.name.setText(Path(path).name if path else t("layers.file.none"))
        self.name.setToolTip(tip(path))
        self.drop.setVisible(bool(path))

    def open_chooser(self) -> None:
        """The system's own file window; it never blocks."""
        chooser = QFileDialog(self.window(), self._title, str(Path(self._path).parent) if self._path else "")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([f"{self._title} ({self._endings})", f"{t('layers.file.all')} (*)"])
        chooser.fileSelected.connect(self.picked)
        chooser.open()

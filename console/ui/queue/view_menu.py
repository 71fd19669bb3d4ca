"""Saved views as a menu: own ones, those that colleagues share, and what can be done with the one shown."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from console.desk.views import SavedView
from console.ui.words import t


class SavedViewMenu(QMenu):
    """`chosen(view)`; of the shown one, where it is one's own: `overwrite_wanted`, `edit_wanted`,
    `drop_wanted`, each with the view. `save_wanted`: what is shown, under a new name."""

    chosen = Signal(object)
    save_wanted = Signal()
    overwrite_wanted = Signal(object)
    edit_wanted = Signal(object)
    drop_wanted = Signal(object)

    def __init__(
        self, views: Sequence[SavedView], user: str, active: SavedView | None, changed: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._texts: dict[str, tuple[QAction, str]] = {}
        self._open = True
        self.aboutToHide.connect(self._shut)
        own = [view for view in views if view.owner == user]
        others = [view for view in views if view.owner != user]
        for title, listed in (("views.own", own), ("views.others", others)):
            if listed:
                self.addAction(t(title)).setEnabled(False)
            for view in listed:
                self._view(view, user, active)
            if listed:
                self.addSeparator()
        if not views:
            self.addAction(t("views.none")).setEnabled(False)
            self.addSeparator()
        self.addAction(t("views.save")).triggered.connect(self.save_wanted)
        if active is not None and active.owner == user:
            self._own(active, changed)

    def _view(self, view: SavedView, user: str, active: SavedView | None) -> None:
        text = view.name if view.owner == user else t("views.of", name=view.name, owner=view.owner_name)
        if view.owner == user and view.shared:
            text = t("views.sharedMark", name=view.name)
        action = self.addAction(_plain(text))
        action.setCheckable(True)
        action.setChecked(active is not None and view.id == active.id)
        action.triggered.connect(lambda _=False, view=view: self.chosen.emit(view))
        self._texts[view.id] = action, _plain(text)

    def _own(self, active: SavedView, changed: bool) -> None:
        name = _plain(active.name)
        overwrite = self.addAction(t("views.overwrite", name=name))
        overwrite.setEnabled(changed)
        overwrite.triggered.connect(lambda: self.overwrite_wanted.emit(active))
        self.addAction(t("views.edit", name=name)).triggered.connect(lambda: self.edit_wanted.emit(active))
        self.addAction(t("views.drop", name=name)).triggered.connect(lambda: self.drop_wanted.emit(active))

    def set_count(self, view_id: str, count: int) -> None:
        """How many a view holds, at the right; a menu that is shut needs none."""
        if self._open and view_id in self._texts:
            action, text = self._texts[view_id]
            action.setText(f"{text}\t{count}")

    def _shut(self) -> None:
        self._open = False
        self.deleteLater()


def _plain(text: str) -> str:
    return text.replace("&", "&&").replace("\t", " ")

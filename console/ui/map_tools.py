"""What a hand can do with the window's map beyond looking: choose by drawing, take it to a second screen."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.ui.map.lassoing import Lassoing
from console.ui.map.map_pane import MapPane
from console.ui.map.paper.printing import MapPaper
from console.ui.map.replay.replaying import ReplayDesk, Replaying
from console.ui.map_window import SecondWindow
from console.ui.memory import Memory
from console.ui.notices import Notices
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t
from console.ui.workspace import Workspace


class Chooser(Protocol):
    """Where chosen cases go: the queue."""

    def select_many(self, ids: Sequence[str]) -> None: ...


class MapTools(QObject):
    """Made once for the map pane of a window."""

    def __init__(
        self,
        pane: MapPane,
        queue: Chooser,
        workspace: Workspace,
        main: QWidget,
        theme: Theme,
        memory: Memory,
        notices: Notices,
        desk: ReplayDesk,
        tasks: Tasks,
    ) -> None:
        super().__init__(pane)
        self._queue, self._notices = queue, notices
        self.second = SecondWindow(pane, workspace, main, theme, memory)
        self.lasso = Lassoing(pane, theme)
        self.lasso.lassoed.connect(self._choose)
        self.replaying = Replaying(pane, desk, theme, tasks)
        self.paper = MapPaper(pane, desk, tasks, notices, self.replaying.words)
        self.replaying.turned.connect(self.lasso.set_resting)
        pane.closing.connect(self.second.bring_back)
        self.second.restore()

    def _choose(self, ids: list[str]) -> None:
        if not ids:
            self._notices.say(t("mapTools.lasso.none"))
            return
        self._queue.select_many(ids)
        self._notices.say(t("mapTools.lasso.chosen", n=len(ids)))

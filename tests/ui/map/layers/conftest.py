"""A map pane of the bundled province with its layers, on a real desk."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from console.desk.desk import Desk
from console.sync.map_tiles import TileServer
from console.ui.map.layers.keeper import LayerKeeper
from console.ui.map.map_pane import MapPane
from tests.desk.people import REFERENCE
from tests.ui.conftest import Stage
from tests.ui.map.conftest import DAY


class Scene:
    """One pane with its keeper."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self.stage, self.desk = stage, desk
        self.host = QWidget()
        self.host.resize(606, 900)
        self.pane = MapPane(stage.theme, self.host)
        self.pane.setGeometry(0, 0, 606, 900)
        self.pane.set_reference(REFERENCE, DAY)
        self.keeper = LayerKeeper(
            self.pane,
            desk,
            stage.signals(desk),
            stage.theme,
            stage.tasks,
            stage.memory,
            stage.notices,
            self.open_server,
        )
        self.host.show()
        self.host.activateWindow()
        self.keeper.start()
        stage.settle()

    def open_server(self, address: str) -> TileServer:
        """As the program does, into the test's own folder."""
        return TileServer(address, self.stage.folder / "map-tiles")

    def choose(self, **fields: object) -> None:
        """As a hand would in the sheet, and wait until it is read."""
        self.keeper.sheet.chosen.emit(self.keeper.choices.changed(**fields))
        self.stage.settle()

    def named(self, kind: type[QObject], name: str) -> QObject:
        """The part of the sheet with this accessible name."""
        found = [w for w in self.keeper.sheet.findChildren(kind) if w.property("accessibleName") == name]
        assert len(found) == 1, (name, len(found))
        return found[0]

    def close(self) -> None:
        self.stage.settle()
        self.pane.close_map()
        self.host.close()
        self.host.deleteLater()


@pytest.fixture
def make_scene(stage: Stage, desk: Desk) -> Iterator[Callable[[], Scene]]:
    made: list[Scene] = []

    def make() -> Scene:
        made.append(Scene(stage, desk))
        return made[-1]

    yield make
    for scene in made:
        scene.close()


@pytest.fixture
def scene(make_scene: Callable[[], Scene]) -> Scene:
    return make_scene()

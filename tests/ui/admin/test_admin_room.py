"""The room by keys."""

from tests.ui.admin.conftest import Scene


def test_the_lists_are_there(scene: Scene) -> None:
    assert scene.room.kind == "types"
    assert len(scene.room.model.lines) > 50

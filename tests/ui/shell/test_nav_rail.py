"""The rail with all rooms: words where there is room for all of them, icons alone where there is not."""

from itertools import pairwise
from typing import cast

from pytestqt.qtbot import QtBot

from console.domain.case import Role
from console.ui.more_rooms import Kit, MoreRooms, load_here
from console.ui.shell.nav_rail import NavRail
from console.ui.theme import Theme


def test_entries_lose_their_words_and_never_their_place_where_a_low_window_has_no_room(qtbot: QtBot) -> None:
    theme = Theme()
    rail = NavRail(theme, MoreRooms(Role.SUPERVISOR, load_here, lambda: cast(Kit, None)))
    qtbot.addWidget(rail)
    rail.set_compact(True)
    rail.resize(rail.width(), 900)
    rail.show()
    entries = [entry for entry in rail.entries.values() if entry.isVisible()]
    assert len(entries) >= 11
    assert not any(entry.wordless for entry in entries)
    theme.set_scale(150)
    assert all(entry.wordless for entry in entries)
    rail.layout().activate()
    boxes = sorted((entry.geometry() for entry in entries), key=lambda box: box.top())
    assert all(a.bottom() < b.top() for a, b in pairwise(boxes))
    assert boxes[-1].bottom() < 900
    assert all(entry.toolTip() for entry in entries)
    rail.resize(rail.width(), 1200)
    assert not any(entry.wordless for entry in entries)

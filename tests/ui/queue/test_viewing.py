"""Saved views in the queue's room: named, chosen, overwritten, shared, deleted and taken back."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.desk.desk import Desk
from console.desk.rows import DueState, Filter, Sort, View
from console.desk.views import SavedView
from console.models.times import from_ms
from console.protocol.wire import SharedView
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.view_menu import SavedViewMenu
from console.ui.queue.view_sheet import ViewSheet
from console.ui.words import t
from tests.desk.people import LEAD
from tests.ui.conftest import Stage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus, offscreen
ODD = Filter(leads=(LEAD,))


@pytest.fixture
def said(crowded: QueueRoom) -> list[tuple[str, Callable[[], None] | None]]:
    heard: list[tuple[str, Callable[[], None] | None]] = []
    crowded.viewing.said.connect(lambda text, undo: heard.append((text, undo)))
    return heard


@pytest.fixture(autouse=True)
def shut() -> Iterator[None]:
    yield
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def sheet_of(room: QueueRoom) -> ViewSheet:
    return next(one for one in room.window().findChildren(ViewSheet) if one.isVisible())


def press(menu: SavedViewMenu, begins: str) -> None:
    """Take an item of the menu by its words, and shut it."""
    action = next(one for one in menu.actions() if one.text().startswith(begins))
    assert action.isEnabled(), action.text()
    menu.close()
    action.trigger()


def save(stage: Stage, room: QueueRoom, name: str, shared: bool = False) -> SavedView:
    press(room.viewing.open_menu(), t("views.save"))
    sheet = sheet_of(room)
    sheet.name.insert(name)
    sheet.shared.setChecked(shared)
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    stage.until(lambda: room.viewing.active is not None and room.viewing.active.name == name)
    stage.settle()
    assert room.viewing.active is not None
    return room.viewing.active


def test_what_is_shown_is_saved_and_comes_back_as_it_was(stage: Stage, crowded: QueueRoom) -> None:
    crowded.bar.set_filter(ODD)
    crowded.layouts.sorted.emit(Sort.NEWEST, True)
    stage.until(lambda: crowded.state.total == 65)
    kept = save(stage, crowded, "Cấp nước, cũ trước")
    assert (kept.filter, kept.sort, kept.reverse, kept.base) == (ODD, Sort.NEWEST, True, View.OPEN)
    assert crowded.tabs.current == "saved"
    assert crowded.tabs._tabs["saved"].accessibleName() == "Cấp nước, cũ trước: 65"
    crowded.show_view(View.OPEN)
    stage.until(lambda: crowded.state.total == 130)
    assert (crowded.bar.filter, crowded.tabs.current) == (Filter(), "open")
    press(crowded.viewing.open_menu(), "Cấp nước")
    stage.until(lambda: crowded.state.total == 65)
    assert (crowded.state.sort, crowded.state.reverse, crowded.bar.filter) == (Sort.NEWEST, True, ODD)


def test_every_view_of_the_menu_says_how_many_it_holds(stage: Stage, crowded: QueueRoom) -> None:
    crowded.bar.set_filter(ODD)
    save(stage, crowded, "Một")
    menu = crowded.viewing.open_menu()
    stage.settle()
    assert "Một\t65" in [action.text() for action in menu.actions()]


def test_a_changed_view_is_overwritten_and_the_old_one_taken_back(
    stage: Stage, crowded: QueueRoom, crowd: Desk, said: list[tuple[str, Callable[[], None] | None]]
) -> None:
    crowded.bar.set_filter(ODD)
    before = save(stage, crowded, "Một")
    assert not crowded.viewing.changed
    crowded.bar.set_filter(Filter(due=(DueState.NONE,)))
    stage.settle()
    press(crowded.viewing.open_menu(), t("views.overwrite", name="Một")[:8])
    stage.settle()
    (kept,) = stage.run(crowd.saved_views())
    assert (kept.id, kept.filter.due) == (before.id, (DueState.NONE,))
    undo = said[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    assert stage.run(crowd.saved_views()) == (before,)
    assert crowded.bar.filter == ODD


def test_a_deleted_view_leaves_the_base_view_and_can_be_taken_back(
    stage: Stage, crowded: QueueRoom, crowd: Desk, said: list[tuple[str, Callable[[], None] | None]]
) -> None:
    crowded.bar.set_filter(ODD)
    kept = save(stage, crowded, "Một")
    press(crowded.viewing.open_menu(), t("views.drop", name="Một"))
    stage.until(lambda: crowded.state.total == 130)
    stage.settle()
    assert stage.run(crowd.saved_views()) == ()
    assert (crowded.tabs.current, said[-1][0]) == ("open", t("views.dropped", name="Một"))
    undo = said[-1][1]
    assert undo is not None
    undo()
    stage.until(lambda: crowded.viewing.active == kept)
    stage.settle()
    assert stage.run(crowd.saved_views()) == (kept,)


def test_a_name_that_is_taken_is_said_and_nothing_typed_is_lost(stage: Stage, crowded: QueueRoom) -> None:
    crowded.bar.set_filter(ODD)
    one = save(stage, crowded, "Một")
    crowded.bar.set_filter(Filter())
    two = save(stage, crowded, "Hai", shared=True)
    assert two.shared
    press(crowded.viewing.open_menu(), t("views.edit", name="Hai")[:8])
    sheet = sheet_of(crowded)
    sheet.name.setText("Một")
    assert sheet.note.text() == t("views.sheet.taken", name="Một")
    assert not sheet.go.isEnabled()
    sheet.reject()
    assert save(stage, crowded, "Một").id == one.id, "saved anew under its name: overwritten"


def test_a_colleagues_view_names_its_owner_and_what_is_gone(
    stage: Stage, crowded: QueueRoom, crowd: Desk
) -> None:
    asks = {"base": "open", "filter": msgspec.to_builtins(Filter(leads=("H46.99", LEAD)))}
    theirs = SharedView(
        id="v1", owner="op07", owner_name="Lan", name="Điện", changed_at=from_ms(1), asks=asks, version=1
    )
    stage.run(stage.loop.run_in_executor(None, crowd.sync_port.apply_views, [theirs], 1))
    stage.until(lambda: crowded.viewing.saved)
    menu = crowded.viewing.open_menu()
    texts = [action.text() for action in menu.actions()]
    assert not any(t("views.drop", name="Điện") in text for text in texts)
    press(menu, "Điện (Lan)")
    stage.until(lambda: crowded.state.total == 65)
    stage.settle()
    assert crowded.bar.note.text() == t("filter.gone", names="H46.99")
    assert crowded.bar.chips.words() == ["Đơn vị: Sở TN&MT", "Đơn vị: H46.99"]
    crowded.bar.chips.removed.emit("leads!")
    assert crowded.bar.filter.leads == (LEAD,)
    crowded.viewing.show_saved(crowded.viewing.saved[0])
    stage.settle()
    tomb = msgspec.structs.replace(theirs, version=2, deleted=True)
    stage.run(stage.loop.run_in_executor(None, crowd.sync_port.apply_views, [tomb], 2))
    stage.until(lambda: crowded.viewing.active is None)
    assert crowded.bar.filter.leads == ("H46.99", LEAD), "what is on the screen stays there"

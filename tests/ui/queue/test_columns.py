"""Columns as somebody lays them out, kept as text; chosen cases by id."""

import pytest
from pytestqt.qtbot import QtBot

from console.ui.queue.chosen import MOST, Chosen
from console.ui.queue.columns import USUAL, Layout, layout_of


def test_a_layout_comes_back_from_its_text() -> None:
    mine = Layout().shown("entered", True).shown("due", False).moved("entered", -2).with_width("status", 200)
    assert mine.names == ("number", "entered", "content", "status")
    assert layout_of(mine.text()) == mine
    assert mine.width("status", compact=True) == 200
    assert mine.width("number", compact=False) == 168


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", USUAL),
        ("due nonsense due status", ("number", "content", "due", "status")),
        ("content:500 number:x", ("content", "number")),
    ],
)
def test_what_cannot_be_read_is_left_out(text: str, names: tuple[str, ...]) -> None:
    found = layout_of(text)
    assert found.names == names
    assert found.widths == ()


def test_what_every_row_is_known_by_cannot_be_hidden() -> None:
    assert Layout().shown("number", False) == Layout()
    assert Layout().shown("content", False) == Layout()


def test_no_column_is_lost_or_boundless() -> None:
    layout = Layout().with_width("due", 3).with_width("status", 5000).with_width("content", 700)
    assert (layout.width("due", False), layout.width("status", False)) == (60, 900)
    assert layout.width("content", False) == 0
    assert Layout().moved("number", -1) == Layout()


def test_cases_are_chosen_up_to_a_limit_that_is_told(qtbot: QtBot) -> None:
    chosen, told = Chosen(), list[int]()
    chosen.changed.connect(lambda: told.append(len(chosen)))
    chosen.put(["a", "b", "a"])
    chosen.toggle("b")
    chosen.toggle("c")
    assert chosen.ids == ("a", "c")
    chosen.put([str(at) for at in range(MOST + 5)], more=20)
    assert (len(chosen), chosen.cut) == (MOST, 25)
    chosen.drop(["0"])
    assert chosen.cut == 0
    chosen.clear()
    chosen.clear()
    assert told == [2, 1, 2, MOST, MOST - 1, 0]

"""The words that rows were found by are marked where they stand, as they are spelled."""

from PySide6.QtGui import QFont, QFontMetrics

from console.ui.parts.marked_text import fitted, stretches
from console.ui.queue.columns import CONTENT, DUE, NUMBER, STATUS
from console.ui.queue.queue_room import QueueRoom
from tests.ui.conftest import Stage


def inked(room: QueueRoom, stage: Stage, column: int) -> bool:
    """Whether anything in the second row's cell (the first is selected) has the ink of a mark."""
    stage.settle()
    table, wanted = room.table, stage.theme.color("accent").rgb()
    box = table.visualRect(room.model.index(1, column))
    image = table.viewport().grab(box).toImage()
    return any(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def search(room: QueueRoom, stage: Stage, words: str, meant: tuple[str, ...]) -> None:
    room.set_words(words)
    stage.until(lambda: room.state.meant == meant and room.state.total > 1)


def test_a_word_is_marked_in_the_cell_where_it_stands(crowded: QueueRoom, stage: Stage) -> None:
    assert not any(inked(crowded, stage, column) for column in (NUMBER, CONTENT, STATUS, DUE))
    search(crowded, stage, "nap cong", ("nap", "cong"))
    assert [inked(crowded, stage, column) for column in (NUMBER, CONTENT, STATUS, DUE)] == [
        False, True, False, False,
    ]  # fmt: skip
    crowded.bar.clear()
    stage.until(lambda: not crowded.state.meant)
    assert not inked(crowded, stage, CONTENT)


def test_what_a_slip_stands_for_is_marked(crowded: QueueRoom, stage: Stage) -> None:
    search(crowded, stage, "congg", ("cong",))
    assert inked(crowded, stage, CONTENT)


def test_part_of_a_number_is_marked(crowded: QueueRoom, stage: Stage) -> None:
    row = crowded.state.row(1)
    assert row is not None
    month = row.number.split("-")[0]
    search(crowded, stage, month, (month,))
    assert inked(crowded, stage, NUMBER)


def test_a_line_falls_apart_where_marks_begin_and_end() -> None:
    assert list(stretches("Nắp cống vỡ", ((0, 3), (4, 8)))) == [
        ("Nắp", True), (" ", False), ("cống", True), (" vỡ", False),
    ]  # fmt: skip
    assert list(stretches("Nắp cố…", ((4, 8), (9, 11)))) == [("Nắp ", False), ("cố…", True)]


def test_what_is_wider_for_its_marks_is_cut_where_its_room_ends(stage: Stage) -> None:
    text, font = "Nắp cống vỡ", stage.theme.font("body")
    bold = QFont(font)
    bold.setWeight(QFont.Weight.Bold)
    room = QFontMetrics(font).horizontalAdvance(text)
    assert fitted(text, (), font, room) == text
    cut = fitted(text, ((0, 8),), font, room)
    assert cut.endswith("…")
    assert QFontMetrics(bold).horizontalAdvance(cut) <= room
    assert fitted(text, ((0, 8),), font, QFontMetrics(bold).horizontalAdvance(text)) == text

"""The part of the tour that goes through the rooms of `console.ui.more_rooms`."""

from typing import TYPE_CHECKING

from console.ui.main_window import MainWindow
from tests.tour_board import look_at_the_board
from tests.tour_triage import sort_and_call_back

if TYPE_CHECKING:
    from tests.tour import Walker


async def look_at_more_rooms(walker: "Walker", main: MainWindow) -> None:
    """Each of them once, in the order of the rail."""
    await sort_and_call_back(walker, main)
    await look_at_the_board(walker, main)

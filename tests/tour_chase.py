"""The tour's look at chasing: the room of messages, and an agency's list of the day."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from console.ui.chase.chase_room import ChaseRoom
from console.ui.main_window import MainWindow

if TYPE_CHECKING:
    from tests.tour import Walker


async def look_at_the_post(walker: "Walker", main: MainWindow) -> None:
    """The room with what was caught, and an agency's list."""
    main.show_room("chase")
    found: list[ChaseRoom] = []

    def there() -> bool:
        found[:] = [one for one in main.findChildren(ChaseRoom) if one.isVisible()]
        return bool(found and found[0].posts.lines and found[0].text.toPlainText())

    await walker.until(there, "the messages")
    await walker.shoot(main, "chase")
    found[0].activated()
    walker.press(Qt.Key.Key_L)
    await walker.until(lambda: bool(found[0].agencies.lines and found[0].text.toPlainText()), "a list")
    await walker.shoot(main, "chase-list")

"""Notes on numbers, from desk to desk over real lines."""

from collections.abc import Awaitable, Callable

import msgspec

from tests.desk.people import PHONE
from tests.support.world import QUICK, Seat, World

Story = Callable[[World], Awaitable[None]]
SOON = msgspec.structs.replace(QUICK, views=0.05)


async def says(seat: Seat, text: str | None) -> None:
    """Until the desk knows just that of the number."""

    async def true() -> bool:
        seat.line.try_now()
        note = await seat.desk.number_note(PHONE)
        return (note.text if note else None) == text

    await seat.until(true, f"a note that says {text}")


def test_a_note_written_offline_comes_to_colleagues_and_goes_again(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", pace=SOON)
        two = await world.sit_down("08", "op07", pace=SOON)
        await one.unplug()
        await one.desk.note_number(PHONE, ("interpreter",), "Nói tiếng Bru")
        await one.plug()
        await says(two, "Nói tiếng Bru")
        await two.desk.note_number(PHONE, (), "Con trai phiên dịch")
        await says(one, "Con trai phiên dịch")
        await one.desk.note_number(PHONE, (), "")
        await says(two, None)

    tell(story)

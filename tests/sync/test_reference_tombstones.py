"""An item of the reference data that is removed at the centre vanishes at every desk."""

from collections.abc import Awaitable, Callable

import msgspec

from console.protocol.wire import ImportChange, ReferenceAnswer
from tests.support.central import Central
from tests.support.world import QUICK, World

Story = Callable[[World], Awaitable[None]]


def test_a_removed_text_vanishes_at_a_desk_and_stays_away(
    tell: Callable[[Story], None], centre: Central
) -> None:
    async def story(world: World) -> None:
        seat = await world.sit_down("03", "op03", pace=msgspec.structs.replace(QUICK, reference=0.1))
        before = seat.desk.reference.canned
        admin = centre.client("01", "admin")
        answer = admin.get("/reference?after=0", ReferenceAnswer)
        gone = next(item for item in answer.items if item.kind == "canned")
        tombstone = msgspec.structs.replace(gone, body=None, deleted=True)
        admin.post("/reference", {"items": [tombstone]}, list[ImportChange])
        admin.close()

        async def vanished() -> bool:
            seat.line.try_now()
            return len(seat.desk.reference.canned) == len(before) - 1

        await seat.until(vanished, "one text less")
        await world.stand_up(seat)
        again = await world.sit_down("03", "op03")
        assert len(again.desk.reference.canned) == len(before) - 1

    tell(story)

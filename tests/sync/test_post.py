"""From a reminder at a desk to the message at the centre, over a real line, and back to who looks at it."""

from collections.abc import Awaitable, Callable

import pytest

from console.desk.errors import PostOffline, PostRefused
from console.domain.command import Assign, Remind
from tests.central.reports import LEAD
from tests.support.world import World

Tell = Callable[[Callable[[World], Awaitable[None]]], None]


def test_a_reminder_given_offline_leaves_with_the_line_and_is_seen(tell: Tell) -> None:
    async def story(world: World) -> None:
        desk = await world.sit_down("03", "sup01")
        case = await desk.log(title="Cột điện nghiêng")
        await desk.desk.act(case, Assign(lead=LEAD, expects=None))
        await world.rest()
        await desk.unplug()
        desk.desk.set_undo_seconds(0)
        await desk.desk.act(case, Remind(text="Đề nghị báo kết quả"))
        with pytest.raises(PostOffline):
            await desk.desk.post(case)
        await desk.plug()
        await world.rest()
        view = await desk.desk.case(case)
        assert view is not None
        event = view.events[-1]
        answer = await desk.desk.post(case)
        assert {(row.event, row.whom, row.state) for row in answer.rows} == {
            (event.id, "agency_contact", "waiting")
        }
        letter = await desk.desk.post_letter(answer.rows[0].id)
        assert "Đề nghị báo kết quả" in letter.body
        with pytest.raises(PostRefused):
            await desk.desk.post_again(answer.rows[0].id)

    tell(story)

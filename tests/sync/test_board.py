"""What the board is told, from desk to desk over real lines: days of desks, scores given offline."""

from collections.abc import Awaitable, Callable

import msgspec
import pytest

from console.domain.category import Urgency
from console.domain.telephone import Answered, CallKind, Ended, Ending, LineState, Rang
from console.sync import board
from tests.support.world import QUICK, Seat, World

Story = Callable[[World], Awaitable[None]]
SOON = msgspec.structs.replace(QUICK, views=0.05)


@pytest.fixture(autouse=True)
def told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "DAY_S", 0.0)


async def takes_a_call(seat: Seat) -> None:
    seat.desk.ear.line_is(LineState(kind="ami", up=True))
    seat.desk.ear.heard(Rang(call="a", number="0912345671"))
    seat.desk.ear.heard(Answered(call="a"))
    seat.desk.ear.heard(Ended(call="a", how=Ending.CALLER))
    await seat.desk.settle_call(seat.desk.calls()[0].id, CallKind.ENQUIRY)


def test_a_supervisor_sees_what_another_desk_did_today(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        chief = await world.sit_down("01", "sup01", pace=SOON)
        one = await world.sit_down("03", "op02", pace=SOON)
        await takes_a_call(one)

        async def known() -> bool:
            one.line.try_now()
            chief.line.try_now()
            days = {day.user: day for day in (await chief.desk.desk_days()).days}
            return "op02" in days and (days["op02"].taken, days["op02"].state) == (1, "ready")

        await chief.until(known, "the other desk's day")
        assert {day.user for day in (await one.desk.desk_days()).days} == {"op02"}
        assert (await one.desk.desk_days()).as_of is None

    tell(story)


def test_a_score_given_offline_comes_to_the_other_supervisor(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("01", "sup01", pace=SOON)
        two = await world.sit_down("02", "sup02", pace=SOON)
        case = await one.log(urgency=Urgency.CRITICAL)
        await two.knows(case)
        await one.unplug()
        sampling = (await one.desk.board()).sampling
        assert sampling is not None
        form = sampling.form
        assert sampling.next == case
        await one.desk.score_call(case, form, {item.code: item.most for item in form.items}, "Rõ ràng")
        assert (await two.desk.board()).sampling == sampling
        await one.plug()

        async def known() -> bool:
            two.line.try_now()
            given = await two.desk.score_of(case)
            return given is not None and (given.note, given.by) == ("Rõ ràng", "sup01")

        await two.until(known, "the score")
        after = (await two.desk.board()).sampling
        assert after is not None
        assert (after.scored, after.next) == (1, "")

    tell(story)

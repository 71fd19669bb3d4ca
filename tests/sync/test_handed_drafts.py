"""A draft handed from desk to desk over real lines, whatever breaks on the way."""

from collections.abc import Awaitable, Callable

import msgspec

from console.desk.rows import Draft
from tests.desk.people import report
from tests.support.pictures import photo
from tests.support.world import QUICK, Seat, World

Story = Callable[[World], Awaitable[None]]
WORDS = "Nước ngập đến mái, có người già trên gác"
PATH = "/handed-drafts"
HINTED = msgspec.structs.replace(QUICK, views=3600.0)  # nothing is read but by the stream's word


async def typed(seat: Seat) -> Draft:
    draft = await seat.desk.open_draft()
    return await seat.desk.save_draft(msgspec.structs.replace(draft, description=WORDS))


async def has(seat: Seat, draft: Draft) -> Draft:
    """Until it is among the waiting drafts of this desk; it is the only one."""

    async def there() -> tuple[Draft, ...]:
        return await seat.desk.drafts()

    (found,) = await seat.until(there, "the draft")
    assert (found.id, found.case, found.number) == (draft.id, draft.case, draft.number)
    assert found.description == WORDS
    return found


async def is_taken(seat: Seat) -> None:
    """Until this desk has heard that the other one has what it handed on."""

    async def gone() -> bool:
        return not await seat.desk.handed_on()

    await seat.until(gone, "the draft taken")


def test_handed_on_offline_it_is_logged_at_the_other_desk_under_its_number_with_its_files(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03", pace=HINTED)
        two = await world.sit_down("08", "op07", pace=HINTED)
        draft = await typed(one)
        await one.unplug()
        picture = one.folder / "anh.jpg"
        picture.write_bytes(photo())
        await one.desk.attach_to_draft(draft, picture)
        await one.desk.hand_on(draft, "08")
        assert await one.desk.drafts() == ()
        assert await two.desk.drafts() == ()
        await one.plug()
        came = await has(two, draft)
        assert came.handed_by == "03"

        async def its_file() -> bool:
            (row,) = await two.desk.attachments(draft.case)
            return row.here and row.name == "anh.jpg"

        await two.until(its_file, "the picture, before anything is saved")
        await is_taken(one)
        assert await one.desk.drafts() == ()
        done = await two.desk.log_report(came, report(came), None)
        assert (done.case, done.number) == (draft.case, draft.number)
        view = await two.knows(draft.case, lambda view: any(x.kind == "attach" for x in view.events))
        assert (view.case.number, view.case.logged_by.station) == (draft.number, "08")
        await world.converged()
        assert await one.desk.attachments(draft.case)
        (event,) = [x for x in (await two.desk.case(draft.case)).events if x.kind == "attach"]  # type: ignore[union-attr]
        assert event.by.station == "08"

    tell(story)


def test_answers_that_are_lost_on_both_sides_leave_it_at_one_desk(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        for seat in (one, two):
            seat.cable.fault("cut_before", PATH, method="PUT")
            seat.cable.fault("lose_answer", PATH, method="PUT")
        draft = await typed(one)
        await one.desk.hand_on(draft, "08")
        came = await has(two, draft)
        await is_taken(one)
        assert await one.desk.drafts() == ()
        assert min(one.cable.count(PATH), two.cable.count(PATH)) > 2
        await two.desk.log_report(came, report(came), None)
        await world.converged()

    tell(story)


def test_it_waits_at_the_centre_for_a_desk_that_is_off_and_is_taken_back_meanwhile(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        two = await world.sit_down("08", "op07")
        await world.stand_up(two)
        one = await world.sit_down("03", "op03")
        draft = await typed(one)
        await one.desk.hand_on(draft, "08")

        async def told() -> bool:
            return one.cable.count(f"{PATH}/") > 0

        await one.until(told, "the offer told")
        await one.desk.take_back_handed(draft.id)
        await has(one, draft)
        two = await world.sit_down("08", "op07")
        await two.sent()
        assert await two.desk.drafts() == ()
        again = (await one.desk.drafts())[0]
        await one.desk.hand_on(again, "08")
        await has(two, draft)
        await is_taken(one)

    tell(story)


def test_both_programs_ended_in_the_middle_go_on_from_their_disks(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        draft = await typed(one)
        one.cable.fault("lose_answer", f"{PATH}/", times=None)
        taking = two.cable.fault("lose_answer", f"{PATH}/", times=None)
        await one.desk.hand_on(draft, "08")

        async def tried() -> bool:
            return taking.used > 0

        await two.until(tried, "taken, and never heard of it")
        for seat in (one, two):
            assert await seat.desk.drafts() == ()
            await world.stand_up(seat)
        one, two = await world.sit_down("03", "op03"), await world.sit_down("08", "op07")
        await has(two, draft)
        await is_taken(one)
        assert await one.desk.drafts() == ()

    tell(story)

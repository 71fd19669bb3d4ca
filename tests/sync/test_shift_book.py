"""The roster and the sheet of a shift over real lines, whatever breaks on the way."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import msgspec
import pytest

from console.desk.errors import ShiftReasonNeeded, ShiftSamePerson, ShiftTaken
from console.desk.shift_rows import KeptSheet, RosterLine, SheetDraft
from console.domain.handover import SECOND, STANDS, digest_of
from console.domain.roster import Fault, RosterEntry, roster_faults
from console.domain.shifts import Duty, duty_at
from console.sync.sign_in import WrongPassword
from tests.desk.people import MONDAY
from tests.support.world import PASSWORD, Seat, World

Story = Callable[[World], Awaitable[None]]
DAY = date(2024, 11, 4)
PATH = "/shift-book/sheets/"
NOTES = "Cầu Dài đang sửa, tránh chuyển xe cứu hộ qua đó.\n  Đã hẹn bà Mơ 17:30."


def duty(seat: Seat) -> Duty:
    found = duty_at(seat.desk.reference, seat.desk.clock.now())
    assert found is not None
    return found


async def signs(seat: Seat, reason: str = "Máy khác đang mất mạng") -> KeptSheet:
    now = duty(seat)
    await seat.desk.keep_sheet_draft(now, SheetDraft(notes=NOTES, reason=reason))
    return await seat.desk.sign_shift(now, await seat.desk.gather_sheet(now))


async def has(seat: Seat, true: Callable[[KeptSheet], Any] = lambda kept: True) -> KeptSheet:
    """Until this desk has a sheet that is so."""

    async def there() -> KeptSheet | None:
        return next(filter(true, await seat.desk.sheets(DAY, DAY)), None)

    found: KeptSheet = await seat.until(there, "the sheet")
    return found


def settled(kept: KeptSheet) -> bool:
    return not kept.waiting and kept.sheet.version > 0


def test_signed_offline_it_is_read_and_accepted_at_another_desk(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("01", "sup01"), await world.sit_down("02", "sup02")
        await one.unplug()
        await one.log()
        with pytest.raises(ShiftReasonNeeded) as lacks:
            await signs(one, "  ")
        assert "01" in lacks.value.stations
        made = await signs(one)
        assert (made.waiting, made.sheet.signed.offline) == (True, True)
        assert await two.desk.sheets(DAY, DAY) == ()
        await one.plug()
        came = await has(two)
        content = came.sheet.read()
        assert (content.notes, [out.ended for out in content.outages]) == (NOTES, [None])
        assert (content.desks[0].station, content.desks[0].waiting) == ("01", 1)
        assert came.sheet.signed == (await has(one, settled)).sheet.signed
        found = await two.desk.unread()
        assert found.sheet is None, "this shift's own is not what the one before left"
        await two.unplug()
        await two.desk.accept_shift(came.sheet.id, "Đã nhận đủ")
        await two.desk.mark_sheet_read(came.sheet.id)
        await two.plug()
        taken = await has(one, lambda kept: kept.sheet.accepted and kept.read_by)
        assert taken.sheet.accepted is not None
        assert (taken.sheet.accepted.name, taken.sheet.accepted.words) == (two.desk.actor.name, "Đã nhận đủ")
        assert taken.sheet.accepted.digest == digest_of(taken.sheet.content)
        assert taken.read_by == (two.desk.actor.name,)
        await world.converged()

    tell(story)


def test_an_end_of_the_program_between_signature_and_answer_signs_once(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("01", "sup01"), await world.sit_down("02", "sup02")
        lost = one.cable.fault("lose_answer", PATH, method="PUT", times=None)
        made = await signs(one)

        async def told() -> bool:
            return lost.used > 0

        await one.until(told, "told, and nothing heard of it")
        assert (await has(one)).waiting
        await world.stand_up(one)
        assert (await has(two)).sheet.id == made.sheet.id
        one = await world.sit_down("01", "sup01")
        again = await has(one, settled)
        assert again.sheet.id == made.sheet.id
        assert len(await two.desk.sheets(DAY, DAY)) == 1

    tell(story)


def test_of_two_leads_who_sign_at_once_the_first_stands_and_the_second_is_told(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("01", "sup01"), await world.sit_down("02", "sup02")
        await two.unplug()
        late = await signs(two)
        await signs(one)
        await has(one, settled)
        await two.plug()
        kept = await has(two, lambda k: k.sheet.id == late.sheet.id and settled(k))
        assert (kept.sheet.state, kept.sheet.read().notes) == (SECOND, NOTES)
        stands = await has(two, lambda k: k.sheet.state == STANDS)
        assert stands.sheet.signed.user == "sup01"
        with pytest.raises(ShiftTaken) as first:
            await signs(two)
        assert first.value.name == one.desk.actor.name

    tell(story)


def test_of_two_who_accept_the_first_stands_and_the_other_hears_who(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("01", "sup01"), await world.sit_down("02", "sup02")
        sheet = (await signs(one)).sheet
        with pytest.raises(ShiftSamePerson):
            await one.desk.accept_shift(sheet.id)
        await has(two)
        await two.desk.write_roster([entry("op05", "05", leads=True)])
        three = await world.sit_down("05", "op05")
        await has(three)
        await two.unplug()
        await two.desk.accept_shift(sheet.id)
        await three.desk.accept_shift(sheet.id)
        await has(three, lambda k: k.sheet.accepted and settled(k))
        await two.plug()
        told = await has(two, lambda k: k.overtaken is not None)
        assert told.sheet.accepted is not None
        assert (told.sheet.accepted.user, told.overtaken and told.overtaken.user) == ("op05", "sup02")

    tell(story)


def test_the_other_lead_takes_over_at_this_desk_by_password_also_offline(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("01", "sup01")
        with pytest.raises(WrongPassword):
            await one.desk.vouch("sup02", "sai mật khẩu")
        known, offline = await one.desk.vouch("sup02", PASSWORD)
        assert (known.user, offline, one.desk.actor.user) == ("sup02", False, "sup01")
        await one.unplug()
        sheet = (await signs(one)).sheet
        by, offline = await one.desk.vouch("sup02", PASSWORD)
        assert offline
        await one.desk.accept_shift(sheet.id, by=by, offline=offline)
        await one.plug()
        both = await has(one, settled)
        assert both.sheet.accepted is not None
        assert (both.sheet.signed.user, both.sheet.accepted.user) == ("sup01", "sup02")
        assert both.sheet.accepted.offline

    tell(story)


def entry(user: str, station: str, **more: Any) -> RosterEntry:
    usual: dict[str, Any] = {"day": DAY, "shift": "afternoon", "name": user, "leads": False}
    return RosterEntry(user=user, station=station, changed_at=MONDAY, **usual | more)


def test_a_roster_written_offline_comes_to_the_others_and_its_faults_are_found_everywhere(
    tell: Callable[[Story], None],
) -> None:
    async def story(world: World) -> None:
        one, two = await world.sit_down("01", "sup01"), await world.sit_down("02", "sup02")
        await one.unplug()
        await one.desk.write_roster([entry("op03", "03"), entry("op04", "03")])

        async def there() -> tuple[RosterLine, ...]:
            lines = await two.desk.roster(DAY, DAY)
            return lines if len(lines) == 2 else ()  # they come one by one

        assert await two.desk.roster(DAY, DAY) == ()
        await one.plug()
        came = await two.until(there, "the roster")
        found = roster_faults(two.desk.reference, [line.entry for line in came], DAY, DAY)
        kinds = {fault.kind for fault in found if fault.shift == "afternoon"}
        assert kinds == {Fault.NO_LEAD, Fault.DESK_TWICE}
        assert {f.shift for f in found if f.kind is Fault.NOBODY} == {"morning", "night"}
        await two.desk.write_roster([msgspec.structs.replace(came[0].entry, deleted=True)])

        async def gone() -> bool:
            lines = await one.desk.roster(DAY, DAY)
            return len(lines) == 1 and not lines[0].waiting

        await one.until(gone, "off the roster")
        past = await one.desk.roster_past(DAY, DAY)
        assert [(e.user, e.deleted, e.by) for e in past] == [
            ("op03", False, "sup01"), ("op04", False, "sup01"), (came[0].entry.user, True, "sup02"),
        ]  # fmt: skip

    tell(story)

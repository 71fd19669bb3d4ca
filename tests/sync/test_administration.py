"""Administration over real lines: drafted offline, published, at every other desk by the stream's word."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from console.desk.administration.edits import Edit
from console.desk.administration.errors import (
    AdminOffline,
    AdminRefused,
    ChangedMeanwhile,
    DoesNotFit,
    FileDoesNotFit,
)
from console.desk.connection import Net
from console.domain.category import Answer, Question
from console.domain.zone import local_day
from console.protocol.administration import Person
from console.protocol.wire import ReferenceItem
from console.reference import key_of, to_wire
from tests.desk.people import TYPE, report
from tests.support.world import QUICK, Seat, World

Story = Callable[[World], Awaitable[None]]
HINTED = msgspec.structs.replace(QUICK, reference=3600.0)  # nothing is read but by the stream's word
ASKED = Question(
    code="rope",
    text="Có dây không?",
    text_en="Is there a rope?",
    answers=(Answer(code="yes", text="Có", text_en="Yes"),),
)


def with_question(seat: Seat, days: int, name: str = "") -> ReferenceItem:
    """The type with one more question, from today or so many days later."""
    stands = seat.desk.reference.type(TYPE.code)
    assert stands is not None
    begins = local_day(seat.desk.clock.now()) + timedelta(days=days)
    changed = msgspec.structs.replace(
        stands, valid_from=begins, questions=(*stands.questions, ASKED), name=name or stands.name
    )
    return to_wire("types", changed, 0)


def test_typed_offline_published_later_and_asked_at_the_other_desk(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        admin = await world.sit_down("01", "admin", pace=HINTED)
        desk = await world.sit_down("08", "op07", pace=HINTED)
        door = admin.desk.administration
        await admin.unplug()
        item = with_question(admin, 0)
        values = msgspec.json.decode(msgspec.json.encode(item.body))
        edit = Edit(kind="types", key=item.key, base=admin.desk.reference.version, values=values)
        await door.keep_edit(edit)
        (kept,) = await door.edits()
        assert (kept.values, kept.base) == (values, edit.base)
        preview = await door.preview([item])
        assert sorted(line.change for line in preview.lines) == ["added", "ended"]
        assert preview.misfits == ()
        with pytest.raises(AdminOffline):
            await door.publish([item], edit.base)
        await admin.plug()
        await admin.net(Net.ONLINE)
        await door.publish([item], edit.base, "bão")
        await door.drop_edit(edit)
        today = local_day(desk.desk.clock.now())

        async def asks() -> bool:
            kind = desk.desk.reference.type_on(TYPE.code, today)
            return kind is not None and ASKED in kind.questions

        await desk.until(asks, "the question at the other desk")
        (begun, _) = (await door.history("types", TYPE.code)).lines
        assert (begun.author, begun.note) == ("admin", "bão")

    tell(story)


def test_what_is_in_the_way_is_told_and_nothing_is_taken(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        admin = await world.sit_down("01", "admin")
        door = admin.desk.administration
        base = admin.desk.reference.version
        await door.publish([with_question(admin, 1)], base)
        with pytest.raises(ChangedMeanwhile):
            await door.publish([with_question(admin, 1, "Của tôi")], base)
        gone = ReferenceItem(kind="hours", key="office@2023-07-01", version=0, deleted=True)
        with pytest.raises(DoesNotFit) as caught:
            await door.publish([gone], base)
        (said,) = (await door.preview([gone])).misfits
        assert caught.value.sentences == (f"hours : {said.sentence}",)
        with pytest.raises(AdminRefused) as own:
            await door.reset("admin")
        assert own.value.code == "admin_own_account"
        people = {one.code: one for one in (await door.people()).people}
        assert isinstance(people["op03"], Person)

    tell(story)


def test_the_preview_counts_the_work_that_a_change_touches(tell: Callable[[Story], None]) -> None:
    async def story(world: World) -> None:
        admin = await world.sit_down("01", "admin")
        desk = await world.sit_down("08", "op07")
        draft = await desk.desk.open_draft()
        done = await desk.desk.log_report(draft, report(draft), None)
        await admin.knows(done.case)
        door, reference = admin.desk.administration, admin.desk.reference
        today = local_day(admin.desk.clock.now())
        found = (await door.preview([with_question(admin, 0)])).effects
        assert found is not None
        assert (found.asked, found.routed) == (1, 0)
        routes = [r for r in reference.routes if r.type == TYPE.code and (r.valid_to or today) >= today]
        assert routes
        others = [to_wire("routes", msgspec.structs.replace(r, lead=r.lead + "x"), 0) for r in routes]
        assert (await door.preview(others)).misfits
        other = next(
            a for a in reference.agencies if reference.agency_on(a.code, today) and a.kind == "police"
        )
        moved = [
            to_wire("routes", msgspec.structs.replace(r, lead=other.code, supporting=()), 0) for r in routes
        ]
        moved_effects = (await door.preview(moved)).effects
        assert moved_effects is not None
        assert (moved_effects.routed, moved_effects.unrouted) == (1, 0)

    tell(story)


def test_a_list_goes_to_a_file_and_comes_back_as_it_was(
    tell: Callable[[Story], None], tmp_path: Path
) -> None:
    async def story(world: World) -> None:
        admin = await world.sit_down("01", "admin")
        door, reference = admin.desk.administration, admin.desk.reference
        today = local_day(admin.desk.clock.now())
        for kind in ("agencies", "types", "routes", "days", "forms", "phrases", "hours"):
            for end in ("json", "csv"):
                path = tmp_path / f"{kind}.{end}"
                assert await door.write_file(path, kind) == len(getattr(reference, kind))
                if end == "csv" and path.read_text("utf-8-sig").startswith("["):
                    continue  # a list without columns is JSON whatever the file is called
                read = await door.read_file(path, kind, today)
                assert [one.key for one in read] == sorted(key_of(i) for i in getattr(reference, kind))
                if end == "json":
                    assert not [x for x in (await door.preview(read)).lines if x.change != "same"]
        bad = tmp_path / "bad.csv"
        bad.write_text("code,kind,name\nx,cơ quan,Tên\n", encoding="utf-8")
        with pytest.raises(FileDoesNotFit) as caught:
            await door.read_file(bad, "agencies", today)
        assert "thiếu cột: short, area" in caught.value.sentences[0]
        with pytest.raises(FileDoesNotFit):
            await door.write_file(tmp_path / "no" / "where.json", "agencies")

    tell(story)

"""Attached files on their way: real desks, a real centre, a cable that breaks at every byte."""

import asyncio
import base64
import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
import pytest

from console.central.files import FileShelf
from console.desk.attachment_rows import AttachmentRow, Lying
from console.desk.connection import Net
from console.media.picture import look_at
from console.protocol.wire import Identity, Problem
from console.sync import attachments as module
from tests.support.central import Central
from tests.support.pictures import PDF, noise, photo
from tests.support.world import QUICK, Seat, World, report

MIB = 1024 * 1024
Tell = Callable[[Callable[[World], Awaitable[None]]], None]
STAFF = Identity(user="op03", name="", role="operator", station="03")  # type: ignore[arg-type]


def put(world: World, data: bytes, name: str = "Ảnh.jpg") -> Path:
    (world.folder / name).write_bytes(data)
    return world.folder / name


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path(data: bytes) -> str:
    return f"/attachments/{sha(data)}"


async def row(seat: Seat, case: str, data: bytes, true: Callable[[AttachmentRow], bool]) -> AttachmentRow:
    """The file's row, once it stands so."""

    async def stands() -> AttachmentRow | None:
        rows = {x.sha256: x for x in await seat.desk.attachments(case)}
        found = rows.get(sha(data))
        return found if found is not None and true(found) else None

    found: AttachmentRow = await seat.until(stands, "such a file")
    return found


def there(found: AttachmentRow) -> bool:
    return found.state is Lying.THERE


def here(found: AttachmentRow) -> bool:
    return found.here


def at_centre(centre: Central, data: bytes) -> bytes:
    """What the centre gives out."""
    shelf = FileShelf(centre.engine)
    return b"".join(shelf.parts(shelf.facts(STAFF, sha(data))))


def problem(status: int, code: str) -> dict[str, object]:
    body = msgspec.json.encode(Problem(title="", status=status, code=code))
    return {"status": status, "body": body, "headers": {"Content-Type": "application/problem+json"}}


async def two(world: World) -> tuple[Seat, Seat, str]:
    """Two desks and a case that both have."""
    one, other = await world.sit_down("03", "op03"), await world.sit_down("04", "op04")
    case = await one.log()
    await one.sent()
    await other.knows(case)
    return one, other, case


def test_a_photo_goes_to_the_centre_and_comes_to_the_other_desk(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = photo()
        await one.desk.attach(case, put(world, data))
        await row(one, case, data, there)
        assert at_centre(centre, data) == data
        await other.knows(case, lambda view: len(view.case.attachments) == 1)
        got = await row(other, case, data, here)
        assert await other.desk.attachment_bytes(sha(data)) == data
        assert (got.state, got.name, got.by) == (Lying.THERE, "Ảnh.jpg", one.desk.actor.name)
        mine = await row(one, case, data, there)
        assert (got.thumbnail, got.position) == (mine.thumbnail, mine.position)

    tell(story)


def test_a_small_picture_comes_before_anybody_looks_and_is_there_without_a_line(tell: Tell) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = photo()
        await one.desk.attach(case, put(world, data))
        assert await asyncio.to_thread(other.cable.wait_for, path(data) + "/thumbnail", 1)
        await other.net(Net.ONLINE)

        async def known() -> bool:
            found = await other.desk._drawer.call(lambda files: files.get(sha(data)))
            return found is not None and found.thumbnail is not None

        await other.until(known, "a small picture")
        await other.unplug()
        shown = await row(other, case, data, lambda x: True)
        assert (shown.thumbnail, shown.here) == (look_at(data).thumbnail, False)
        assert shown.state is Lying.FETCHING
        await other.plug()
        await row(other, case, data, here)

    tell(story)


def test_a_large_photo_comes_small_at_first_and_whole_when_asked_for(tell: Tell) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = photo(1600, 1200, "PNG") + bytes(3 * MIB)  # what follows a PNG's end is no part of the picture
        await one.desk.attach(case, put(world, data))
        await row(one, case, data, there)
        await other.knows(case, lambda view: len(view.case.attachments) == 1)
        small = await row(other, case, data, lambda x: x.thumbnail is not None)
        assert (small.state, small.here) == (Lying.THERE, False)
        assert small.thumbnail == look_at(data).thumbnail
        await other.desk.fetch_attachment(sha(data))
        whole = await row(other, case, data, here)
        assert whole.position is not None
        assert await other.desk.attachment_bytes(sha(data)) == data

    tell(story)


def test_sending_goes_on_after_cuts_at_every_kind_of_place(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        case = await one.log()
        await one.sent()
        data = noise(2 * MIB + 7)
        faults = [
            one.cable.fault("cut_request", path(data), after=n, method="PUT")
            for n in (0, 1, 1000, 65_535, 65_536, 200_000)
        ]
        faults += [one.cable.fault("lose_answer", path(data), method="PUT") for _ in range(4)]
        faults += [one.cable.fault("cut_before", path(data)) for _ in range(2)]
        await one.desk.attach(case, put(world, data, "a.wav"))
        await row(one, case, data, there)
        assert all(fault.used == 1 for fault in faults)
        assert at_centre(centre, data) == data

    tell(story)


CUTS = (0, 1, 2, 100, 16_383, 16_384, 16_385, 65_536, 100_000, 131_072, 262_143)


def test_fetching_goes_on_after_cuts_at_any_byte_from_where_it_was(tell: Tell) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = noise(3 * MIB + 7)
        await one.desk.attach(case, put(world, data, "a.wav"))
        await row(one, case, data, there)
        await other.knows(case, lambda view: len(view.case.attachments) == 1)
        await row(other, case, data, there)  # known to be there, and too large to come by itself
        for at in CUTS:
            other.cable.fault("cut_answer", path(data), after=at)
        before = other.cable.count(path(data))
        await other.desk.fetch_attachment(sha(data))
        await row(other, case, data, here)
        assert await other.desk.attachment_bytes(sha(data)) == data
        assert other.cable.count(path(data)) - before <= len(CUTS) + 12

    tell(story)


def test_both_ways_go_on_after_the_program_ended_in_the_middle(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = noise(3 * MIB)
        one.cable.fault("hold", path(data), method="PUT", times=2).go.set()  # two pieces go through
        one.cable.fault("answer", path(data), method="PUT", times=None, **problem(503, "busy"))
        await one.desk.attach(case, put(world, data, "a.wav"))
        part = await row(one, case, data, lambda x: 0 < x.fraction < 1)
        assert part.state is Lying.SENDING
        await one.sent()
        await world.stand_up(one)
        one = await world.sit_down("03", "op03")
        await row(one, case, data, there)
        assert at_centre(centre, data) == data

        await other.knows(case, lambda view: len(view.case.attachments) == 1)
        await row(other, case, data, there)
        other.cable.fault("cut_answer", path(data), after=200_000)
        other.cable.fault("answer", path(data), times=None, **problem(503, "busy"))
        await other.desk.fetch_attachment(sha(data))
        part = await row(other, case, data, lambda x: x.fraction > 0)
        assert (part.state, part.here) == (Lying.FETCHING, False)
        await world.stand_up(other)
        other = await world.sit_down("04", "op04")
        await row(other, case, data, here)
        assert await other.desk.attachment_bytes(sha(data)) == data

    tell(story)


def test_a_command_overtakes_a_file(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TEXT_S", 60.0)

    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        case = await one.log()
        await one.sent()
        data = noise(2 * MIB)
        moving = one.cable.fault("hold", path(data), method="PUT")
        await one.desk.attach(case, put(world, data, "a.wav"))
        assert await asyncio.to_thread(moving.holding.wait, 20)
        urgent = await one.log()  # while a piece is on its way
        await one.sent()
        text = one.cable.fault("hold", "/commands")
        seen = len(one.cable.seen)
        await one.log()
        assert await asyncio.to_thread(text.holding.wait, 20)
        moving.go.set()
        await row(one, case, data, lambda x: x.fraction > 0)  # the next piece waits for the texts
        await one.log()
        text.go.set()
        await row(one, case, data, there)
        later = one.cable.seen[seen:]
        second = [n for n, call in enumerate(later) if call == ("POST", "/commands")][1]
        assert ("PUT", path(data)) not in later[:second]
        assert ("PUT", path(data)) in later[second:]
        await one.knows(urgent, lambda view: not view.row.waiting)

    tell(story)


def test_what_the_centre_does_not_take_is_told_and_can_be_sent_again(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        case = await one.log()
        for status, code in ((415, "attachment_type"), (422, "attachment_unreadable")):
            data = noise(1000, status)
            one.cable.fault("answer", path(data), method="PUT", **problem(status, code))
            await one.desk.attach(case, put(world, data, "a.wav"))
            refused = await row(one, case, data, lambda x: x.state is Lying.REFUSED)
            assert (refused.trouble, refused.here) == (code, True)
            one.cable.mend()
            await one.desk.fetch_attachment(sha(data))
            await row(one, case, data, there)
            assert at_centre(centre, data) == data

    tell(story)


def test_a_file_that_is_not_there_yet_is_asked_for_again(tell: Tell) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = photo()
        held = one.cable.fault("hold", path(data), method="PUT")
        await one.desk.attach(case, put(world, data))
        assert await asyncio.to_thread(held.holding.wait, 20)
        await other.knows(case, lambda view: len(view.case.attachments) == 1)
        coming = await row(other, case, data, lambda x: True)
        assert (coming.state, coming.here) == (Lying.ON_ITS_WAY, False)
        assert await asyncio.to_thread(other.cable.wait_for, path(data), 3)  # again by itself
        held.go.set()
        await row(one, case, data, there)
        await row(other, case, data, here)

    tell(story)


def test_who_asks_for_a_file_need_not_wait_for_its_rest(tell: Tell) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        slow = msgspec.structs.replace(QUICK, poll=600.0)
        await world.stand_up(other)
        other = await world.sit_down("04", "op04", pace=slow)
        data = noise(3 * MIB)
        held = one.cable.fault("hold", path(data), method="PUT")
        await one.desk.attach(case, put(world, data, "a.wav"))
        assert await asyncio.to_thread(held.holding.wait, 20)
        other.line.engine.try_now()
        await other.knows(case, lambda view: len(view.case.attachments) == 1)
        assert await asyncio.to_thread(other.cable.wait_for, path(data), 1)  # not there: it rests now
        held.go.set()
        await row(one, case, data, there)
        await row(other, case, data, lambda x: x.state is Lying.ON_ITS_WAY)
        await other.desk.fetch_attachment(sha(data))
        await row(other, case, data, here)

    tell(story)


def test_an_answer_that_is_not_the_bytes_is_never_kept(tell: Tell) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = noise(3 * MIB)
        await one.desk.attach(case, put(world, data, "a.wav"))
        await row(one, case, data, there)
        await other.knows(case, lambda view: len(view.case.attachments) == 1)
        await row(other, case, data, there)
        page = {"status": 200, "body": b"<html>Wifi</html>", "headers": {"Content-Type": "text/html"}}
        other.cable.fault("answer", path(data), times=2, **page)
        swapped = {
            "Content-Type": "audio/wav",
            "Content-Range": f"bytes 0-9/{len(data)}",
            "Repr-Digest": "sha-256=:AAAA:",
        }
        wrong = swapped | {
            "Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}",
            "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(sha(data))).decode()}:",
        }
        other.cable.fault("answer", path(data), status=206, body=noise(len(data), 9), headers=wrong)
        other.cable.fault("answer", path(data), status=206, body=b"0123456789", headers=swapped)
        await other.desk.fetch_attachment(sha(data))
        await row(other, case, data, here)
        assert await other.desk.attachment_bytes(sha(data)) == data
        assert all(fault.used for fault in other.cable._faults)

    tell(story)


def test_a_session_that_ended_waits_for_a_sign_in(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        case = await one.log()
        await one.sent()
        data = PDF
        gone = one.cable.fault("answer", path(data), times=2, **problem(401, "not_signed_in"))
        await one.desk.attach(case, put(world, data, "đơn.pdf"))
        assert await asyncio.to_thread(one.cable.wait_for, path(data), 2)
        one.line.try_now()
        await row(one, case, data, there)
        assert gone.used == 2
        assert at_centre(centre, data) == data

    tell(story)


def test_two_desks_that_send_the_same_file_make_one(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one, other, case = await two(world)
        data = noise(4 * MIB)
        second = await other.log()
        file = put(world, data, "a.wav")
        await asyncio.gather(one.desk.attach(case, file), other.desk.attach(second, file))
        await row(one, case, data, there)
        await row(other, second, data, there)
        assert at_centre(centre, data) == data

    tell(story)


def test_files_of_a_draft_go_when_its_report_is_saved(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        draft = await one.desk.open_draft()
        await one.desk.attach_to_draft(draft, put(world, PDF, "đơn.pdf"))
        await one.log()
        await one.sent()
        assert one.cable.count(path(PDF)) == 0
        await one.desk.log_report(draft, report(draft), None)
        await row(one, draft.case, PDF, there)
        assert at_centre(centre, PDF) == PDF

    tell(story)


def test_fifty_mebibytes_arrive(tell: Tell, centre: Central) -> None:
    async def story(world: World) -> None:
        one = await world.sit_down("03", "op03")
        case = await one.log()
        data = noise(50 * MIB)
        await one.desk.attach(case, put(world, data, "a.wav"))
        await row(one, case, data, there)
        assert sha(at_centre(centre, data)) == sha(data)

    tell(story)

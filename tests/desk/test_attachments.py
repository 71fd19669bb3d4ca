"""Files at one desk: taken in, kept with a draft, listed, read, taken out."""

import asyncio
import hashlib
import os
from pathlib import Path

import pytest

from console.desk import attachments as module
from console.desk.attachment_rows import Lying
from console.desk.changes import Changes
from console.desk.desk import Desk
from console.desk.errors import (
    AttachmentCaseFull,
    AttachmentNotHere,
    AttachmentQuota,
    AttachmentSent,
    AttachmentTooBig,
    AttachmentType,
    AttachmentUnreadable,
    NotHere,
    StoreFull,
)
from console.domain.command import Attach
from console.media.picture import look_at
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.people import DISPATCHER, report
from tests.support.pictures import EXE, LAT, LON, PDF, noise, photo

MIB = 1024 * 1024
NAME = "Ảnh ổ gà của bà Bưởi.jpg"


def put(folder: Path, data: bytes, name: str = NAME) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_an_attached_photo_is_listed_with_its_small_picture_and_its_position(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    case, data = logged(office, desk).case, photo()
    given = office.run(desk.attach(case, put(tmp_path / "phone", data)))
    (row,) = office.run(desk.attachments(case))
    assert row == given.row
    assert (row.sha256, row.name, row.media_type, row.size) == (sha(data), NAME, "image/jpeg", len(data))
    assert (row.state, row.here, row.removable) == (Lying.HERE, True, True)
    assert row.thumbnail == look_at(data).thumbnail
    assert row.position is not None
    assert (row.position.lat, row.position.lon) == pytest.approx((LAT, LON), abs=1e-6)
    assert office.run(desk.attachment_bytes(row.sha256)) == data
    assert given.done is not None
    kinds = [(x.id, x.kind) for x in office.run(desk.outbox()).waiting if x.case == case]
    assert (given.done.commands[0], "attach") in kinds


def test_it_is_all_there_after_a_restart_and_nothing_of_it_is_readable_on_the_disk(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    case, data = logged(office, desk).case, noise(3 * MIB)
    row = office.run(desk.attach(case, put(tmp_path / "phone", data, "ghi âm.wav"))).row
    desk.close()
    again = office.open()
    assert office.run(again.attachments(case)) == (row,)
    assert office.run(again.attachment_bytes(row.sha256)) == data
    again.close()
    for file in (office.folder / "desk").iterdir():
        held = file.read_bytes()
        assert data[100_000:100_032] not in held
        assert "ghi âm".encode() not in held
    assert (office.folder / "desk" / "store.db").stat().st_size < MIB


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (EXE, AttachmentType),
        ("chỉ là chữ".encode(), AttachmentType),
        (photo()[:700], AttachmentUnreadable),
        (b"", AttachmentUnreadable),
        (PDF + bytes(50 * MIB), AttachmentTooBig),
    ],
)
def test_what_is_no_fit_file_is_refused_by_its_content(
    office: Office, desk: Desk, tmp_path: Path, data: bytes, failure: type[Exception]
) -> None:
    case = logged(office, desk).case
    before = office.run(desk.outbox())
    with pytest.raises(failure):
        office.run(desk.attach(case, put(tmp_path / "phone", data)))
    assert office.run(desk.attachments(case)) == ()
    assert office.run(desk.outbox()) == before


def test_fifty_mebibytes_are_taken(office: Office, desk: Desk, tmp_path: Path) -> None:
    case, data = logged(office, desk).case, PDF + os.urandom(50 * MIB - len(PDF))
    row = office.run(desk.attach(case, put(tmp_path / "phone", data, "bản đồ.pdf"))).row
    assert sha(office.run(desk.attachment_bytes(row.sha256))) == row.sha256 == sha(data)


def test_a_file_that_is_gone_and_a_case_that_is_not_here(office: Office, desk: Desk, tmp_path: Path) -> None:
    case = logged(office, desk).case
    with pytest.raises(AttachmentUnreadable):
        office.run(desk.attach(case, tmp_path / "gone.jpg"))
    with pytest.raises(NotHere):
        office.run(desk.attach("0199", put(tmp_path / "phone", photo())))
    with pytest.raises(AttachmentNotHere):
        office.run(desk.attachment_bytes(sha(photo())))


def test_a_drafts_files_go_with_its_report(office: Office, desk: Desk, tmp_path: Path) -> None:
    draft = office.run(desk.open_draft())
    one = office.run(desk.attach_to_draft(draft, put(tmp_path / "phone", photo())))
    office.wall.pass_(seconds=1)
    two = office.run(desk.attach_to_draft(draft, put(tmp_path / "phone", PDF, "đơn.pdf")))
    assert one.done is None
    assert office.run(desk.outbox()).waiting == ()
    assert [x.removable for x in office.run(desk.attachments(draft.case))] == [True, True]
    desk.close()
    again = office.open()
    assert [x.sha256 for x in office.run(again.attachments(draft.case))] == [one.row.sha256, two.row.sha256]
    assert again.files_port.next_to_send(()) is None
    done = office.run(again.log_report(draft, report(draft), None))
    assert len(done.commands) == 3
    view = office.run(again.case(draft.case))
    assert view is not None
    assert view.case.attachments == (one.row.sha256, two.row.sha256)
    assert [e.kind for e in view.events] == ["log_report", "attach", "attach"]
    again.files_port.settle()
    sent = again.files_port.next_to_send(())
    assert sent is not None
    assert office.run(again.attachment_bytes(two.row.sha256)) == PDF


def test_a_draft_that_is_ended_takes_no_files(office: Office, desk: Desk, tmp_path: Path) -> None:
    draft = office.run(desk.open_draft())
    office.run(desk.discard_draft(draft.id))
    with pytest.raises(NotHere):
        office.run(desk.attach_to_draft(draft, put(tmp_path / "phone", photo())))


def test_files_of_a_draft_that_is_let_go_leave_the_disk(office: Office, desk: Desk, tmp_path: Path) -> None:
    draft = office.run(desk.open_draft())
    row = office.run(desk.attach_to_draft(draft, put(tmp_path / "phone", photo()))).row
    office.run(desk.discard_draft(draft.id))
    desk.close()
    office.wall.pass_(days=8)
    office.open().close()
    again = office.open()
    assert office.run(again.attachments(draft.case)) == ()
    with pytest.raises(AttachmentNotHere):
        office.run(again.attachment_bytes(row.sha256))


def test_what_has_not_left_can_be_taken_out(
    office: Office, desk: Desk, tmp_path: Path, centre: TinyCentre
) -> None:
    draft = office.run(desk.open_draft())
    kept = office.run(desk.attach_to_draft(draft, put(tmp_path / "phone", photo()))).row
    office.run(desk.remove_unsent_attachment(draft.case, kept.sha256))
    assert office.run(desk.attachments(draft.case)) == ()
    done = office.run(desk.log_report(draft, report(draft), None))
    assert len(done.commands) == 1
    given = office.run(desk.attach(draft.case, put(tmp_path / "phone", PDF, "đơn.pdf"))).row
    office.run(desk.remove_unsent_attachment(draft.case, given.sha256))
    assert office.run(desk.attachments(draft.case)) == ()
    with pytest.raises(AttachmentNotHere):
        office.run(desk.attachment_bytes(given.sha256))
    sent = office.run(desk.attach(draft.case, put(tmp_path / "phone", PDF, "đơn.pdf"))).row
    exchange(desk, centre)
    assert not office.run(desk.attachments(draft.case))[0].removable
    with pytest.raises(AttachmentSent):
        office.run(desk.remove_unsent_attachment(draft.case, sent.sha256))


def test_a_case_holds_twenty_files(office: Office, desk: Desk, tmp_path: Path) -> None:
    case = logged(office, desk).case
    for number in range(20):
        office.run(desk.attach(case, put(tmp_path / "phone", noise(200, number), f"{number}.wav")))
    with pytest.raises(AttachmentCaseFull):
        office.run(desk.attach(case, put(tmp_path / "phone", PDF)))
    office.run(desk.attach(case, tmp_path / "phone" / "3.wav"))  # the same again is no new one
    assert len(office.run(desk.attachments(case))) == 20


def test_what_the_centre_has_makes_room_and_what_it_has_not_does_not(
    office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MACHINE_MOST", 2 * MIB)
    case = logged(office, desk).case
    first = office.run(desk.attach(case, put(tmp_path / "phone", noise(MIB + 1, 1), "1.wav"))).row
    with pytest.raises(AttachmentQuota):
        office.run(desk.attach(case, put(tmp_path / "phone", noise(MIB, 2), "2.wav")))
    desk.files_port.sent(first.sha256, MIB + 1, True)
    second = office.run(desk.attach(case, tmp_path / "phone" / "2.wav")).row
    rows = {row.sha256: row for row in office.run(desk.attachments(case))}
    assert (rows[first.sha256].state, rows[first.sha256].here) == (Lying.FETCHING, False)  # it is looked at
    assert rows[second.sha256].here


def test_the_screens_hear_of_it(office: Office, desk: Desk, tmp_path: Path) -> None:
    heard: list[Changes] = []
    case = logged(office, desk).case
    desk.feed.subscribe(heard.append)
    row = office.run(desk.attach(case, put(tmp_path / "phone", photo()))).row
    assert any(case in changes.cases for changes in heard)
    assert any(row.sha256 in changes.files for changes in heard)


def test_progress_is_told_twice_a_second_at_most(office: Office, desk: Desk, tmp_path: Path) -> None:
    case, size = logged(office, desk).case, 2 * MIB
    row = office.run(desk.attach(case, put(tmp_path / "phone", noise(size), "a.wav"))).row
    desk.files_port.settle()
    heard: list[Changes] = []
    desk.feed.subscribe(heard.append)
    for offset in range(0, size, 1024 * 16):
        desk.files_port.sent(row.sha256, offset, False)
    (shown,) = office.run(desk.attachments(case))
    assert 1 <= len(heard) <= 3
    assert (shown.state, shown.fraction) == (Lying.SENDING, (size - 1024 * 16) / size)


def test_a_damaged_file_of_attachments_is_set_aside_and_the_desk_opens(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    case = logged(office, desk).case
    office.run(desk.attach(case, put(tmp_path / "phone", photo())))
    desk.close()
    (office.folder / "desk" / "attachments.db").write_bytes(b"x" * 8192)
    again = office.open()
    assert office.run(again.case(case)) is not None
    assert [x.here for x in office.run(again.attachments(case))] == [False]
    assert len(list((office.folder / "desk").glob("damaged-attachments-*/attachments.db"))) == 1


def test_bytes_without_words_are_let_go_at_the_next_opening(
    office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ends after the bytes are on disk and before the command is."""
    case, data = logged(office, desk).case, photo()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(module, "store_act", killed)
        with pytest.raises(KeyboardInterrupt):
            office.run(desk.attach(case, put(tmp_path / "phone", data)))
    desk.close()
    again = office.open()
    assert again.files_port.next_to_send(()) is None
    with pytest.raises(AttachmentNotHere):
        office.run(again.attachment_bytes(sha(data)))
    office.run(again.attach(case, tmp_path / "phone" / NAME))
    assert office.run(again.attachment_bytes(sha(data))) == data


def test_a_file_that_only_the_timeline_names_is_on_its_way_and_can_be_asked_for(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    case = logged(office, desk).case
    office.run(desk.act(case, Attach(sha256="ab" * 32, name="x.jpg", media_type="image/jpeg", size=3 * MIB)))
    (row,) = office.run(desk.attachments(case))
    assert (row.state, row.here, row.thumbnail) == (Lying.ON_ITS_WAY, False, None)
    office.run(desk.fetch_attachment(row.sha256))
    wanted = desk.files_port.next_to_fetch(())
    assert wanted is not None
    assert wanted.sha256 == row.sha256


def test_a_full_disk_keeps_nothing_half_and_the_desk_goes_on(
    office: Office, desk: Desk, tmp_path: Path
) -> None:
    case = logged(office, desk).case
    drawer = desk._drawer

    def room(pages: int) -> None:
        office.run(drawer.call(lambda files: files._read(f"PRAGMA max_page_count = {pages}")))

    room(60)
    with pytest.raises(StoreFull):
        office.run(desk.attach(case, put(tmp_path / "phone", noise(MIB), "a.wav")))
    assert office.run(desk.attachments(case)) == ()
    assert office.run(drawer.call(lambda files: files.kept())) == []
    logged(office, desk)
    room(1_000_000)
    row = office.run(desk.attach(case, tmp_path / "phone" / "a.wav")).row
    assert sha(office.run(desk.attachment_bytes(row.sha256))) == row.sha256


def test_bytes_that_another_case_needs_stay(office: Office, desk: Desk, tmp_path: Path) -> None:
    one, other = logged(office, desk).case, logged(office, desk).case
    row = office.run(desk.attach(one, put(tmp_path / "phone", photo()))).row
    office.run(desk.attach(other, tmp_path / "phone" / NAME))
    office.run(desk.remove_unsent_attachment(one, row.sha256))
    assert office.run(desk.attachments(one)) == ()
    assert office.run(desk.attachment_bytes(row.sha256)) == photo()
    office.run(desk.remove_unsent_attachment(other, row.sha256))
    with pytest.raises(AttachmentNotHere):
        office.run(desk.attachment_bytes(row.sha256))


def test_a_list_is_answered_while_a_large_file_is_written(office: Office, desk: Desk, tmp_path: Path) -> None:
    case = logged(office, desk).case
    office.run(desk.attach(case, put(tmp_path / "phone", photo())))
    large = put(tmp_path / "phone", noise(40 * MIB), "a.wav")

    async def both() -> list[str]:
        ended: list[str] = []

        async def attach() -> None:
            await desk.attach(case, large)
            ended.append("attached")

        async def look() -> None:
            for _ in range(3):
                await desk.attachments(case)
            ended.append("listed")

        await asyncio.gather(attach(), look())
        return ended

    assert office.run(both()) == ["listed", "attached"]


def test_texts_that_wait_from_before_go_first(office: Office, desk: Desk, centre: TinyCentre) -> None:
    logged(office, desk)
    assert len(office.run(desk.outbox()).waiting) == 2
    assert not desk.files_port.wait_for_texts(0)
    desk.close()
    again = office.open(actor=DISPATCHER, undo_seconds=0)
    again.files_port.settle()
    assert not again.files_port.wait_for_texts(0)
    exchange(again, centre)
    office.wall.pass_(minutes=1)
    exchange(again, centre)
    assert again.files_port.wait_for_texts(0)

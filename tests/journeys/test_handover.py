"""A shift is handed over and taken between two windows, by keys; a roster is written by keys."""

import asyncio
import io
from datetime import date
from pathlib import Path

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from console.domain.roster import RosterEntry
from console.ui.shifts.entry_sheet import EntrySheet
from console.ui.shifts.shift_room import ShiftRoom
from console.ui.theme import Theme
from tests.desk.people import MONDAY
from tests.support.central import Central
from tests.support.office import CTRL, AtWork, awaited
from tests.support.world import PASSWORD, World

Key = Qt.Key
NOTES = "Cầu Dài đang sửa, tránh chuyển xe cứu hộ qua đó (5 km)."
DAY = date(2024, 11, 4)


async def goes_there(at: AtWork) -> ShiftRoom:
    """Ctrl+6."""
    await at.sit_up()
    at.press(Key.Key_6, CTRL)
    await at.sees(lambda: isinstance(at.window.stack.currentWidget(), ShiftRoom), "the room")
    room = at.window.stack.currentWidget()
    assert isinstance(room, ShiftRoom)
    await at.sees(lambda: room.now.notes.isEnabled() and room.now.notes.hasFocus(), "the notes")
    return room


def test_a_shift_is_signed_at_one_desk_read_and_taken_at_the_other(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            one, two = await world.sit_down("01", "sup01"), await world.sit_down("02", "sup02")
            await two.unplug()
            away = RosterEntry(
                day=DAY, shift="morning", user="op05", name="Ai đó", station="05", changed_at=MONDAY
            )
            await one.desk.write_roster([away])
            async with AtWork(one, theme) as here:
                room = await goes_there(here)
                here.type(NOTES)
                here.press(Key.Key_Return, CTRL)
                await here.sees(lambda: "05" in room.now.message.text(), "why not")
                assert "bàn 05 còn việc chưa gửi hoặc chưa rõ" in room.now.message.text()
                await here.sees(room.now.reason.hasFocus, "where the reason goes")
                here.type("Bàn 05 mất điện")
                here.press(Key.Key_Return, CTRL)
                await here.sees(lambda: room.book.list.hasFocus() and room.book.chosen, "the signed sheet")
                file = tmp_path / "giao-ca.pdf"
                await room.book.paper.export(file)
                text = pypdf.PdfReader(io.BytesIO(file.read_bytes())).pages[0].extract_text()
                assert NOTES in " ".join(text.split())
                assert "06:00–14:00" in text
            async with AtWork(two, theme) as there:
                await two.plug()
                rail = there.window.rail.entries["handover"]
                await there.sees(lambda: rail.count == 1, "that there is something to read")
                room = await goes_there(there)
                there.press(Key.Key_Tab, CTRL)
                await there.sees(lambda: room.book.list.hasFocus() and room.book.chosen, "the list")
                await there.sees(lambda: NOTES in room.book.reader.toPlainText(), "the sheet")
                there.press(Key.Key_D, CTRL)
                await there.sees(lambda: rail.count == 0, "that it was read")
                there.press(Key.Key_Return, CTRL)
                await there.sees(lambda: room.book.asking is not None, "who takes it")
                sheet = room.book.asking
                assert sheet is not None
                sheet.user.setText("sup02")
                sheet.words.setText("Đã nhận đủ")
                sheet.go.click()
                await there.sees(
                    lambda: room.book.chosen and room.book.chosen.sheet.accepted, "the shift taken"
                )

            async def taken() -> bool:
                (kept,) = await one.desk.sheets(DAY, DAY)
                return kept.sheet.accepted is not None and kept.sheet.accepted.words == "Đã nhận đủ"

            await one.until(taken, "the acceptance")

    awaited(loop, story)


def test_the_next_lead_takes_over_at_this_desk_and_a_wrong_password_is_said_in_place(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            one = await world.sit_down("01", "sup01")
            async with AtWork(one, theme) as here:
                room = await goes_there(here)
                here.type("x")
                here.press(Key.Key_Return, CTRL)
                await here.sees(lambda: room.book.take.isEnabled(), "what can be taken")
                here.press(Key.Key_Return, CTRL)
                await here.sees(lambda: room.book.asking is not None, "who takes it")
                sheet = room.book.asking
                assert sheet is not None
                for user, password, said in (
                    ("sup01", "", "phải khác"), ("sup02", "sai", "Sai tên"), ("op03", PASSWORD, "trưởng ca"),
                ):  # fmt: skip
                    sheet.user.setText(user)
                    sheet.password.setText(password)
                    sheet.go.click()
                    await here.sees(lambda said=said: said in sheet.note.text(), said)
                sheet.user.setText("sup02")
                sheet.password.setText(PASSWORD)
                sheet.go.click()
                await here.sees(lambda: room.book.chosen and room.book.chosen.sheet.accepted, "taken")
                assert one.desk.actor.user == "sup01"

    awaited(loop, story)


def test_a_week_is_written_by_keys_its_faults_said_and_taken_back(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> None:
    async def story() -> None:
        async with World(centre.url, tmp_path) as world:
            one = await world.sit_down("01", "sup01")
            async with AtWork(one, theme) as here:
                room = await goes_there(here)
                here.press(Key.Key_Tab, CTRL | Qt.KeyboardModifier.ShiftModifier)
                page = room.roster
                await here.sees(
                    lambda: page.table.hasFocus() and page.table.currentIndex().isValid(), "cells"
                )
                said = lambda: [page.faults.item(n).text() for n in range(page.faults.count())]  # noqa: E731
                cell = lambda: page.table.currentIndex().data()  # noqa: E731
                assert "Thứ Hai 04/11, Ca chiều: chưa có ai." in said()
                here.press(Key.Key_2)
                await here.sees(lambda: "Thứ Hai 04/11, Ca chiều: chưa có trưởng ca." in said(), "no lead")
                here.press(Key.Key_T)
                await here.sees(lambda: cell().startswith("★ Ca chiều · bàn 01"), "the lead")
                here.press(Key.Key_3)
                double = lambda: any("làm liền hai ca" in text for text in said())  # noqa: E731
                await here.sees(double, "no rest")
                here.press(Key.Key_Z, CTRL)
                await here.sees(lambda: not double(), "taken back")
                here.press(Key.Key_Return)
                await here.sees(lambda: bool(_sheets()), "desk and lead")
                (sheet,) = _sheets()
                sheet.rows[1][1].setText("7")
                sheet.go.click()
                assert "hai chữ số" in sheet.note.text()
                sheet.rows[1][1].setText("07")
                sheet.go.click()
                await here.sees(lambda: "bàn 07" in cell(), "the desk")
                await here.sees(lambda: "chờ gửi" not in cell(), "at the centre")

    awaited(loop, story)


def _sheets() -> list[EntrySheet]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, EntrySheet) and w.isVisible()]

"""Lives of cases by keys in real windows against a real centre, and what cannot be as a sentence."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateTimeEdit, QPlainTextEdit

from console.domain.case import Status
from console.domain.command import Accept, AnyBody, AskExtension, Assign, RefuseExtension, Resolve, Return
from console.domain.number import make_number
from console.protocol.wire import CommandsAnswer, CommandsRequest
from console.ui.approval.delegation_sheet import DelegationSheet
from console.ui.case.due_edit import to_edit
from console.ui.theme import Theme
from console.ui.words import t
from tests.desk.people import LEAD
from tests.support.central import Central
from tests.support.office import CTRL, AtWork, awaited
from tests.support.world import Seat, World

KEYS = {letter: getattr(Qt.Key, f"Key_{letter}") for letter in "ABCEFHILMNOPQRSTUXYZ"}


class Hand:
    """Presses the keys of one case, and reads what the screen says."""

    def __init__(self, at: AtWork, case: str) -> None:
        self.at, self.case, self.pane = at, case, at.rooms.case

    async def stands(self, status: Status, shown: str = "") -> None:
        await self.at.sees(
            lambda: (
                self.pane.view is not None
                and self.pane.view.case.id == self.case
                and self.pane.view.case.status is status
                and (not shown or self.pane.view.row.display_status == shown)
            ),
            f"{status} {shown}",
        )

    async def begins(self, letter: str) -> None:
        """The key, and the composer."""
        await self.at.chooses(self.case)
        self.at.rooms.case.activated()
        await self.at.sees(self.pane._scroll.hasFocus, "keys in the case")
        self.at.press(KEYS[letter])
        await self.at.sees(lambda: self.pane.composer is not None, f"the composer of {letter}")

    async def writes(self, letter: str, words: str, **values: object) -> None:
        """The act, its words typed, Ctrl+Enter."""
        await self.begins(letter)
        composer = self.pane.composer
        assert composer is not None
        composer.write(values)
        edit = next(made.widget for made in composer.inputs if isinstance(made.widget, QPlainTextEdit))
        edit.setFocus()
        self.at.type(words)
        self.at.press(Qt.Key.Key_Return, CTRL)
        await self.at.sees(lambda: self.pane.composer is None, f"{letter} given: {self.said()}")

    async def presses(self, letter: str) -> None:
        """An act without words."""
        await self.at.chooses(self.case)
        self.at.rooms.case.activated()
        await self.at.sees(self.pane._scroll.hasFocus, "keys in the case")
        self.at.press(KEYS[letter])

    def said(self) -> str:
        """The sentence in the composer, or in the notices."""
        composer = self.pane.composer
        if composer is not None and composer.trouble.text():
            return composer.trouble.text()
        shown = self.at.shift.notices.shown
        return shown.text if shown is not None else ""


async def by_agency(central: Central, case: str, *bodies: AnyBody) -> None:
    """What the agency does in its own system."""

    def give() -> None:
        client = central.client("00", f"ag-{LEAD}")
        try:
            commands = tuple(client.command(body, case) for body in bodies)
            answer: CommandsAnswer = client.post(
                "/commands", CommandsRequest(commands=commands), CommandsAnswer
            )
            assert [verdict.refusal for verdict in answer.verdicts] == [None] * len(bodies)
        finally:
            client.close()

    await asyncio.to_thread(give)


Story = Callable[[World, Central, Theme], object]


@pytest.fixture
def lives(
    loop: asyncio.AbstractEventLoop, theme: Theme, centre: Central, tmp_path: Path
) -> Callable[[Story], None]:
    """Run a story in a world of its own."""

    def run(story: Story) -> None:
        async def whole() -> None:
            async with World(centre.url, tmp_path) as world:
                await story(world, centre, theme)  # type: ignore[misc]

        awaited(loop, whole)

    return run


def test_from_the_call_to_its_end_with_more_time_and_three_readers(
    lives: Callable[[Story], None],
) -> None:
    async def story(world: World, centre: Central, theme: Theme) -> None:
        seat = await world.sit_down("01", "sup01")
        case = await seat.log(Assign(lead=LEAD, expects=None))
        async with AtWork(seat, theme) as at:
            hand = Hand(at, case)
            await seat.sent()
            due = seat.desk.clock.now() + timedelta(days=20)
            await by_agency(centre, case, Accept(), AskExtension(new_due=due, reason="Chờ vật tư"))
            await hand.at.chooses(case)
            await hand.stands(Status.IN_PROGRESS, "pending_approval")
            assert "Chờ vật tư" in hand.pane.sheet.approval.text.text()
            await hand.presses("Y")
            await hand.stands(Status.IN_PROGRESS, "in_progress")
            await hand.writes("R", "Đề nghị báo tiến độ")
            await hand.writes("N", "Đã gọi đơn vị hai lần")
            await hand.writes("T", "Đơn vị đang chờ vật tư")
            await seat.sent()
            await by_agency(centre, case, Resolve(result="Đã thay nắp cống"))
            await hand.stands(Status.RESOLVED)
            await hand.begins("C")
            at.press(Qt.Key.Key_Return, CTRL)
            await at.sees(lambda: "Nội dung trả lời công khai" in hand.said(), "what is missing")
            at.press(Qt.Key.Key_Escape)
            await hand.writes("C", "Đã thay nắp cống mới.", publish=True)
            await hand.stands(Status.CLOSED)
            await hand.writes("O", "Nắp lại vỡ", on_line=True)
            await hand.stands(Status.NEW, "reopened")
            kinds = [event.kind for event in hand.pane.view.events]  # type: ignore[union-attr]
            assert kinds[-5:] == ["add_note", "tell_citizen", "resolve", "close", "reopen"]
        await world.converged()

    lives(story)


def test_withdrawn_and_asked_for_by_somebody_without_the_right(
    lives: Callable[[Story], None],
) -> None:
    async def story(world: World, centre: Central, theme: Theme) -> None:
        lead, plain = await world.sit_down("01", "sup01"), await world.sit_down("02", "op02")
        case = await lead.log(Assign(lead=LEAD, expects=None))
        await plain.knows(case)
        async with AtWork(lead, theme) as there:
            boss = Hand(there, case)
            await boss.writes("Q", "Chuyển nhầm đơn vị")
            await boss.stands(Status.NEW)
            await plain.knows(case, lambda view: view.case.status is Status.NEW)
            async with AtWork(plain, theme) as here:
                hand = Hand(here, case)
                await hand.begins("X")
                assert hand.said() == t("act.noRight", act=t("asked.reject"))
                here.press(Qt.Key.Key_Escape)
                await hand.writes("X", "Không đúng sự thật", reason="not_true")
                await hand.stands(Status.NEW, "pending_approval")
                await boss.at.sees(
                    lambda: boss.pane.view and boss.pane.view.row.display_status == "pending_approval",
                    "what waits",
                )
                # taken back meanwhile: the approval that is pressed too late is refused in words
                await lead.unplug()
                await hand.presses("X")
                await hand.stands(Status.NEW, "new")
                await plain.sent()
                await boss.presses("Y")
                await boss.stands(Status.REJECTED)
                await lead.plug()
                await lead.until(lambda: _attention(lead), "the refusal")
                row = (await lead.desk.outbox()).attention[0]
                assert row.refusal is not None
                assert "không còn chờ duyệt" in t(f"refusal.{row.refusal.code.value}")
                assert (await lead.desk.case(case)).case.status is Status.NEW  # type: ignore[union-attr]
        await world.converged(refused=1)

    lives(story)


async def _attention(seat: Seat) -> bool:
    return bool((await seat.desk.outbox()).attention)


def test_related_released_merged_and_what_cannot_be_is_a_sentence(lives: Callable[[Story], None]) -> None:
    async def story(world: World, centre: Central, theme: Theme) -> None:
        seat = await world.sit_down("01", "sup01")
        case, other = await seat.log(Assign(lead=LEAD, expects=None)), await seat.log()
        mine, theirs = await seat.knows(case), await seat.knows(other)
        await seat.unplug()
        async with AtWork(seat, theme) as at:
            hand = Hand(at, case)
            await at.sees(lambda: at.rooms.queue.chosen and at.rooms.queue.model.rowCount() == 2, "both rows")
            for typed, sentence in (
                ("abc", t("refusal.bad_number")),
                (make_number("2411", "09", 99), t("refusal.unknown_case")),
                (mine.case.number, t("refusal.itself")),
            ):
                await hand.begins("I")
                hand.pane.composer.write({"to": typed})  # type: ignore[union-attr]
                at.press(Qt.Key.Key_Return, CTRL)
                await at.sees(lambda sentence=sentence: sentence in hand.said(), sentence)
            composer = hand.pane.composer
            assert composer is not None
            composer.write({"to": theirs.case.number})
            await at.sees(lambda: theirs.case.title in composer.named.text(), "which case that is")
            at.press(Qt.Key.Key_Return, CTRL)
            await at.sees(lambda: other in hand.pane.sheet.related_cases.lines, "the related one")
            await hand.writes("E", "Hẹn gặp tại chỗ", agency=f"on:{LEAD}")
            await at.sees(lambda: hand.pane.sheet.facts["released"][1].isVisible(), "who may see the contact")
            await hand.begins("M")
            hand.pane.composer.write({"into": mine.case.number})  # type: ignore[union-attr]
            at.press(Qt.Key.Key_Return, CTRL)
            await at.sees(lambda: t("refusal.merge_cycle") in hand.said(), "merged into itself")
            hand.pane.composer.write({"into": theirs.case.number})  # type: ignore[union-attr]
            at.press(Qt.Key.Key_Return, CTRL)
            await hand.stands(Status.MERGED)
            await hand.writes("M", "Hai nắp khác nhau")
            await hand.stands(Status.ASSIGNED)
            found = await seat.desk.case(other)
            assert found is not None
            assert found.case.related == (case,)
        await seat.plug()
        await world.converged()

    lives(story)


def test_asked_returned_forwarded_again_and_done_twice(lives: Callable[[Story], None]) -> None:
    async def story(world: World, centre: Central, theme: Theme) -> None:
        seat = await world.sit_down("03", "op03")
        case = await seat.log()
        async with AtWork(seat, theme) as at:
            hand = Hand(at, case)
            await hand.writes("U", "Ở đoạn nào?")
            await hand.stands(Status.NEED_INFO)
            await hand.writes("U", "Trước cổng chợ")
            await hand.stands(Status.NEW)
            await hand.writes("S", "Có người ngã", urgency="high")
            await hand.writes("A", "Rào chắn ngay", lead=LEAD)
            await hand.stands(Status.ASSIGNED)
            await seat.sent()
            await by_agency(centre, case, Return(reason="Không thuộc địa bàn"))
            await hand.stands(Status.RETURNED)
            await hand.writes("A", "Đề nghị xử lý", lead=LEAD)
            await hand.stands(Status.ASSIGNED)
            await hand.writes("P", "Đơn vị báo đã thay")
            await hand.stands(Status.RESOLVED)
            await hand.writes("L", "Chưa thay nắp thứ hai")
            await hand.stands(Status.IN_PROGRESS)
            await hand.begins("H")
            composer = hand.pane.composer
            assert composer is not None
            assert hand.said() == t("act.noRight", act=t("asked.extend"))
            edit = composer.findChild(QDateTimeEdit)
            edit.setDateTime(to_edit(seat.desk.clock.now() - timedelta(days=1)))
            composer.write({"reason": "Chờ vật tư"})
            at.press(Qt.Key.Key_Return, CTRL)
            await at.sees(lambda: t("refusal.bad_deadline") in hand.said(), "the deadline")
            assert composer.values()["reason"] == "Chờ vật tư"
            at.press(Qt.Key.Key_Escape)
            await hand.begins("R")
            at.type("Đề nghị {đơn vị} báo trước {hạn}")
            at.press(Qt.Key.Key_Return, CTRL)
            await at.sees(lambda: "{đơn vị}, {hạn}" in hand.said(), "the holes")
            at.press(Qt.Key.Key_Escape)
            await hand.presses("Z")
            await at.sees(lambda: hand.pane.view and hand.pane.view.case.watchers, "that one follows it")
            assert hand.pane.view is not None
            assert hand.pane.view.case.notes == 0
            await hand.presses("Q")  # accepted already: said in words, nothing done
            await at.sees(lambda: t("refusal.wrong_status") in hand.said(), "why it is not withdrawn")
        await world.converged()

    lives(story)


def test_a_dispatcher_decides_while_the_supervisor_is_away(lives: Callable[[Story], None]) -> None:
    async def story(world: World, centre: Central, theme: Theme) -> None:
        lead, other = await world.sit_down("01", "sup01"), await world.sit_down("04", "dp01")
        case = await other.log(Assign(lead=LEAD, expects=None))
        async with AtWork(lead, theme) as there:
            there.window.sheets.open_delegation()
            sheet = there.window.findChild(DelegationSheet)
            await there.sees(lambda: sheet.whom.count() > 0, "the dispatchers")
            sheet.whom.setCurrentIndex(sheet.whom.findData("dp01"))
            sheet.until.set_value(lead.desk.clock.now() - timedelta(hours=1))
            sheet.submit()
            assert sheet.trouble.text() == t("delegation.badTime")
            sheet.until.set_value(lead.desk.clock.now() + timedelta(hours=4))
            sheet.submit()
            await there.sees(lambda: lead.desk.reference.delegations, "the delegation")
        await other.until(lambda: _delegated(other), "the delegation at the other desk")
        due = other.desk.clock.now() + timedelta(days=20)
        await other.sent()
        await by_agency(centre, case, AskExtension(new_due=due, reason="Chờ vật tư"))
        await other.knows(case, lambda view: view.case.extensions)
        await other.desk.act(case, RefuseExtension(reason="Đã đủ thời gian"))
        await other.sent()
        await world.converged()

    lives(story)


async def _delegated(seat: Seat) -> bool:
    return bool(seat.desk.reference.delegations)


def test_sent_on_to_another_service_and_taken_up_again_without_the_line(
    lives: Callable[[Story], None],
) -> None:
    """Referred while the cable is out; the supervisor at another desk reopens what was none of 113's."""

    async def story(world: World, centre: Central, theme: Theme) -> None:
        seat, lead = await world.sit_down("03", "op03"), await world.sit_down("01", "sup01")
        case = await seat.log()
        await seat.sent()
        await lead.knows(case)
        await seat.unplug()
        async with AtWork(seat, theme) as at:
            hand = Hand(at, case)
            await hand.writes("F", "Đã chuyển 113 lúc gọi", to="113")
            await hand.stands(Status.CLOSED)
            await seat.plug()
            await seat.sent()
        await lead.knows(case, lambda view: view.case.referred_to == "113")
        async with AtWork(lead, theme) as at:
            hand = Hand(at, case)
            at.window.open_case(case)
            await hand.stands(Status.CLOSED)
            await hand.begins("O")
            at.type("Công an báo không thuộc việc của mình")
            at.press(Qt.Key.Key_Return, CTRL)
            await hand.stands(Status.NEW)
            await hand.presses("F")
            await at.sees(lambda: hand.pane.composer is not None, "that it can be sent on again")
            at.press(Qt.Key.Key_Escape)
            await lead.sent()
        await seat.knows(case, lambda view: view.case.status is Status.NEW and view.case.reopened == 1)
        await world.converged()

    lives(story)

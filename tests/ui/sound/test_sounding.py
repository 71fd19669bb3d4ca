"""What is heard at a desk, by a player that only notes it."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from console.desk.connection import Connection, Net
from console.desk.desk import Desk
from console.desk.rows import Filter, View
from console.domain.case import Case, Status
from console.domain.category import Urgency
from console.domain.telephone import Answered, Ended, Ending, LineState, Offer, Rang
from console.protocol.wire import CaseRecord, ChangesAnswer
from console.ui.sound.player import NONE
from console.ui.sound.sounding import Sounding
from console.ui.sound.tones import Sound
from tests.desk.people import DISPATCHER, MONDAY, TYPE, WARDS
from tests.desk.test_questions import province
from tests.ui.conftest import Stage

replace = msgspec.structs.replace
RING, CRITICAL, OVERDUE, LOST, TICK = Sound


class Recorder:
    """A `Player`."""

    def __init__(self) -> None:
        self.way, self.heard, self.stops = "recorder", list[Sound](), 0

    def play(self, sound: Sound) -> None:
        self.heard.append(sound)

    def stop(self) -> None:
        self.stops += 1

    def close(self) -> None:
        self.stop()


class Ear:
    """A desk, what is heard at it, and a centre that tells it of cases."""

    def __init__(self, stage: Stage, desk: Desk) -> None:
        self.stage, self.desk, self.player = stage, desk, Recorder()
        self.lists, self.opened = list[Filter](), list[str]()
        self.signals = stage.signals(desk)
        self.sounding = Sounding(
            desk, self.signals, stage.tasks, stage.notices, stage.memory, self.lists.append,
            self.opened.append, self.player,
        )  # fmt: skip
        desk.ear.line_is(LineState(kind="simulated", up=True, offers=frozenset(Offer)))
        self._seq = 100
        self._cases = [case for case in province(200, seed=4) if case.status is Status.NEW]

    def heard(self) -> list[Sound]:
        """Since it was asked last."""
        self.stage.settle()
        found, self.player.heard = self.player.heard, []
        return found

    def comes(self, at: int, **changed: Any) -> Case:
        """The centre tells of one; by default of utmost urgency, not sent on, one kind and ward."""
        given = {"urgency": Urgency.CRITICAL, "type": TYPE.code, "lead": None, "handler": "", **changed}
        self._seq += 1
        place = replace(self._cases[at].place, commune=given.pop("commune", WARDS[0].code))
        case = replace(self._cases[at], place=place, revision=self._seq, **given)
        record = CaseRecord(case=case, events=())
        self.desk.sync_port.apply_changes(
            ChangesAnswer(cursor=self._seq, more=False, records=(record,), server_time=MONDAY)
        )
        self.stage.settle()
        return case

    def rings(self, line: str) -> None:
        self.tells(Rang(call=line, number=f"0905 217 3{int(line):02d}"))

    def tells(self, fact: Any) -> None:
        """Of a call, by the line."""
        self.desk.ear.heard(fact)
        self.stage.run(asyncio.sleep(0))
        self.stage.settle()

    def net(self, net: Net) -> None:
        self.signals.connection.emit(Connection(net=net, since=self.desk.clock.now()))

    def said(self) -> list[str]:
        return [notice.text for notice in self.stage.notices._open]


@pytest.fixture
def ear(stage: Stage, desk: Desk) -> Iterator[Ear]:
    made = Ear(stage, desk)
    yield made
    made.sounding.close()


def test_a_ring_goes_on_until_somebody_answers(ear: Ear) -> None:
    ear.rings("1")
    ear.sounding._again.timeout.emit()
    assert ear.heard() == [RING, RING]
    ear.tells(Answered(call="1"))
    assert ear.player.stops == 1
    ear.sounding._again.timeout.emit()
    assert ear.heard() == []
    ear.tells(Ended(call="1", how=Ending.CALLER))
    ear.rings("2")
    assert ear.heard() == [RING]
    ear.tells(Ended(call="2", how=Ending.CALLER))
    assert not ear.sounding._again.isActive()


def test_during_a_call_a_second_one_ticks_once_and_the_rest_is_heard_behind_it(ear: Ear) -> None:
    ear.rings("1")
    ear.tells(Answered(call="1"))
    ear.heard()
    ear.rings("2")
    ear.rings("3")
    ear.net(Net.ONLINE)
    ear.net(Net.OFFLINE)
    ear.comes(0)
    assert ear.heard() == [TICK, TICK]
    assert ear.said() == []
    ear.tells(Ended(call="2", how=Ending.CALLER))
    ear.tells(Ended(call="3", how=Ending.CALLER))
    assert ear.heard() == []
    ear.tells(Ended(call="1", how=Ending.CALLER))
    assert ear.heard() == [CRITICAL], "the weightiest of both, once"
    assert ear.said()[0].startswith("Khẩn cấp: ")


def test_a_flood_in_one_ward_is_one_alarm_until_somebody_has_looked(ear: Ear) -> None:
    first = ear.comes(0)
    for at in range(1, 12):
        ear.comes(at)
    assert ear.heard() == [CRITICAL]
    assert ear.said() == [f"12 phản ánh khẩn cấp: {TYPE.name}, {WARDS[0].short}"]
    ear.comes(12, commune=WARDS[1].code)
    assert ear.heard() == [CRITICAL], "elsewhere is another alarm"
    ear.stage.notices.dismiss()
    ear.stage.notices.look()
    assert ear.lists == [Filter(urgencies=(Urgency.CRITICAL,), communes=(WARDS[0].code,))]
    ear.comes(0, title="Nước lên nữa")
    assert ear.heard() == [CRITICAL], "it was seen to: the same calls again"
    ear.stage.notices.look()
    assert ear.opened == [first.id]


@pytest.mark.parametrize(
    "changed",
    [{"urgency": Urgency.HIGH}, {"status": Status.CLOSED}, {"lead": "H46.1"}],
    ids=["less urgent", "closed", "sent on"],
)
def test_what_is_none_of_this_persons_business_is_not_heard(ear: Ear, changed: dict[str, Any]) -> None:
    ear.comes(0, **changed)
    assert ear.heard() == []
    ear.comes(0, handler=DISPATCHER.user, lead="H46.1")
    assert ear.heard() == [CRITICAL]


def test_opening_the_case_is_seeing_to_it(ear: Ear) -> None:
    case = ear.comes(0)
    ear.stage.run(ear.desk.mark_read(case.id))
    ear.stage.settle()
    assert ear.sounding._alarms.concerns(frozenset({case.id})) == frozenset()
    ear.comes(1)
    assert ear.heard() == [CRITICAL, CRITICAL]


def test_what_one_has_done_oneself_is_not_heard(ear: Ear) -> None:
    ear.stage.log(ear.desk, urgency=Urgency.CRITICAL)
    assert ear.heard() == []


def test_an_own_case_is_heard_once_when_its_time_runs_out(ear: Ear) -> None:
    ear.stage.log(ear.desk)
    due = next(iter(ear.stage.run(ear.desk.queue(View.OPEN, limit=1)).rows)).due
    assert due is not None
    ear.stage.wall.at = due - timedelta(seconds=5)
    ear.sounding._minute.timeout.emit()
    assert ear.heard() == []
    ear.stage.wall.pass_(seconds=30)
    ear.sounding._minute.timeout.emit()
    assert ear.heard() == [OVERDUE]
    assert ear.said()[0].startswith("Phản ánh của bạn vừa quá hạn: ")
    ear.stage.wall.pass_(seconds=30)
    ear.sounding._minute.timeout.emit()
    assert ear.heard() == []


def test_a_lost_line_is_heard_once_and_again_only_after_it_was_back(ear: Ear) -> None:
    for net in (Net.ONLINE, Net.OFFLINE, Net.SENDING, Net.OFFLINE):
        ear.net(net)
    assert ear.heard() == [LOST]
    ear.net(Net.ONLINE)
    ear.stage.wall.pass_(minutes=2)
    ear.net(Net.OFFLINE)
    assert ear.heard() == [LOST]


def test_muted_nothing_is_heard_and_all_is_told(ear: Ear) -> None:
    ear.rings("1")
    ear.sounding.mute(True)
    assert (ear.heard(), ear.player.stops) == ([RING], 1)
    ear.comes(0)
    ear.sounding._again.timeout.emit()
    assert ear.heard() == []
    assert ear.said()
    ear.sounding.try_out()
    assert ear.heard() == [RING], "trying is heard all the same"
    ear.sounding.mute(False)
    assert ear.heard() == [RING], "it still rings"


def test_where_nothing_plays_the_window_system_beeps(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    beeps = list[int]()
    monkeypatch.setattr("console.ui.sound.sounding.QApplication.beep", lambda: beeps.append(1))
    ear.player.way = NONE
    ear.rings("1")
    assert (ear.heard(), beeps) == ([], [1])

"""Colleagues are shown only as long as it is known that they are there."""

import pytest

from console.desk.changes import Changes
from console.desk.presence import LASTS_S, Colleagues
from console.protocol.wire import Presence

CASE, OTHER = "0192f000-0000-7000-8000-000000000001", "0192f000-0000-7000-8000-000000000002"


class Told:
    """A desk at station 03 and a clock in the hand."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.news: list[frozenset[str]] = []
        self.all = Colleagues(lambda: "03", self._hear, lambda: self.now)

    def _hear(self, changes: Changes) -> None:
        self.news.append(changes.presence)

    def at(self, case: str) -> list[str]:
        return [present.user for present in self.all.at(case)]


def line(user: str, case: str | None, station: str = "08", typing: bool = False) -> Presence:
    return Presence(user=user, name=user.upper(), station=station, case=case, typing=typing)


@pytest.fixture
def told() -> Told:
    return Told()


def test_after_half_a_minute_without_a_word_nobody_is_shown(told: Told) -> None:
    told.all.heard(line("op07", CASE))
    assert told.at(CASE) == ["op07"]
    assert told.all.next_end_s() == LASTS_S
    told.now += LASTS_S - 1
    assert told.at(CASE) == ["op07"]
    told.now += 1
    assert told.at(CASE) == []  # also where nobody swept
    told.all.sweep()
    assert told.news == [{CASE}, {CASE}]
    assert told.all.next_end_s() is None


def test_a_word_of_the_centre_keeps_them(told: Told) -> None:
    told.all.heard(line("op07", CASE))
    told.now += 20
    told.all.board([line("op07", CASE)], told.now)
    told.now += 20
    assert told.at(CASE) == ["op07"]
    assert told.news == [{CASE}]  # nothing changed: no screen reads anything again


def test_who_is_not_on_the_board_has_left(told: Told) -> None:
    told.all.heard(line("op07", CASE))
    told.now += 1
    told.all.board([line("op05", OTHER, "05")], told.now)
    assert (told.at(CASE), told.at(OTHER)) == ([], ["op05"])
    assert told.news[-1] == {CASE, OTHER}


def test_what_the_stream_said_after_the_question_is_newer_than_its_answer(told: Told) -> None:
    asked = told.now
    told.now += 1
    told.all.heard(line("op07", None))
    told.all.heard(line("op05", CASE, "05"))
    told.all.board([line("op07", CASE)], asked)
    assert told.at(CASE) == ["op05"]


def test_from_one_case_to_another_both_are_told(told: Told) -> None:
    told.all.heard(line("op07", CASE))
    told.all.heard(line("op07", OTHER, typing=True))
    assert told.news[-1] == {CASE, OTHER}
    assert told.all.at(OTHER)[0].typing


def test_this_desk_is_not_its_own_colleague(told: Told) -> None:
    told.all.heard(line("op03", CASE, "03"))
    assert told.at(CASE) == []


def test_after_a_sleep_nothing_is_known(told: Told) -> None:
    told.all.heard(line("op07", CASE))
    told.all.lost()
    assert (told.at(CASE), told.news[-1], told.all.any) == ([], {CASE}, False)


def test_nothing_open_is_never_written_in(told: Told) -> None:
    rung = list[int]()
    told.all.on_moved(lambda: rung.append(1))
    told.all.look(None, typing=True)
    assert rung == []
    told.all.look(CASE, typing=True)
    told.all.look(CASE, typing=True)
    assert (len(rung), tuple(told.all.looking)) == (1, (CASE, True))

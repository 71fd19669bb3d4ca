"""Each number of the board: as many as its list has rows, and as an obvious recount of the cases finds."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from console.desk.board.board_rows import Board, Listed
from console.desk.board.scoring import ScoreNotYours, ScoreUnfit
from console.desk.desk import Desk
from console.domain.case import Case, Channel, Status
from console.domain.category import Urgency
from console.domain.deadline import outcome
from console.domain.display import display_status
from console.domain.quality import is_drawn, points_of
from console.domain.zone import local_day
from tests.desk.board.province import NOW, cases, desk_with
from tests.desk.people import DISPATCHER

TODAY = local_day(NOW)


class Told:
    """A desk, its loop, and what its board says."""

    def __init__(self, desk: Desk, run: Callable[[Any], Any]) -> None:
        self.desk, self.run = desk, run
        self.board: Board = run(desk.board())

    def rows(self, listed: Listed) -> int:
        found: int = self.run(self.desk.queue(listed.view, listed.filter, limit=1)).total
        return found


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with asyncio.Runner() as runner:
        desk = runner.run(desk_with(tmp_path_factory.mktemp("board")))
        yield Told(desk, runner.run)
        desk.close()


def test_every_number_opens_a_list_of_so_many_rows(told: Told) -> None:
    board = told.board
    single = [getattr(board, name) for name in board.__struct_fields__]
    listed = [one for one in single if isinstance(one, Listed)]
    listed += [one for agency in board.agencies for one in (agency.in_time, agency.judged)]
    listed += board.held.values()
    assert len(listed) > 20
    assert [(one.n, one.view) for one in listed] == [(told.rows(one), one.view) for one in listed]
    counts = told.run(told.desk.counts())
    assert [(one.n, one.view) for one in (board.open, board.overdue, board.near)] == [
        (counts[one.view], one.view) for one in (board.open, board.overdue, board.near)
    ]


def due_at(case: Case) -> Any:
    deadline = case.deadline
    return None if deadline is None or deadline.resting_since is not None else deadline


def test_the_numbers_are_those_of_an_obvious_recount(told: Told) -> None:
    board, every = told.board, cases()
    open_ = [case for case in every if case.status.is_open]
    overdue = [case for case in open_ if (due := due_at(case)) and due.due <= NOW]
    near = [case for case in open_ if (due := due_at(case)) and due.near <= NOW < due.due]
    assert (board.open.n, board.overdue.n, board.near.n) == (len(open_), len(overdue), len(near))
    assert board.near_critical.n == sum(case.urgency is Urgency.CRITICAL for case in near)
    assert board.asking.n == sum(display_status(case) == "pending_approval" for case in open_)
    week = [
        case for case in every
        if case.resolved_at and local_day(case.resolved_at) > TODAY - timedelta(days=7)
        and case.status is not Status.MERGED and outcome(case)
    ]  # fmt: skip
    in_time = [case for case in week if outcome(case) in ("met", "metExtended")]
    assert (board.in_time.n, board.judged.n) == (len(in_time), len(week))
    assert 0 < len(in_time) < len(week)
    by_lead = Counter(case.lead for case in week)
    assert {one.code: one.judged.n for one in board.agencies} == by_lead
    kept = Counter(case.lead for case in in_time)
    assert {one.code: one.in_time.n for one in board.agencies} == {lead: kept[lead] for lead in by_lead}
    late = [one.judged.n - one.in_time.n for one in board.agencies]
    assert late == sorted(late, reverse=True)
    held = Counter(case.handler for case in open_)
    assert {user: one.n for user, one in board.held.items()} == held


def test_what_came_in_is_counted_by_hour_and_against_four_weeks(told: Told) -> None:
    board, every = told.board, cases()
    for channel in Channel:
        hours = Counter(
            case.entered_at.astimezone(NOW.tzinfo).hour
            for case in every
            if local_day(case.entered_at) == TODAY and case.channel is channel
        )
        assert board.by_hour.get(channel.value, (0,) * 24) == tuple(hours[hour] for hour in range(24))
    assert board.today.n == sum(sum(hours) for hours in board.by_hour.values()) > 0
    before = [TODAY - timedelta(days=ago) for ago in range(1, 29)]
    usual = Counter(
        case.entered_at.astimezone(NOW.tzinfo).hour for case in every if local_day(case.entered_at) in before
    )
    assert board.usual == pytest.approx([usual[hour] / 28 for hour in range(24)])


def test_the_overdue_come_oldest_first_and_where_most_lie_is_named(told: Told) -> None:
    board = told.board
    dues = [row.due_ms for row in board.late]
    assert dues == sorted(dues) and len(dues) == min(board.overdue.n, 60)  # type: ignore[type-var]  # noqa: PT018
    assert board.worst is not None
    assert 0 < board.worst.n <= board.overdue.n
    assert board.worst_name


def test_wishes_are_told_with_what_is_asked_and_since_when(told: Told) -> None:
    asking = {
        case.id: next(one for one in case.extensions if one.state == "pending")
        for case in cases()
        if display_status(case) == "pending_approval"
    }
    wishes = told.board.wishes
    assert {wish.row.id: (wish.at, wish.words, wish.until) for wish in wishes} == {
        id_: (one.asked_at, one.reason, one.new_due) for id_, one in asking.items()
    }
    assert [wish.at for wish in wishes] == sorted(wish.at for wish in wishes)
    assert wishes and all(wish.kind == "extension" for wish in wishes)  # noqa: PT018


def test_drawn_calls_are_scored_one_after_the_other(tmp_path: Path) -> None:
    with asyncio.Runner() as runner:
        desk = runner.run(desk_with(tmp_path))
        try:
            sampling = runner.run(desk.board()).sampling
            assert sampling is not None
            form = sampling.form
            since = TODAY - timedelta(days=form.days - 1)
            wanted = [
                case for case in sorted(cases(), key=lambda case: case.entered_at)
                if local_day(case.entered_at) >= since
                and is_drawn(case.number, case.channel, case.urgency, form.percent)
            ]  # fmt: skip
            assert (sampling.drawn, sampling.scored) == (len(wanted), 0)
            assert sampling.next == wanted[0].id
            full = {item.code: item.most for item in form.items}
            with pytest.raises(ScoreUnfit):
                runner.run(desk.score_call(sampling.next, form, {**full, "place": 9}))
            given = runner.run(desk.score_call(sampling.next, form, {**full, "place": 0}, "Thiếu mốc"))
            assert (given.total, points_of(form, full)) == (0, form.most)
            after = runner.run(desk.board()).sampling
            assert (after.scored, after.next) == (1, wanted[1].id)
            assert runner.run(desk.score_of(sampling.next)) == given
            assert runner.run(desk.score_of(after.next)) is None
            desk.sign_in(DISPATCHER)
            with pytest.raises(ScoreNotYours):
                runner.run(desk.score_call(after.next, form, full))
        finally:
            desk.close()

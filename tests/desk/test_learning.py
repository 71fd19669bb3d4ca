"""A desk learns from the cases that it keeps: in slices behind everything else, and from each new one."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from console.desk import kept_learning
from console.desk.desk import Desk
from console.desk.learning.past import LATELY_MS, lately_of
from console.desk.rows import View
from console.domain.command import Assign
from console.domain.zone import local_day
from tests.desk.conftest import Office, logged
from tests.desk.people import LEAD, MONDAY, OTHER_LEAD, TYPE, WARDS, report

DAY = local_day(MONDAY)
ODD = "Tấm sắt giữa ngõ kêu lục cục suốt đêm"
OTHER = "power.outage"


@pytest.fixture(autouse=True)
def soon_and_little(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_learning, "SLICE", 2)
    monkeypatch.setattr(kept_learning, "LATER_S", 0.0)
    monkeypatch.setattr(kept_learning, "REST", 0.0)


def while_learning(office: Office, desk: Desk, act: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """`act` beside a desk that learns."""

    async def both() -> Any:
        learning = asyncio.ensure_future(desk.keep_learning())
        try:
            return await act()
        finally:
            learning.cancel()
            await asyncio.wait([learning])

    return office.run(both())


async def learnt(desk: Desk, cases: int) -> None:
    """Until it was taught so many."""
    async with asyncio.timeout(10):
        while desk._held.learning._model is None or desk._held.learning._model.learnt < cases:
            await asyncio.sleep(0.001)
        await desk._held.learning.up_to_date.wait()


def test_what_was_logged_is_proposed_with_its_words_and_how_often(office: Office, desk: Desk) -> None:
    async def ask() -> Any:
        await learnt(desk, 5)
        return await desk.type_guesses("co tam sat keu luc cuc", WARDS[0].code, DAY)

    for _ in range(5):
        logged(office, desk, forward=False, type=OTHER, title=ODD, description=ODD)
    found = while_learning(office, desk, ask)[0]
    assert (found.type, found.cases) == (OTHER, 5)
    assert "keu luc" in " ".join(found.words)


def test_a_new_report_counts_a_moment_later(office: Office, desk: Desk) -> None:
    async def ask() -> Any:
        await learnt(desk, 0)
        before = await desk.type_guesses("kêu lục cục", "", DAY)
        for _ in range(3):
            draft = await desk.open_draft()
            await desk.log_report(draft, report(draft, type=OTHER, title=ODD, description=ODD), None)
        await learnt(desk, 3)
        return before, await desk.type_guesses("kêu lục cục", "", DAY)

    before, after = while_learning(office, desk, ask)
    assert before == ()
    assert after[0].type == OTHER


def test_questions_are_answered_while_it_learns(office: Office, desk: Desk) -> None:
    for _ in range(20):
        logged(office, desk, forward=False)

    async def ask() -> Any:
        page = await desk.queue(View.ALL)
        return page.total, desk._held.learning.up_to_date.is_set()

    assert while_learning(office, desk, ask) == (20, False)


def test_it_knows_the_names_before_it_has_learnt_anything(office: Office, desk: Desk) -> None:
    found = office.run(desk.type_guesses("mat dien tu sang", "", DAY))
    assert (found[0].type, found[0].cases) == (OTHER, 0)


def test_the_past_tells_who_handled_it_here(office: Office, desk: Desk) -> None:
    here, far = WARDS[0], next(ward for ward in WARDS if ward.parent != WARDS[0].parent)
    done = [logged(office, desk) for _ in range(8)]
    office.run(desk.act(done[0].case, Assign(lead=OTHER_LEAD, expects=LEAD)))
    logged(office, desk, type=OTHER)
    found = office.run(desk.past(TYPE.code, here.code))
    assert found.leads == ((LEAD, 7), (OTHER_LEAD, 1))
    assert (found.in_commune, found.forwarded, found.led_by(OTHER_LEAD)) == (True, 8, 1)
    assert sum(cases for _, cases in found.urgencies) == 8
    assert office.run(desk.past(TYPE.code, far.code)).leads == ()


def test_a_commune_with_few_cases_is_told_of_its_district(office: Office, desk: Desk) -> None:
    here = next(ward for ward in WARDS[1:] if ward.parent == WARDS[0].parent)
    for _ in range(3):
        logged(office, desk)
    found = office.run(desk.past(TYPE.code, here.code))
    assert (found.leads, found.in_commune) == (((LEAD, 3),), False)


def test_what_is_longer_ago_than_a_year_is_not_told(office: Office, desk: Desk) -> None:
    logged(office, desk)
    office.wall.pass_(days=366)
    found = office.run(desk.past(TYPE.code, WARDS[0].code))
    assert (found.leads, found.urgencies) == ((), ())


def test_what_the_last_hours_brought_is_heard_from_the_columns(office: Office, desk: Desk) -> None:
    for kind in (OTHER, TYPE.code, TYPE.code):
        logged(office, desk, type=kind)
    office.run(desk.keep_index())
    finder, now = desk._held.index.finder, desk._held.now_ms()
    assert finder is not None
    assert lately_of(finder.columns, now) == {OTHER: 1, TYPE.code: 2}
    assert lately_of(finder.columns, now + LATELY_MS + 60_000) == {}

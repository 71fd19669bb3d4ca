"""The index beside a real store: whatever changes cases changes it, and it answers as the file does."""

import random
from itertools import product

import pytest

from console.desk import kept_index
from console.desk.desk import Desk
from console.desk.errors import StoreFull
from console.desk.index import found
from console.desk.rows import BUILT_IN, Filter, Sort, View
from console.domain.case import Channel
from console.domain.command import Assign
from console.domain.text import fold_text
from console.models import queue
from console.models.case_rows import Local
from console.models.cases import Stored
from console.protocol.wire import CaseRecord
from tests.desk.centre import TinyCentre
from tests.desk.conftest import Office, exchange, logged
from tests.desk.index.on_file import rows_on_file, same_as_on_file
from tests.desk.people import LEAD
from tests.desk.test_questions import centre_answer, province, replace


@pytest.fixture(autouse=True)
def many_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_index, "SLICE", 7)


@pytest.fixture
def full(office: Office, desk: Desk) -> Desk:
    """A hundred cases, all in memory."""
    records = [CaseRecord(case=case, events=()) for case in province(100, seed=5)]
    desk.sync_port.apply_snapshot(records, None, 100, 100)
    desk.sync_port.finish_snapshot()
    office.run(desk.keep_index())
    return desk


def check(office: Office, desk: Desk) -> None:
    office.run(same_as_on_file(desk))


def test_it_answers_as_the_file_does(office: Office, full: Desk) -> None:
    index = full._held.index
    for view, sort, reverse in product(BUILT_IN, Sort, (False, True)):
        if not queue.serves(view.value, sort.value):
            continue
        kept = office.run(full.queue(view, Filter(), sort, 3, 20, reverse=reverse))
        finder, index.finder = index.finder, None
        read = office.run(full.queue(view, Filter(), sort, 3, 20, reverse=reverse))
        counts = office.run(full.counts())
        index.finder = finder
        assert (read.rows, read.total, read.answer) == (kept.rows, kept.total, 0)
        assert counts == office.run(full.counts())


def test_what_is_written_while_it_is_read_in_is_in_it(office: Office, desk: Desk) -> None:
    cases = province(60, seed=6)
    records = [CaseRecord(case=case, events=()) for case in cases]
    desk.sync_port.apply_snapshot(records[:50], None, 60, 60)
    desk.sync_port.finish_snapshot()
    index = desk._held.index
    for begun in range(0, 40, 10):
        office.run(desk._held.call(index._read_slice))
        changed = [replace(case, handler="op01", revision=500) for case in cases[begun : 50 - begun]]
        for case in (*changed, cases[50 + begun // 10]):
            desk.sync_port.apply_changes(centre_answer(500, CaseRecord(case=case, events=())))
    office.run(desk.keep_index())
    check(office, desk)


def test_every_way_in_which_cases_change_changes_it(office: Office, full: Desk, centre: TinyCentre) -> None:
    chance = random.Random(7)
    done = logged(office, full)
    check(office, full)
    assert office.run(full.undo(done.commands))
    check(office, full)
    done = logged(office, full, forward=False)
    exchange(full, centre)
    office.run(full.act(done.case, Assign(lead=LEAD, expects=None)))
    check(office, full)
    for case in chance.sample(province(100, seed=5), 30):
        other = replace(case, channel=Channel.PHONE, handler="op02", revision=1000, deadline=None)
        full.sync_port.apply_changes(centre_answer(1000, CaseRecord(case=other, events=())))
    check(office, full)
    full.sync_port.begin_again()
    check(office, full)
    assert len(office.run(rows_on_file(full))) == 2, "what was given here stands on its own commands"
    again = [CaseRecord(case=case, events=()) for case in province(40, seed=8)]
    full.sync_port.apply_snapshot(again, None, 40, 40)
    check(office, full)


def test_what_was_rolled_back_never_was(office: Office, full: Desk) -> None:
    held, case = full._held, province(100, seed=5)[1]
    other = replace(case, handler="op09", deadline=None, channel=Channel.PHONE)

    def torn() -> None:
        with held.store.transaction():
            held.cases.put([Stored(other, Local())], held.cases.known([case.id]))
            held.cases.remove(province(100, seed=5)[2].id)
            raise StoreFull

    with pytest.raises(StoreFull):
        office.run(held.call(torn))
    check(office, full)
    assert office.run(full.count(View.ALL, Filter(handlers=("op09",)))) == 0


def test_what_another_process_wrote_is_looked_at_again(office: Office, full: Desk) -> None:
    """As the fill child's slice: rows it changed, added, deleted."""
    held, keys = full._held, (3, 5, 900)

    class Wrote:
        def __init__(self, keys: tuple[int, ...]) -> None:
            self.keys = keys

    def turn(told: bool) -> Wrote | None:
        held.cases.watch = None
        with held.store.transaction():
            held.store.cursor("UPDATE case_row SET open = 1, handler = 'op09', near_sort = 5 WHERE pk = 3")
            held.store.cursor("DELETE FROM case_row WHERE pk = 5")
            held.store.cursor("UPDATE case_row SET pk = 900 WHERE pk = 7") if not told else None
        held.cases.watch = held.index
        return Wrote((*keys, 7)) if told else None

    office.run(held.call(lambda: None))
    full.sync_port.lend(lambda: turn(True))
    check(office, full)
    assert full.sync_port.lend(lambda: turn(False)) is None
    assert held.index.finder is None, "nobody knows what it wrote"
    office.run(full.keep_index())
    check(office, full)


def test_pages_of_one_answer_hold_each_case_once_while_cases_change(office: Office, full: Desk) -> None:
    first = office.run(full.queue(View.OPEN, limit=10))
    rows, answer = list(first.rows), first.answer
    for case in province(100, seed=5)[::3]:
        other = replace(case, deadline=None, revision=2000)
        full.sync_port.apply_changes(centre_answer(2000, CaseRecord(case=other, events=())))
    while len(rows) < first.total:
        page = office.run(full.queue(View.OPEN, offset=len(rows), limit=10, answer=answer))
        assert (page.answer, page.total) == (answer, first.total)
        rows += page.rows
    assert len({row.id for row in rows}) == first.total
    other_question = office.run(full.queue(View.ALL, offset=10, limit=10, answer=answer))
    assert other_question.answer != answer


def test_words_find_what_they_find_on_the_file_while_cases_change(
    office: Office, full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(found, "CHANGED", 3)
    cases = {case.id: case for case in province(100, seed=5)}
    for changed, case in enumerate(list(cases.values())[:8]):
        for view, word in product((View.OPEN, View.CALLBACK, View.ALL), ("quokka", "wombat")):
            asked = Filter(words=word)
            total = office.run(full.count(view, asked))
            page = office.run(full.queue(view, asked, limit=200))
            holds = office.run(full.queue(view, limit=200)).rows
            expected = {row.id for row in holds if word in fold_text(row.title)}
            assert {row.id for row in page.rows} == expected, (changed, view, word)
            assert total == len(expected)
        title = ("Quokka lạc", "Wombat")[changed % 2]
        other = replace(case, title=title, revision=3000 + changed)
        full.sync_port.apply_changes(centre_answer(3000, CaseRecord(case=other, events=())))
    full.sync_port.begin_again()
    assert office.run(full.count(View.ALL, Filter(words="wombat"))) == 0

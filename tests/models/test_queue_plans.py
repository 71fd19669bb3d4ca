"""Every standard question walks an index; none sorts or scans the table."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from console.desk.rows import BUILT_IN, Sort, View
from console.models import queue
from console.models.queue import Ask
from console.models.shape import ORDERS
from console.models.store import Store, open_store

KEY = bytes(32)
NOW = 1_730_700_000_000
SERVED = [(view, sort) for view, sort in product(BUILT_IN, ORDERS) if queue.serves(view.value, sort)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(Path(tmp_path_factory.mktemp("plans")), KEY)
    yield opened
    opened.close()


def plan(store: Store, ask: Ask) -> list[str]:
    return [str(row[3]) for row in store.read(f"EXPLAIN QUERY PLAN {ask.sql}", ask.values)]


def on_rows(steps: list[str]) -> list[str]:
    return [step for step in steps if "case_row" in step]


def test_every_built_in_view_is_there_before_the_index_of_all_cases() -> None:
    assert {(view, Sort.DUE.value) for view in BUILT_IN} <= set(SERVED)
    assert {(View.OPEN, sort) for sort in ORDERS} <= set(SERVED)


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("view", "sort"), SERVED)
def test_a_page_comes_in_order_out_of_one_covering_index(
    store: Store, view: View, sort: str, reverse: bool
) -> None:
    """Equal ones alone are put in order by key, as many as there are of the last."""
    steps = plan(store, queue.page(view.value, sort, NOW, "op01", 0, 50, reverse))
    assert [s for s in steps if "TEMP B-TREE" in s and "LAST TERM" not in s] == []
    assert [step for step in on_rows(steps) if "COVERING INDEX ix_" not in step] == []


@pytest.mark.parametrize("view", BUILT_IN)
def test_a_count_reads_one_covering_index(store: Store, view: View) -> None:
    steps = plan(store, queue.count(view.value, NOW, "op01"))
    assert not [step for step in steps if "TEMP B-TREE" in step], steps
    assert [step for step in on_rows(steps) if "COVERING INDEX ix_" not in step] == []


def test_what_is_overdue_reads_only_that_part(store: Store) -> None:
    (step,) = on_rows(plan(store, queue.count("overdue", NOW, "op01")))
    assert step.startswith("SEARCH"), step


def test_rows_are_found_by_their_key(store: Store) -> None:
    near = queue.near_of((1, 2, 3), None, "18853")
    for ask in (queue.rows_at((1, 2, 3)), queue.rows_of(("a", "b")), near, queue.bodies_at((1, 2))):
        assert all(step.startswith("SEARCH") for step in plan(store, ask) if "case_" in step)


@pytest.mark.parametrize(
    ("sql", "values", "index"),
    [
        (queue.POINTS, (), "ix_points"),
        (queue.DISTRICTS, (NOW,), "ix_points"),
        (queue.EARLIER, ("+84912345678", 20), "ix_phone"),
        (*queue.recent_near(NOW, (17.0, 18.0, 106.0, 107.0), "18853"), "ix_recent"),
        (queue.ENTERED_SPOTS, (0, NOW, 100), "COVERING INDEX ix_recent"),
        (queue.CLOSED_SPOTS, (0, NOW, 100), "COVERING INDEX ix_closed"),
        (queue.OPEN_SPOTS, (NOW,), "COVERING INDEX ix_points"),
        (queue.COMMUNES, (NOW, 0, NOW), "COVERING INDEX ix_points"),
        ("SELECT id FROM case_row WHERE number = ?", ("2411-07001-2",), "ix_number"),
    ],
)
def test_the_other_questions_have_their_index(
    store: Store, sql: str, values: tuple[object, ...], index: str
) -> None:
    steps = plan(store, Ask(sql, values))
    assert all(index in step for step in on_rows(steps)), steps
    assert not [step for step in steps if "TEMP B-TREE" in step]


def test_a_question_without_its_index_is_refused_not_slow(store: Store) -> None:
    with store.transaction():
        store.cursor("DROP INDEX ix_triage_due")
    with pytest.raises(Exception, match="no such index"):
        store.read(*queue.page("triage", "due", NOW, "op01", 0, 50))

"""What the queue shows, without a window: places that keep, what is held back, what has left."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from console.desk.rows import Filter, Page, QueueRow, Sort, View
from console.domain.case import Channel, Status
from console.domain.category import Urgency
from console.models.times import to_ms
from console.ui.queue.columns import DUE, STATUS
from console.ui.queue.state import COLUMNS, KEPT_PAGES, PAGE, QueueState, belongs

NOW = datetime(2024, 11, 4, 7, 0, tzinfo=UTC)


def row(name: str, **changed: Any) -> QueueRow:
    plain = QueueRow(
        id=name,
        number="2411-07001-3",
        channel=Channel.PHONE,
        urgency=Urgency.NORMAL,
        status=Status.ASSIGNED,
        display_status="assigned",
        type="x",
        title="Nắp cống vỡ",
        place="Đường Lý Thường Kiệt",
        lead="a",
        lead_name="UBND",
        due_ms=to_ms(NOW + timedelta(hours=4)),
        near_ms=to_ms(NOW + timedelta(hours=3)),
        resting=False,
        entered_ms=to_ms(NOW),
        closed_ms=None,
        outcome="",
        unread=False,
        waiting=False,
        attention=False,
        handler="op01",
        callback_due=False,
        lon=None,
        lat=None,
    )
    return msgspec.structs.replace(plain, **changed)


@dataclass
class Book:
    """Rows as the desk would page them."""

    rows: list[QueueRow] = field(default_factory=list)

    def page(self, offset: int) -> Page:
        return Page(rows=tuple(self.rows[offset : offset + PAGE]), total=len(self.rows), offset=offset)


def shown(count: int = 120, **more: Any) -> tuple[QueueState, Book]:
    book = Book([row(f"r{at}") for at in range(count)])
    state = QueueState(user="op01", **more)
    state.ask()
    state.begin([book.page(0)], NOW)
    return state, book


def test_pages_are_asked_for_once_and_only_inside_the_list() -> None:
    state, book = shown()
    assert state.total == 120
    assert state.row(0) is not None
    assert state.row(60) is None
    assert state.wanted(60) == 1
    assert state.wanted(61) is None
    assert state.wanted(500) is None
    state.take(book.page(50))
    assert state.row(60) == book.rows[60]
    assert state.index_of("r60") == 60
    state.wanted(110)
    state.failed(2)
    assert state.wanted(110) == 2


def test_long_scrolling_forgets_the_oldest_pages() -> None:
    state, book = shown((KEPT_PAGES + 5) * PAGE)
    for number in range(1, KEPT_PAGES + 5):
        state.take(book.page(number * PAGE))
    assert state.row(0) is None
    assert state.index_of("r0") is None
    assert state.wanted(0) == 0
    last = (KEPT_PAGES + 5) * PAGE - 1
    assert state.row(last) is not None


def test_the_page_of_the_current_row_is_kept_however_far_one_looks() -> None:
    state, book = shown((KEPT_PAGES + 5) * PAGE)
    state.pin(10)
    for number in range(1, KEPT_PAGES + 5):
        state.take(book.page(number * PAGE))
    assert state.row(10) == book.rows[10]
    assert sum(state.row(at * PAGE) is not None for at in range(KEPT_PAGES + 5)) == KEPT_PAGES


def test_a_page_of_another_answer_moves_nothing_and_is_told() -> None:
    state, book = shown()
    state.take(msgspec.structs.replace(book.page(PAGE), answer=7))
    assert not state.held
    state.take(msgspec.structs.replace(book.page(2 * PAGE), answer=8))
    assert state.index_of("r0") == 0
    assert state.answer == 8
    assert state.held


def test_a_stretch_has_ids_only_where_all_its_rows_are_here() -> None:
    state, _ = shown()
    assert state.ids(2, 4) == ["r2", "r3", "r4"]
    assert state.ids(48, 52) is None


def test_another_order_goes_its_own_way_round() -> None:
    state, _ = shown()
    state.ask(reverse=True)
    state.ask()
    assert state.reverse
    state.ask(sort=Sort.NEWEST)
    assert not state.reverse


def test_text_changes_in_place_and_says_which_columns() -> None:
    state, book = shown()
    change = state.update(
        msgspec.structs.replace(book.rows[3], status=Status.IN_PROGRESS, display_status="in_progress"), NOW
    )
    assert change is not None
    assert (change.index, change.columns) == (3, frozenset({STATUS}))
    assert state.update(state.row(3) or book.rows[3], NOW) is None
    assert not state.held


def test_a_row_never_moves_before_it_is_asked_to() -> None:
    state, book = shown()
    sooner = msgspec.structs.replace(book.rows[9], due_ms=to_ms(NOW + timedelta(minutes=1)))
    change = state.update(sooner, NOW)
    assert change is not None
    assert change.columns == frozenset({DUE})
    assert state.index_of("r9") == 9
    assert state.moved
    assert state.held


def test_in_another_order_a_new_deadline_moves_nothing() -> None:
    state, book = shown(sort=Sort.NEWEST)
    state.update(msgspec.structs.replace(book.rows[9], due_ms=to_ms(NOW)), NOW)
    assert not state.moved


def test_a_closed_row_stays_greyed_until_the_list_is_read_anew() -> None:
    state, book = shown()
    closed = msgspec.structs.replace(book.rows[4], status=Status.CLOSED, display_status="closed")
    change = state.update(closed, NOW)
    assert change is not None
    assert len(change.columns) == COLUMNS
    assert state.departed == {"r4"}
    assert state.row(4) == closed
    state.update(book.rows[4], NOW)
    assert state.departed == set()
    state.update(closed, NOW)
    state.ask()
    state.begin([book.page(0)], NOW)
    assert not state.held


def test_new_rows_wait_and_are_counted_once() -> None:
    state, _ = shown(20)
    fresh = row("new")
    assert state.arrive([fresh], frozenset({"new"}), NOW)
    assert not state.arrive([fresh], frozenset({"new"}), NOW)
    assert state.news == {"new"}
    assert state.total == 20
    gone = msgspec.structs.replace(fresh, status=Status.REJECTED)
    assert state.arrive([gone], frozenset(), NOW)
    assert state.news == set()


def test_while_pages_are_missing_only_cases_new_to_the_desk_count() -> None:
    state, _ = shown(120)
    assert not state.arrive([row("r100")], frozenset(), NOW)
    assert state.arrive([row("new")], frozenset({"new"}), NOW)


def test_a_new_row_of_another_channel_does_not_wait_under_the_filter() -> None:
    state, _ = shown(20, filter=Filter(channels=(Channel.APP,)))
    assert not state.arrive([row("new")], frozenset({"new"}), NOW)
    assert state.arrive([row("app", channel=Channel.APP)], frozenset({"app"}), NOW)


def test_asking_anew_counts_generations() -> None:
    state, _ = shown()
    before = state.generation
    assert state.ask(view=View.MINE) == before + 1
    assert state.view is View.MINE
    assert state.sort is Sort.DUE


@pytest.mark.parametrize(
    ("view", "changed", "fits"),
    [
        (View.OPEN, {}, True),
        (View.OPEN, {"status": Status.MERGED}, False),
        (View.MINE, {}, True),
        (View.MINE, {"handler": "op02"}, False),
        (View.TRIAGE, {"display_status": "triage", "status": Status.NEW}, True),
        (View.TRIAGE, {"status": Status.NEW, "display_status": "new"}, False),
        (View.SOON, {"near_ms": to_ms(NOW)}, True),
        (View.SOON, {"near_ms": to_ms(NOW), "resting": True}, False),
        (View.SOON, {"near_ms": to_ms(NOW), "due_ms": to_ms(NOW)}, False),
        (View.OVERDUE, {"due_ms": to_ms(NOW)}, True),
        (View.OVERDUE, {"due_ms": None}, False),
        (View.OVERDUE, {"due_ms": to_ms(NOW), "status": Status.CLOSED}, False),
        (View.CALLBACK, {"callback_due": True, "status": Status.RESOLVED}, True),
        (View.CALLBACK, {}, False),
    ],
)
def test_which_view_a_row_belongs_to(view: View, changed: dict[str, Any], fits: bool) -> None:
    assert belongs(row("r", **changed), view, "op01", NOW) is fits

"""Times and deadlines in words, as people here read them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from console.ui.parts.time_text import (
    clock_text,
    date_text,
    due_of,
    duration_text,
    moment_text,
    overdue_text,
    short_moment_text,
    weekday_date_text,
)

NOW = datetime(2023, 11, 3, 7, 37, 22, tzinfo=UTC)  # 14:37:22 here


@dataclass
class Row:
    due: datetime | None = None
    near: datetime | None = None
    resting: bool = False
    closed: datetime | None = None
    outcome: str = ""


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=5), "1 phút"),
        (timedelta(minutes=18), "18 phút"),
        (timedelta(hours=1, minutes=5), "1 giờ 05"),
        (timedelta(hours=3, minutes=10), "3 giờ 10"),
        (timedelta(hours=6), "6 giờ"),
        (timedelta(hours=24), "1 ngày"),
        (timedelta(days=2, hours=5, minutes=59), "2 ngày 5 giờ"),
    ],
)
def test_what_is_left(span: timedelta, text: str) -> None:
    assert duration_text(span) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(minutes=65), "1 giờ 05"),
        (timedelta(hours=28, minutes=40), "28 giờ"),
        (timedelta(hours=47, minutes=59), "47 giờ"),
        (timedelta(hours=48), "2 ngày"),
        (timedelta(days=9, hours=23), "9 ngày"),
    ],
)
def test_what_is_over_is_in_hours_up_to_two_days(span: timedelta, text: str) -> None:
    assert overdue_text(span) == text


def test_the_wall_clock_here_is_seven_hours_ahead() -> None:
    assert clock_text(NOW) == "14:37"
    late = datetime(2023, 11, 3, 17, 30, tzinfo=UTC)
    assert date_text(late) == "04/11/2023"
    assert weekday_date_text(late) == "Thứ Bảy 04/11/2023"


def test_days_near_now_have_names() -> None:
    day = timedelta(days=1)
    assert moment_text(NOW, NOW) == "14:37 hôm nay"
    assert moment_text(NOW - day, NOW) == "14:37 hôm qua"
    assert moment_text(NOW + day, NOW) == "14:37 ngày mai"
    assert moment_text(NOW - 2 * day, NOW) == "14:37 01/11/2023"
    assert short_moment_text(NOW - day, NOW) == "02/11 14:37"


def test_a_running_deadline_is_plain_then_near_then_over() -> None:
    due, near = NOW + timedelta(minutes=42), NOW + timedelta(minutes=10)
    assert due_of(Row(due, near), NOW)[:2] == ("ok", "Còn 42 phút")
    assert due_of(Row(due, near), near)[:2] == ("soon", "Còn 32 phút")
    assert due_of(Row(due, near), due)[:2] == ("over", "Quá hạn 1 phút")
    assert due_of(Row(due, near), NOW).exact == "Hạn 15:19 03/11/2023"


def test_a_deadline_that_rests_or_ended_says_so() -> None:
    assert due_of(Row(NOW, NOW, resting=True), NOW).kind == "paused"
    assert due_of(Row(), NOW).kind == "none"
    assert due_of(Row(NOW, outcome="met"), NOW)[:2] == ("met", "Đúng hạn")
    late = Row(NOW, closed=NOW + timedelta(hours=3), outcome="late")
    assert due_of(late, NOW)[:2] == ("late", "Trễ hạn 3 giờ")
    assert due_of(Row(NOW, outcome="late"), NOW)[:2] == ("late", "Trễ hạn")

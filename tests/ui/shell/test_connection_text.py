"""Every state of the connection in words."""

from datetime import UTC, datetime, timedelta

import pytest

from console.desk.connection import Connection, Net
from console.ui.shell.connection_text import banner_of, chip_of, data_text, retry_text, status_line

NOW = datetime(2023, 11, 3, 7, 37, tzinfo=UTC)
SINCE = NOW - timedelta(minutes=28)


def at(net: Net, **more: object) -> Connection:
    return Connection(net=net, since=SINCE, **more)  # type: ignore[arg-type]


def test_offline_says_since_when_that_work_goes_on_and_when_it_is_tried_again() -> None:
    off = at(Net.OFFLINE, data_as_of=SINCE, retry_at=NOW + timedelta(seconds=12), waiting=6, attention=2)
    banner = banner_of(off, NOW)
    assert banner is not None
    assert banner.strong == "Mất kết nối máy chủ từ 14:09 (28 phút)."
    assert banner.text.startswith("Vẫn tiếp nhận bình thường")
    assert banner.act == "retry"
    assert chip_of(off) == ("Ngoại tuyến", "sync.offline", "warn")
    assert data_text(off) == "Dữ liệu lúc 14:09"
    assert retry_text(off, NOW) == "Thử lại sau 00:12"
    assert status_line(off) == ("Ngoại tuyến từ 14:09 · 8 việc trong hộp gửi", "warnText")


def test_online_is_quiet() -> None:
    on = at(Net.ONLINE, data_as_of=NOW)
    assert banner_of(on, NOW) is None
    assert chip_of(on).tone == ""
    assert status_line(on) == ("Đồng bộ lúc 14:37:00", "muted")


def test_sending_counts_and_a_first_fill_shows_how_far_it_is() -> None:
    assert chip_of(at(Net.SENDING, done=2, total=5)).text == "Đang gửi 2/5"
    assert chip_of(at(Net.FILLING, done=250, total=1000)).text == "Đang tải dữ liệu 25 %"
    assert chip_of(at(Net.FILLING)).text == "Đang tải dữ liệu…"


@pytest.mark.parametrize(("net", "act"), [(Net.SIGNED_OUT, "sign_in"), (Net.TOO_OLD, "")])
def test_what_needs_a_person_offers_what_they_can_do(net: Net, act: str) -> None:
    banner = banner_of(at(net), NOW)
    assert banner is not None
    assert banner.act == act
    assert chip_of(at(net)).tone == "warn"


def test_a_clock_that_is_off_is_told_except_in_practice() -> None:
    off = at(Net.ONLINE, clock_offset_s=-75.4)
    banner = banner_of(off, NOW)
    assert banner is not None
    assert "75" in banner.strong
    assert banner_of(at(Net.ONLINE, clock_offset_s=59.0), NOW) is None
    assert banner_of(at(Net.ONLINE, clock_offset_s=-9e6, practice=True), NOW) is None

"""Every state of the connection in words."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import console.sync
from console.desk.connection import Connection, Net
from console.sync import circuit, engine, errors
from console.ui.shell.connection_text import (
    banner_of,
    chip_of,
    data_text,
    retry_text,
    status_line,
    why_text,
)
from console.ui.words import has, speak

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


OFFLINE_REASONS = (
    "unplugged", "timeout", "cut", "gateway", "tls", "tls_time", "proxy", "proxy_auth",
    "portal", "tls_name", "tls_issuer", engine.SICK,
    *(kind.code for kind in (errors.RetryLater, errors.ServerError, errors.BadAnswer, errors.Rejected)),
)  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("reason", OFFLINE_REASONS)
def test_every_reason_has_its_sentence_and_says_that_work_goes_on(reason: str, language: str) -> None:
    speak(language)
    try:
        off = at(Net.OFFLINE, reason=reason)
        banner = banner_of(off, NOW)
        assert banner is not None
        assert has(f"net.why.{reason}")
        assert banner.text.startswith(why_text(off))
        assert banner.text.endswith(("tự gửi sau.", "sent later."))
        assert banner.act == "retry"
    finally:
        speak("vi")


def test_the_reasons_that_the_code_gives_are_the_ones_that_are_told() -> None:
    """What `answers` and `circuit` name stands in the list above."""
    folder = Path(console.sync.__file__).parent
    told = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    given = set(re.findall(r'(?:Offline|NotTheCentre)\("(\w+)"', told)) - {"no_route"}
    assert given <= set(OFFLINE_REASONS)
    assert set(circuit._SICK) <= given


def test_a_sick_centre_is_not_called_a_lost_line_and_a_full_disk_neither() -> None:
    sick, full = (banner_of(at(Net.OFFLINE, reason=r), NOW) for r in ("sick", "store_full"))
    assert sick is not None
    assert full is not None
    assert sick.strong == "Máy chủ gặp sự cố từ 14:09 (28 phút)."
    assert full.strong == "Việc đồng bộ dừng từ 14:09 (28 phút)."
    assert "đầy" in full.text
    assert "mọi việc được lưu" not in full.text  # for that it is not


def test_a_portal_is_told_as_what_it_is() -> None:
    banner = banner_of(at(Net.OFFLINE, reason="portal"), NOW)
    assert banner is not None
    assert banner.text.startswith("Mạng này chuyển hướng sang một trang web khác")


def test_the_data_has_an_age() -> None:
    assert data_text(at(Net.ONLINE, data_as_of=NOW), NOW) == "Dữ liệu lúc 14:37"
    old = at(Net.OFFLINE, data_as_of=SINCE)
    assert data_text(old, NOW) == "Dữ liệu lúc 14:09, 28 phút trước"
    yesterday = at(Net.OFFLINE, data_as_of=SINCE - timedelta(days=1))
    assert data_text(yesterday, NOW) == "Dữ liệu lúc 02/11 14:09, 1 ngày trước"


@pytest.mark.parametrize(
    ("offset", "words"),
    [(-86_400.0, "nhanh 1 ngày"), (86_400.0, "chậm 1 ngày"), (-5_400.0, "nhanh 1 giờ 30")],
)
def test_a_clock_far_off_is_told_with_its_direction(offset: float, words: str) -> None:
    banner = banner_of(at(Net.ONLINE, clock_offset_s=offset), NOW)
    assert banner is not None
    assert words in banner.strong
    assert "Thời hạn không bị ảnh hưởng" in banner.text

"""While a desk fills itself anew after a backup, the banner says so."""

from datetime import UTC, datetime

from console.desk.connection import RESTORED, Connection, Net
from console.ui.shell.connection_text import banner_of

NOW = datetime(2024, 11, 4, 7, 40, tzinfo=UTC)


def test_a_fill_after_a_restored_backup_is_named() -> None:
    banner = banner_of(Connection(net=Net.FILLING, since=NOW, reason=RESTORED), NOW)
    assert banner is not None
    assert banner.strong == "Máy chủ trung tâm đã được khôi phục từ bản sao lưu."
    assert "giữ nguyên" in banner.text


def test_a_first_fill_needs_no_banner() -> None:
    assert banner_of(Connection(net=Net.FILLING, since=NOW), NOW) is None

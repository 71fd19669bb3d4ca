"""The strip over the status bar: what, how much, how long still, stopped, spoken; nothing moves."""

import asyncio

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from console.desk.progress import Estimate, Progress, Works
from console.ui.progress.strip import ProgressStrip
from console.ui.progress.words import left_text, line_text, size_text
from console.ui.shell.status_bar import StatusBar
from tests.ui.conftest import Stage

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def of(**changed: object) -> Progress:
    values: dict[str, object] = {
        "id": 1, "what": "fill", "done": 1200, "total": 100_000, "unit": "cases",
        "left_seconds": 150.0, "can_cancel": True,
    }  # fmt: skip
    return Progress(**{**values, **changed})  # type: ignore[arg-type]


def test_words_say_what_and_how_much_and_how_long() -> None:
    assert line_text(of()) == "Tải dữ liệu từ máy chủ · 1.200/100.000 phản ánh · còn khoảng 2 phút"
    assert left_text(of(left_seconds=None)) == "đang ước tính thời gian"
    assert left_text(of(left_seconds=12.0)) == "còn chưa đầy 1 phút"
    assert [size_text(n) for n in (0, 812_000, 1_440_000_000)] == ["0 B", "812 KB", "1,4 GB"]


def test_a_guess_comes_late_and_follows_the_speed_slowly() -> None:
    estimate = Estimate(0.0)
    assert estimate.left(10, 1000, 1.0) is None  # nobody knows after a second
    assert estimate.left(100, 1000, 5.0) is not None
    steady = [estimate.left(100 + 20 * n, 1000, 5.0 + n) for n in range(1, 20)]
    assert 20 < (steady[-1] or 0) < 35  # 520 left at 20 a second
    halted = estimate.left(480, 1000, 44.0)
    assert halted == steady[-1]


def test_the_strip_shows_the_oldest_and_stops_it_and_moves_nothing(stage: Stage) -> None:
    works, page = Works(stage.loop), QWidget()
    stopped: list[bool] = []
    column = QVBoxLayout(page)
    work_area, status = QWidget(), StatusBar(stage.theme, "1")
    column.addWidget(work_area, 1)
    column.addWidget(status)
    strip = ProgressStrip(status, stage.theme, works)
    page.resize(1366, 768)
    page.show()
    before = QRect(work_area.geometry())
    work = works.open("fill", 100, cancel=lambda: stopped.append(True))
    with works.begin("check", 10, can_cancel=False):
        stage.until(lambda: strip.isVisible() and "1 việc khác" in strip.words.text())
        assert strip.stop.isVisible()
        strip.stop.click()
        assert (stopped, work.cancelled, strip.stop.isEnabled()) == ([True], True, False)
        works.end(work)
        stage.until(lambda: strip.shown is not None and strip.shown.what == "check")
        assert not strip.stop.isVisible()
        QTest.keyClick(page, Qt.Key.Key_X, CTRL_SHIFT)
        assert strip.shown is not None, "there are works that nobody can stop"
    stage.until(lambda: not strip.isVisible())
    assert work_area.geometry() == before
    strip.end()
    page.close()


def test_a_key_stops_it_from_anywhere_in_the_window(stage: Stage) -> None:
    works, page = Works(stage.loop), QWidget()
    edit = QLineEdit(page)
    host = QWidget(page)
    strip = ProgressStrip(host, stage.theme, works)
    page.show()
    page.activateWindow()
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_X, CTRL_SHIFT)
    with works.begin("export", 100) as work:
        stage.until(lambda: strip.isVisible() and edit.hasFocus())
        QTest.keyClick(edit, Qt.Key.Key_X, CTRL_SHIFT)
        assert work.cancelled
        assert not strip.stop.isEnabled()
    stage.until(lambda: not strip.isVisible())


def test_what_ends_at_once_is_not_shown(stage: Stage) -> None:
    works, page = Works(stage.loop), QWidget()
    strip, seen = ProgressStrip(page, stage.theme, works), Watch(page)
    page.show()
    strip.installEventFilter(seen)
    with works.begin("export", 100):
        stage.run(asyncio.sleep(0))
    with works.begin("print", 100):
        stage.until(strip.isVisible)
    assert seen.shown == ["print"]
    strip.removeEventFilter(seen)


class Watch(QObject):
    """What a strip showed, each time that it came."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.shown = list[str]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, ProgressStrip) and watched.shown:
            self.shown.append(watched.shown.what)
        return False


def test_it_is_spoken_four_times(stage: Stage) -> None:
    host = QWidget()
    strip = ProgressStrip(host, stage.theme, Works(stage.loop))
    said: list[str] = []
    for done in range(0, 101, 5):
        strip.tell((of(done=done, total=100),))
        said += [text for text in strip.spoken if text not in said]
    assert said == [f"Tải dữ liệu từ máy chủ: {percent} %" for percent in (25, 50, 75, 100)]
    strip.end()
    host.deleteLater()

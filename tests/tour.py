"""`make tour`: walk through the real program and leave screenshots in build/tour/.

A practice centre of its own that stands still, the real window driven by keys, both looks, both sizes.

    python -m tests.tour [--keep]     --keep: use the province of the last walk
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.app import Program
from console.desk.connection import Net
from console.log import log_to, stop_logging
from console.options import PRACTICE_PASSWORD, Options
from console.practice_server import forget_practice
from console.ui.account.sign_in_window import SignInWindow
from console.ui.intake.intake_room import IntakeRoom
from console.ui.main_window import MainWindow
from console.ui.queue.queue_room import QueueRoom
from console.ui.theme import Theme
from tests.tour_acts import see_what_waits, write_to_each
from tests.tour_admin import look_at_administration
from tests.tour_calls import answer_calls, look_at_the_strip
from tests.tour_chase import look_at_the_post
from tests.tour_filter import filter_and_save
from tests.tour_more import look_at_more_rooms
from tests.tour_reports import look_at_the_reports, look_at_what_is_kept
from tests.tour_shifts import look_at_the_shift

OUT = Path("build/tour")
FOLDER = Path("build/tour-practice")
SIZES = {"1920": QSize(1920, 1080), "1366": QSize(1366, 768)}
LOOKS = ("light", "dark")
PATIENCE_S = 120.0
STEP_S = 0.03
SETTLE_S = 0.6  # a map square or a page that is still being painted

W = TypeVar("W", bound=QWidget)


class Walker:
    """Eyes and fingers. Every wait is for something to be seen."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        self._app, self._theme = app, theme
        self.taken = 0

    async def until(self, seen: Callable[[], bool], what: str) -> None:
        """Wait for it. Raises TimeoutError that says what never came."""
        for _ in range(int(PATIENCE_S / STEP_S)):
            if seen():
                return
            await asyncio.sleep(STEP_S)
        raise TimeoutError(what)

    async def window(self, kind: type[W]) -> W:
        """The visible top window of this kind."""
        found: list[W] = []

        def look() -> bool:
            found[:] = [w for w in self._app.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
            return bool(found)

        await self.until(look, f"{kind.__name__} on screen")
        return found[0]

    def press(self, key: Qt.Key, *how: Qt.KeyboardModifier) -> None:
        """One key to whatever has the focus."""
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in how:
            modifiers |= one
        QTest.keyClick(self._focus(), key, modifiers)

    def type(self, text: str) -> None:
        """Letters to whatever has the focus; Vietnamese ones as an input method commits them."""
        from PySide6.QtGui import QInputMethodEvent

        if text.isascii():
            QTest.keyClicks(self._focus(), text)
            return
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self._focus(), event)

    def _focus(self) -> QWidget:
        found = QApplication.focusWidget() or QApplication.activeWindow()
        if found is None:
            raise LookupError("nothing has the focus")
        return found

    async def shoot(self, window: QWidget, name: str, sizes: dict[str, QSize] | None = None) -> None:
        """The window in both looks at each size."""
        for size_name, size in (sizes or SIZES).items():
            window.resize(size)
            for look in LOOKS:
                self._theme.set_mode(look)
                self._theme.apply(self._app)
                await asyncio.sleep(SETTLE_S)
                window.grab().save(str(OUT / f"{name}-{size_name}-{look}.png"))
                self.taken += 1
        self._theme.set_mode("light")
        self._theme.apply(self._app)
        window.resize(SIZES["1920"])


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FLOOD = """{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"name": "Cầu Trung Quán", "level": "4,1 m", "time": "2020-10-19T04:00"},
 "geometry": {"type": "Point", "coordinates": [106.62, 17.33]}},
{"type": "Feature", "properties": {"name": "Vùng ngập Lệ Thủy", "level": "4,9 m"},
 "geometry": {"type": "Polygon", "coordinates":
 [[[106.66, 17.16], [106.82, 17.12], [106.88, 17.24], [106.72, 17.32], [106.66, 17.16]]]}}]}"""
CONTENT = "Nắp cống bê tông vỡ đôi ngay làn xe máy, lọt bánh xe, tối qua đã có người ngã nhẹ."


async def sign_in(walker: Walker) -> MainWindow:
    """The first window: the user is filled in, the password is typed."""
    window = await walker.window(SignInWindow)
    await asyncio.sleep(SETTLE_S)
    window.grab().save(str(OUT / "sign-in-light.png"))
    window.password.setFocus()
    walker.type(PRACTICE_PASSWORD)
    walker.press(Qt.Key.Key_Return)
    main = await walker.window(MainWindow)
    main.showNormal()
    main.resize(SIZES["1920"])
    main.activateWindow()
    return main


async def look_at_the_queue(walker: Walker, main: MainWindow) -> None:
    """The workspace once everything is here, then by key through the rows."""
    queue = main.workspace.queue
    assert isinstance(queue, QueueRoom)
    await walker.until(lambda: queue.model.rowCount() > 20, "rows in the queue")
    await walker.until(lambda: main.isActiveWindow(), "an active window")
    await walker.until(lambda: main._desk.connection.net is Net.ONLINE, "all of the province")
    queue.activated()
    for _ in range(3):
        walker.press(Qt.Key.Key_J)
    await walker.shoot(main, "workspace")


async def choose_several(walker: Walker, main: MainWindow) -> None:
    """Rows chosen by keys, and the sheets that act on all of them; nothing is sent."""
    from console.ui.queue.many_sheet import ManySheet

    queue = main.workspace.queue
    assert isinstance(queue, QueueRoom)
    for _ in range(4):
        walker.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    await walker.shoot(main, "chosen")
    for key in (Qt.Key.Key_A, Qt.Key.Key_M):
        walker.press(key)
        sheet = await walker.window(ManySheet)
        await asyncio.sleep(SETTLE_S)
        await walker.shoot(sheet, f"many-{chr(key).lower()}", {"sheet": sheet.size()})
        sheet.reject()
        main.activateWindow()
        await walker.until(main.isActiveWindow, "the window again")
    queue.activated()
    walker.press(Qt.Key.Key_Escape)


async def lay_layers_on_the_map(walker: Walker, main: MainWindow) -> None:
    """The sheet of layers by its key; then heat, shading, posts and flood marks on a later day's communes."""
    from console.ui.map.layers.choices import Choices, Measure, Period
    from console.ui.map.layers.keeper import LayerKeeper

    main.show_room("map")
    await walker.until(lambda: main.workspace.map.findChild(LayerKeeper) is not None, "the map")
    keeper = main.workspace.map.findChild(LayerKeeper)
    assert isinstance(keeper, LayerKeeper)
    walker.press(Qt.Key.Key_L)
    await walker.until(keeper.sheet.isVisible, "the sheet of layers")
    await walker.shoot(main, "map-layers")
    keeper.sheet.close_sheet()  # another width has taken the focus from it
    marks = FOLDER.resolve() / "lu-2020.geojson"
    marks.write_text(FLOOD, encoding="utf-8")
    for name, choices in (
        ("heat", Choices(heat=True, period=Period.MONTH, pins=False)),
        ("shading", Choices(measure=Measure.OPEN, pins=False)),
        ("posts", Choices(posts=True, marks=True, marks_file=str(marks), day=date(2025, 8, 1))),
    ):
        keeper.sheet.chosen.emit(choices)
        await asyncio.sleep(1.0)
        await walker.shoot(main, f"map-{name}")
    keeper.sheet.chosen.emit(Choices())
    main.show_room("queue")


async def log_a_call(walker: Walker, main: MainWindow) -> None:
    """From F9 to Ctrl+Enter without the mouse, with another call on hold and a third one ringing."""
    await answer_calls(walker, main)
    intake, saved = main.stack.currentWidget(), list[str]()
    assert isinstance(intake, IntakeRoom)
    intake.saved.connect(saved.append)
    walker.type("nap cong")
    await asyncio.sleep(SETTLE_S)
    walker.press(Qt.Key.Key_Return)
    for _ in range(3):
        walker.press(Qt.Key.Key_1)
        await asyncio.sleep(0.1)
    walker.press(Qt.Key.Key_N, ALT)
    walker.type(CONTENT)
    walker.press(Qt.Key.Key_M, ALT)
    walker.type("118 ly thuong kiet dong phu")
    await asyncio.sleep(SETTLE_S)
    walker.press(Qt.Key.Key_Return)
    await paste_a_picture(walker)
    await asyncio.sleep(1.0)
    await walker.shoot(main, "intake")
    walker.press(Qt.Key.Key_Return, CTRL)
    await walker.until(lambda: bool(saved), "the report on disk")
    await asyncio.sleep(1.0)
    await walker.shoot(main, "saved", {"1920": SIZES["1920"]})
    await look_at_the_strip(walker, main)
    main.open_case(saved[0])


async def paste_a_picture(walker: Walker) -> None:
    """A drawn street with a hole in it, from the clipboard into the caller's words."""
    picture = QImage(640, 480, QImage.Format.Format_RGB32)
    picture.fill(QColor(Qt.GlobalColor.lightGray))
    painter = QPainter(picture)
    painter.setBrush(QColor(Qt.GlobalColor.darkGray))
    painter.drawEllipse(220, 160, 200, 150)
    painter.end()
    QApplication.clipboard().setImage(picture)
    walker.press(Qt.Key.Key_N, ALT)
    walker.press(Qt.Key.Key_V, CTRL)
    await asyncio.sleep(SETTLE_S)


async def look_at_the_case(walker: Walker, main: MainWindow) -> None:
    """The case that was just logged, with its picture, then the picture alone."""
    from console.ui.case.case_pane import CasePane
    from console.ui.files.picture_sheet import PictureSheet

    pane = main.workspace.case
    assert isinstance(pane, CasePane)
    await walker.until(lambda: bool(pane.sheet.files.tiles), "the picture in the case")
    pane._scroll.ensureWidgetVisible(pane.sheet.files)
    await walker.shoot(main, "case-files")
    pane.sheet.files.tiles[0].click()
    sheet = await walker.window(PictureSheet)
    await walker.until(lambda: sheet.canvas.showing, "the picture")
    await walker.shoot(sheet, "picture", {"sheet": sheet.size()})
    sheet.reject()
    main.activateWindow()
    await walker.until(main.isActiveWindow, "the window again")


async def pull_the_plug(walker: Walker, main: MainWindow) -> None:
    """Offline: the banner, and a call logged all the same."""
    main.plug.emit(False)
    await walker.until(lambda: main.banner.isVisible(), "the offline banner")
    await log_a_call_offline(walker, main)
    walker.press(Qt.Key.Key_0, CTRL)
    await asyncio.sleep(SETTLE_S)
    await walker.shoot(main, "offline-outbox")
    await look_at_the_bin_and_the_stick(walker, main)
    main.plug.emit(True)
    await walker.until(lambda: not main.banner.isVisible(), "the connection again")


async def look_at_the_bin_and_the_stick(walker: Walker, main: MainWindow) -> None:
    """The 30-day bin, and the sheet that carries the outbox out; nothing is carried."""
    from console.ui.outbox.outbox_room import BIN, OUTBOX, OutboxRoom

    room = main.stack.currentWidget()
    assert isinstance(room, OutboxRoom)
    room.tabs._take(BIN)
    await asyncio.sleep(SETTLE_S)
    await walker.shoot(main, "outbox-bin")
    room.tabs._take(OUTBOX)
    room.activated()
    walker.press(Qt.Key.Key_S, CTRL, Qt.KeyboardModifier.ShiftModifier)
    await walker.until(lambda: room.carry.sheet is not None, "the export sheet")
    sheet = room.carry.sheet
    assert sheet is not None
    await walker.shoot(sheet, "outbox-export", {"sheet": sheet.size()})
    sheet.reject()


async def log_a_call_offline(walker: Walker, main: MainWindow) -> None:
    """A second call, saved without forwarding."""
    walker.press(Qt.Key.Key_N, CTRL)
    await asyncio.sleep(SETTLE_S)
    walker.type("mat dien")
    await asyncio.sleep(SETTLE_S)
    walker.press(Qt.Key.Key_Return)
    walker.press(Qt.Key.Key_N, ALT)
    walker.type("Mất điện cả xóm từ sáng, nhà có người già thở máy.")
    walker.press(Qt.Key.Key_M, ALT)
    walker.type("cho dong hoi")
    await asyncio.sleep(SETTLE_S)
    walker.press(Qt.Key.Key_Return)
    walker.press(Qt.Key.Key_P, ALT)
    walker.type("0912 000 117")
    await asyncio.sleep(SETTLE_S)
    walker.press(Qt.Key.Key_Return, CTRL)
    await asyncio.sleep(1.0)


async def draw_and_replay_on_the_map(walker: Walker, main: MainWindow) -> None:
    """The circle that chooses by keys, then the last night played back."""
    from console.ui.map.lassoing import Lassoing
    from console.ui.map.replay.replaying import Replaying

    main.show_room("map")
    lasso, replaying = main.workspace.map.findChild(Lassoing), main.workspace.map.findChild(Replaying)
    assert isinstance(lasso, Lassoing)
    assert isinstance(replaying, Replaying)
    lasso.start()
    await walker.shoot(main, "map-lasso")
    lasso.stop()
    replaying.start()
    await walker.until(lambda: replaying.board is not None, "the last night")
    await walker.shoot(main, "map-replay")
    replaying.stop()
    main.show_room("queue")


async def walk(walker: Walker) -> None:
    """All of it, in the order of a shift."""
    main = await sign_in(walker)
    try:
        await look_at_the_queue(walker, main)
        await choose_several(walker, main)
        await filter_and_save(walker, main, OUT)
        await look_at_more_rooms(walker, main)
        await lay_layers_on_the_map(walker, main)
        await draw_and_replay_on_the_map(walker, main)
        await log_a_call(walker, main)
        await look_at_the_case(walker, main)
        await write_to_each(walker, main)
        await see_what_waits(walker, main)
        await look_at_what_is_kept(walker, main)
        await look_at_the_reports(walker, main)
        await look_at_the_shift(walker, main)
        await look_at_the_post(walker, main)
        await pull_the_plug(walker, main)
        main = await look_at_administration(walker, main)
    finally:
        main.close()


async def both(program: Program, walker: Walker) -> None:
    """The program and who walks through it; whichever fails ends the other."""
    async with asyncio.TaskGroup() as group:
        running = group.create_task(program.run())
        await walk(walker)
        await running


def main(argv: list[str]) -> int:
    """The answer is the exit status."""
    if "--keep" not in argv:
        forget_practice(FOLDER.resolve())
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    log_to(FOLDER.resolve() / "log", "tour")
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    theme = Theme("light")
    theme.apply(app)
    options = Options(
        practice=True, desk="03", user="op03", speed=0.0, theme="light", folder=FOLDER.resolve()
    )
    walker = Walker(app, theme)
    try:
        with qasync.QEventLoop(app) as loop:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(both(Program(options, app, theme), walker))
    finally:
        stop_logging()
        forget_practice(FOLDER.resolve()) if "--keep" not in argv else None
    print(f"{walker.taken} screenshots in {OUT}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

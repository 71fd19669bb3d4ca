"""One start, measured from outside: prints when (perf_counter, shared by processes) it first painted."""

import asyncio
import sys
import time
from pathlib import Path


def _painted() -> None:
    print(time.perf_counter(), flush=True)


def bare() -> None:
    """The least a Qt program does."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QWidget

    app = QApplication([])
    window = QWidget()
    window.resize(1920, 1080)
    window.show()

    def look() -> None:
        window.grab()
        _painted()
        app.quit()

    QTimer.singleShot(0, look)
    app.exec()


def queue(folder: Path) -> None:
    """What the console does up to its first rows."""
    import qasync
    from PySide6.QtWidgets import QApplication

    from benchmarks.corpus import desk_in
    from console.ui.memory import Memory
    from console.ui.notices import Notices
    from console.ui.queue.queue_room import QueueRoom
    from console.ui.signals import DeskSignals
    from console.ui.tasks import Tasks
    from console.ui.theme import Theme

    async def show(app: QApplication) -> None:
        theme = Theme("light")
        theme.apply(app)
        desk = await desk_in(folder)
        signals = DeskSignals(desk)
        tasks = Tasks(Notices(theme))
        room = QueueRoom(desk, signals, theme, tasks, Memory())
        loaded: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        room.loaded.connect(lambda: loaded.done() or loaded.set_result(None))
        room.resize(792, 960)
        room.show()
        room.start()
        await loaded
        room.grab()
        _painted()
        signals.close()
        tasks.stop()
        room.close()
        desk.close()

    app = QApplication([])
    with qasync.QEventLoop(app) as loop:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(show(app))


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        queue(Path("build/bench") / f"store-{sys.argv[2]}")

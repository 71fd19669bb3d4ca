"""The least a Qt program does: prints when (perf_counter, shared by processes) its window first painted.

It imports nothing but Qt: what the console's side also imports (asyncio, say) is the console's own cost.
"""

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


def main() -> None:
    """Show a plain window, paint it, end."""
    app = QApplication([])
    window = QMainWindow()
    window.resize(1920, 1080)
    window.show()

    def look() -> None:
        window.grab()
        print(time.perf_counter(), flush=True)
        app.quit()

    QTimer.singleShot(0, look)
    app.exec()


if __name__ == "__main__":
    main()

"""python -m console.ui.reports.paper.child: papers of a report, in a process of their own.

Laying out and painting pages takes longer than many frames. The errand comes over standard input, what was
made goes out over standard output; nothing of it touches a disk here.
"""

import os
import sys

import msgspec

from console.ui.reports.paper.errand import Make, PaperErrand, Papers
from console.ui.words import speak

GIVES_WAY = 1  # to the interface


def main() -> None:
    """One errand. What it needs is imported while the errand is still being made."""
    if sys.platform != "win32":
        os.nice(GIVES_WAY)
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from console.ui.parts import chart  # noqa: F401 - its library takes longest
    from console.ui.reports.paper import making

    app = QApplication([])
    errand = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=PaperErrand)
    speak(errand.language)
    sys.stdout.buffer.write(msgspec.msgpack.encode(_made(errand)))
    sys.stdout.buffer.flush()
    del making, app
    os._exit(0)  # Qt has nothing to write


def _made(errand: PaperErrand) -> Papers:
    from console.ui.reports.paper.making import pages_of, pdf_of

    if errand.make is Make.PRINT and errand.printing is not None:
        from console.ui.reports.paper.printing import print_out

        return Papers(printed=print_out(errand.document, errand.printing))
    if errand.make is Make.PDF:
        return Papers(file=pdf_of(errand.document))
    return Papers(pages=pages_of(errand.document, errand.width))


if __name__ == "__main__":
    main()

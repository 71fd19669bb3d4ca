"""python -m console.ui.reports.workbook_child: a report as a workbook, in a process without Qt."""

import sys

import msgspec

from console.ui.reports.paper.errand import PaperErrand, Papers
from console.ui.reports.workbook import workbook_of
from console.ui.words import speak


def main() -> None:
    """One errand."""
    errand = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=PaperErrand)
    speak(errand.language)
    sys.stdout.buffer.write(msgspec.msgpack.encode(Papers(file=workbook_of(errand.document))))


if __name__ == "__main__":
    main()

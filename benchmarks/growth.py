"""What everything costs as the work grows: `make growth`, into docs/performance.md and a picture beside it.

python -m benchmarks.growth [SIZE …]     10,000, 100,000 and 1,000,000 where nothing else is said

Each size of each subject runs in a process of its own, one after the other. A store of a million takes some
minutes and 6 GB under build/bench/, once for each schema.
"""

import importlib
import json
import math
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

from benchmarks.entry import Entry

SIZES = (10_000, 100_000, 1_000_000)
SUBJECTS = ("queue_million", "search", "scrolling", "map_pan")
SKIPPED = (
    "middle of ",
    "worst of ",
)  # of the queue's first rows only the slowest question of each size is shown
OUT, PICTURE = Path("docs/performance.md"), Path("docs/pictures/growth.png")
DRAWN = (
    "queue, slowest first rows", "random filters", "counts of all views", "search, 500 questions",
    "a row a frame",
    "map frame while panning",
)  # fmt: skip
WIDE, HIGH = 900, 520
_COUNT = re.compile(r",? ?[\d,]+ (?:cases|points)\b|[\d,]+ keystrokes of ")

Table = dict[str, dict[int, Entry]]


def measured(subject: str, size: int) -> list[Entry]:
    """Its entries, from a process of its own."""
    out = Path(f"build/growth-{subject}-{size}.json")
    print(f"… {subject}, {size:,}", flush=True)
    subprocess.run(
        [sys.executable, "-m", "benchmarks.growth", "--one", subject, str(size), str(out)], check=True
    )
    found: list[Entry] = json.loads(out.read_text(encoding="utf-8"))
    return found


def _one(subject: str, size: int, out: Path) -> None:
    entries = importlib.import_module(f"benchmarks.{subject}").measure(size)
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps(entries, ensure_ascii=False), encoding="utf-8")


def gathered(sizes: tuple[int, ...]) -> Table:
    """What was measured, by name without its size; of the queue's many first rows the slowest."""
    table: Table = {}
    for subject in SUBJECTS:
        for size in sizes:
            entries = measured(subject, size)
            rows = [one for one in entries if one["name"].startswith(SKIPPED)]
            if rows:
                worst = max(rows, key=lambda one: one["value"])
                entries = [one for one in entries if one not in rows]
                entries.insert(
                    0, Entry(**{**worst, "name": "queue, slowest first rows of any view or filter"})
                )
            for one in entries:
                if not one["name"].startswith("  "):
                    table.setdefault(_COUNT.sub("", one["name"]).strip(), {})[size] = one
    return table


def written(table: Table, sizes: tuple[int, ...]) -> str:
    """The page."""
    head = " | ".join(f"{size:,}" for size in sizes)
    lines = [
        "# What it costs as the work grows",
        "",
        "Made by `make growth`, one run. Values in the unit named; behind the stroke the ratio to what each"
        " is judged by.",
        f"Machine: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, no GPU, Qt's offscreen platform.",
        "",
        f"| what | judged by | {head} |",
        "|---|---|" + "---|" * len(sizes),
    ]
    for name, row in table.items():
        first = next(iter(row.values()))
        against = first["against"] + (f" {first['against_value']:g} {first['unit']}" if _fixed(row) else "")
        cells = " | ".join(_cell(row.get(size)) for size in sizes)
        lines.append(f"| {name} ({first['unit']}) | {against} | {cells} |")
    return "\n".join([*lines, "", f"![The same as a picture]({PICTURE.relative_to(OUT.parent)})", ""])


def _fixed(row: dict[int, Entry]) -> bool:
    return (
        len({one["against_value"] for one in row.values()}) == 1
        and "limit" in next(iter(row.values()))["against"]
    )


def _cell(one: Entry | None) -> str:
    return "–" if one is None else f"{one['value']:.3g} / {one['ratio']:.2f}×"


def drawn(table: Table, sizes: tuple[int, ...]) -> QImage:
    """Milliseconds over the number of cases, both in powers of ten, each line named at its end."""
    image = QImage(WIDE, HIGH, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRectF(60, 20, WIDE - 400, HIGH - 70)
    low, high = -2.0, 3.0
    for power in range(int(low), int(high) + 1):
        y = room.bottom() - room.height() * (power - low) / (high - low)
        painter.setPen(QPen(QColor("#d0d5dd"), 1))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        painter.setPen(QColor("#475467"))
        painter.drawText(QRectF(0, y - 10, 54, 20), Qt.AlignmentFlag.AlignRight, f"{10.0**power:g} ms")
    for place, size in enumerate(sizes):
        painter.drawText(QRectF(_x(room, place, sizes) - 50, room.bottom() + 8, 100, 20), 4, f"{size:,}")
    lines = [(name, row) for name, row in table.items() if any(part in name for part in DRAWN)]
    lines.sort(
        key=lambda line: -line[1][max(line[1])]["value"]
    )  # names are pushed down, never past each other
    ends = list[float]()
    for (name, row), colour in zip(lines, _colours(len(lines)), strict=True):
        at = [
            QPointF(_x(room, n, sizes), room.bottom() - room.height() * (_log(row[s]) - low) / (high - low))
            for n, s in enumerate(sizes)
            if s in row
        ]
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(at)
        y = at[-1].y()
        while any(abs(y - other) < 16 for other in ends):
            y += 4
        ends.append(y)
        painter.drawText(QRectF(room.right() + 10, y - 10, 325, 20), 0, name[:52])
    painter.end()
    return image


def _x(room: QRectF, place: int, sizes: tuple[int, ...]) -> float:
    return room.left() + room.width() * (place / max(1, len(sizes) - 1)) * 0.96 + 10


def _log(one: Entry) -> float:
    return math.log10(max(one["value"], 0.01))


def _colours(count: int) -> list[QColor]:
    return [QColor.fromHsv(int(360 * n / max(1, count)), 200, 150) for n in range(count)]


def main(argv: list[str]) -> None:
    """Measure, write, draw."""
    if argv[:1] == ["--one"]:
        _one(argv[1], int(argv[2]), Path(argv[3]))
        return
    sizes = tuple(int(size.replace(",", "")) for size in argv) or SIZES
    app = QGuiApplication(sys.argv[:1])
    table = gathered(sizes)
    OUT.write_text(written(table, sizes), encoding="utf-8")
    drawn(table, sizes).save(str(PICTURE))
    print(f"written to {OUT} and {PICTURE}")
    app.quit()


if __name__ == "__main__":
    main(sys.argv[1:])

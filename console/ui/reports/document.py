"""A report as a value: blocks of table and picture in words of one language. Paper, workbook and CSV are made
of it, here or in another process."""

import msgspec

from console.ui.parts.chart_data import Chart

TEXT, WHOLE, SHARE, MINUTES = "", "whole", "share", "minutes"


class Cell(msgspec.Struct, frozen=True):
    """What is read; beside it the number that it says, where it is one (a share: of 1)."""

    text: str
    value: int | float | None = None
    form: str = TEXT


class Column(msgspec.Struct, frozen=True):
    """`wide`: its share of the width; numbers stand at the right."""

    head: str
    wide: float = 1.0
    right: bool = True


class Table(msgspec.Struct, frozen=True):
    """Rows as long as the columns; `total`: a last row of sums."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()


class Shape(msgspec.Struct, frozen=True):
    """A commune's outline: rings of (x, y), y downwards, in units of its `MapSheet`; `shade`: class, -1:
    none."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    shade: int


class MapSheet(msgspec.Struct, frozen=True):
    """Communes shaded by a figure. `legend`: (class, words), least first; `names`: (x, y, words)."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[int, str], ...]
    names: tuple[tuple[float, float, str], ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is told: picture above, table beneath. `high_mm`: of the picture."""

    title: str
    note: str = ""
    table: Table
    chart: Chart | None = None
    map: MapSheet | None = None
    high_mm: float = 60.0


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """`standing`: whether the figures may still change; `made`: from what they were counted; `definitions`:
    what each figure is, for the last page."""

    title: str
    period: str
    standing: str
    made: tuple[str, ...]
    blocks: tuple[Block, ...]
    definitions_title: str
    definitions: tuple[tuple[str, str], ...]
    locked: bool

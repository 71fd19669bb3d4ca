"""A report as CSV: all its tables one below the other."""

from console.ui.queue.lines import BOM, csv_of
from console.ui.reports.document import WHOLE, Cell, Document


def csv_text(document: Document) -> str:
    """All tables one below the other, as texts; formulas made harmless."""
    lines: list[list[str]] = [[document.title], [document.period], [document.standing]]
    lines += [[made] for made in document.made]
    for block in document.blocks:
        lines += [[], [block.title], *([[block.note]] if block.note else [])]
        lines.append([column.head for column in block.table.columns])
        lines += [[_plain(cell) for cell in row] for row in block.table.rows]
        if block.table.total:
            lines.append([_plain(cell) for cell in block.table.total])
    lines += [[], [document.definitions_title], *([name, text] for name, text in document.definitions)]
    return BOM + csv_of(lines)


def _plain(cell: Cell) -> str:
    """Numbers without marks between thousands; shares and lengths of time as they are read."""
    return str(cell.value) if cell.form == WHOLE and cell.value is not None else cell.text

"""A report as a workbook: its tables, numbers as numbers, words never as formulas."""

import io

import xlsxwriter

from console.ui.reports.document import MINUTES, SHARE, WHOLE, Block, Cell, Document, Table

FORMATS = {WHOLE: "#,##0", SHARE: "0.0%", MINUTES: "[h]:mm"}
MINUTES_A_DAY = 24 * 60
WIDE = 13.0  # letters for one share of a column's width
NAME_MOST = 31  # letters of a sheet's name
NOT_IN_NAMES = str.maketrans("[]:*?/\\", "       ")


def workbook_of(document: Document) -> bytes:
    """A sheet for each block, the definitions on the last."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    formats = _Formats(book)
    for block in document.blocks:
        sheet = book.add_worksheet(block.title.translate(NOT_IN_NAMES)[:NAME_MOST].strip())
        top = _heading(sheet, formats, document, block)
        _table(sheet, formats, block.table, top)
    last = book.add_worksheet(document.definitions_title.translate(NOT_IN_NAMES)[:NAME_MOST].strip())
    last.set_column(0, 0, 40)
    last.set_column(1, 1, 110)
    for row, (name, text) in enumerate(document.definitions):
        last.write_string(row, 0, name, formats.strong)
        last.write_string(row, 1, text, formats.wrapped)
    book.close()
    return out.getvalue()


class _Formats:
    """How cells look."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.strong = book.add_format({"bold": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.of = {
            (form, strong): book.add_format({"num_format": code, "bold": strong, "top": int(strong)})
            for form, code in (*FORMATS.items(), ("", "@"))
            for strong in (False, True)
        }


def _heading(
    sheet: xlsxwriter.worksheet.Worksheet, formats: _Formats, document: Document, block: Block
) -> int:
    """The row on which the table begins."""
    lines = [document.period, document.standing, *document.made, *([block.note] if block.note else [])]
    sheet.write_string(0, 0, block.title, formats.title)
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 0, line)
    return len(lines) + 2


def _table(sheet: xlsxwriter.worksheet.Worksheet, formats: _Formats, table: Table, top: int) -> None:
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, WIDE * max(1.0, column.wide))
        sheet.write_string(top, at, column.head, formats.head)
    rows = [(row, False) for row in table.rows] + ([(table.total, True)] if table.total else [])
    for down, (row, strong) in enumerate(rows, top + 1):
        for at, cell in enumerate(row):
            _cell(sheet, down, at, cell, formats, strong)
    sheet.freeze_panes(top + 1, 0)
    sheet.repeat_rows(top)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, at: int, cell: Cell, formats: _Formats, strong: bool
) -> None:
    how = formats.of[cell.form, strong]
    if cell.value is None:
        sheet.write_string(row, at, cell.text, how)
    else:
        sheet.write_number(row, at, cell.value / MINUTES_A_DAY if cell.form == MINUTES else cell.value, how)

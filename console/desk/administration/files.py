"""Lists as files: read as the importing command reads them, written so that they can be read again."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from console.desk.administration.errors import FileDoesNotFit
from console.domain.category import ReportType
from console.domain.reference import Reference
from console.protocol.wire import ReferenceItem
from console.reference import key_of, to_wire
from console.reference.columns import COLUMNS, Column
from console.reference.reading import BadFile, read_file


def read(path: Path, kind: str, reference: Reference, begins: date) -> tuple[ReferenceItem, ...]:
    """Raises FileDoesNotFit."""
    try:
        return tuple(to_wire(kind, item, 0) for item in read_file(path, kind, reference, begins))
    except BadFile as error:
        raise FileDoesNotFit(error.sentences) from error


def write(path: Path, kind: str, reference: Reference) -> int:
    """JSON, or CSV where the name ends so and the list has columns. Raises FileDoesNotFit."""
    items = sorted(getattr(reference, kind), key=key_of)
    as_csv = path.suffix.lower() == ".csv" and kind in COLUMNS
    text = _csv(kind, items) if as_csv else _json(items)
    whole = path.with_name(path.name + ".new")
    try:
        whole.write_text(text, encoding="utf-8-sig" if as_csv else "utf-8", newline="")
        whole.replace(path)
    except OSError as error:
        whole.unlink(missing_ok=True)
        raise FileDoesNotFit(
            [f"Không ghi được tệp {path.name}: {error.strerror}. Đóng tệp nếu đang mở, hoặc chọn chỗ khác."]
        ) from error
    return len(items)


def _json(items: list[Any]) -> str:
    return "[\n" + ",\n".join(msgspec.json.encode(item).decode() for item in items) + "\n]\n"


def _csv(kind: str, items: list[Any]) -> str:
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(column.name for column in COLUMNS[kind])
    rows.writerows([_cell(item, column) for column in COLUMNS[kind]] for item in items)
    return out.getvalue()


def _cell(item: Any, column: Column) -> str:
    if column.shape == "term":
        stage, _, urgency = column.name.partition("_")
        term = getattr(item, stage).get(urgency) if isinstance(item, ReportType) else None
        return "" if term is None else f"{term.minutes}{'R' if term.clock == 'round' else 'W'}"
    value = msgspec.to_builtins(getattr(item, column.name), str_keys=True)
    if value is None:
        return ""
    if column.shape == "list":
        return ";".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)

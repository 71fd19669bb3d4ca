"""Read a replacement list out of a CSV, GeoJSON or JSON file. Every bad line is told, not only the first.

JSON is the lists' own form, as in resources/reference: it alone can say scripted questions.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from console.domain.category import ReportType
from console.domain.place import Boundary
from console.domain.reference import Reference
from console.reference import KINDS, key_of
from console.reference.checks import check
from console.reference.columns import COLUMNS, BadValue, Column, body_of, read_cell
from console.reference.geojson import BadGeometry, polygons_of


class BadFile(Exception):
    """The file cannot be imported. `sentences`: each says where and what to do, in Vietnamese."""

    code = "bad_import"

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


def read_file(file: Path, kind: str, reference: Reference, begins: date | None) -> list[Any]:
    """The structs in the file, checked against each other and the reference.

    `begins`: valid_from of lines that do not say it. Raises BadFile.
    """
    text = _text(file)
    own_form = file.suffix.lower() == ".json"
    if own_form:
        read = list(_items(text, kind, begins))
    elif kind == "boundaries":
        read = list(_boundaries(text, begins))
    elif kind in COLUMNS:
        read = list(_rows(text, kind, begins))
    else:
        raise BadFile(f"Danh mục {kind} chỉ nhập được từ tệp JSON, mỗi mục như trong resources/reference.")
    problems = [found for where, found in read if isinstance(found, str)]
    made = [(where, found) for where, found in read if not isinstance(found, str)]
    problems += _twice(made) + check(kind, made, reference)
    if problems:
        raise BadFile(*problems)
    if not made:
        raise BadFile("Tệp không có dòng dữ liệu nào; kiểm tra lại tệp đã chọn.")
    return [found if own_form else _keep_questions(found, reference) for _, found in made]


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadFile(f"Không mở được tệp {file.name}: {error.strerror}. Kiểm tra đường dẫn.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"Tệp {file.name} không phải UTF-8; hãy lưu lại dạng “CSV UTF-8”.") from error


def _rows(text: str, kind: str, begins: date | None) -> Iterator[tuple[str, Any]]:
    """(where, struct or sentence) for each line of the CSV."""
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    lines = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    _check_header(kind, [name.strip() for name in lines.fieldnames or []])
    for row in lines:
        where = f"Dòng {lines.line_num}"
        cells = {(name or "").strip(): value for name, value in row.items()}
        if None in row:
            yield where, f"{where}: thừa ô; đặt văn bản có dấu phẩy trong ngoặc kép."
        elif any(isinstance(value, str) and value.strip() for value in cells.values()):
            yield where, _struct(kind, where, cells, begins)


def _check_header(kind: str, names: list[str]) -> None:
    missing = [c.name for c in COLUMNS[kind] if c.required and c.name not in names]
    unknown = [name for name in names if name not in [c.name for c in COLUMNS[kind]]]
    found = []
    if missing:
        found.append(f"Tệp thiếu cột: {', '.join(missing)}. Thêm các cột này ở dòng đầu.")
    if unknown:
        found.append(f"Tệp có cột lạ: {', '.join(unknown)}. Xóa hoặc đổi tên các cột này.")
    if found:
        raise BadFile(*found)


def _struct(kind: str, where: str, row: dict[str, str | None], begins: date | None) -> Any:
    """The struct of a row, or the sentence that says what is wrong with it."""
    columns = {c.name: c for c in COLUMNS[kind]}
    cells: dict[str, Any] = {}
    for column in columns.values():
        text = (row.get(column.name) or "").strip()
        if not text and column.required:
            return f"{where}: cột {column.name} trống; cần {column.hint}."
        if text:
            try:
                cells[column.name] = read_cell(column, text)
            except BadValue:
                return _bad(where, column, text)
    if "valid_from" in columns and "valid_from" not in cells:
        if begins is None:
            return f"{where}: chưa có ngày hiệu lực; thêm cột valid_from hoặc tham số --from."
        cells["valid_from"] = begins.isoformat()
    return _convert(kind, where, cells, columns)


def _bad(where: str, column: Column, text: str) -> str:
    return f"{where}: cột {column.name}: “{text}” không hợp lệ; cần {column.hint}."


def _convert(kind: str, where: str, cells: dict[str, Any], columns: dict[str, Column]) -> Any:
    try:
        return msgspec.convert(body_of(kind, cells), KINDS[kind], strict=False)
    except msgspec.ValidationError as error:
        field = re.search(r"\$\.(\w+)", str(error))
        column = columns.get(field.group(1)) if field else None
        if column is None:
            return f"{where}: không đọc được; kiểm tra lại các ô ({error})."
        return _bad(where, column, str(cells.get(column.name, "")))


def _items(text: str, kind: str, begins: date | None) -> Iterator[tuple[str, Any]]:
    """(where, struct or sentence) for each item of a list in its own form."""
    try:
        bodies = json.loads(text)
    except ValueError as error:
        raise BadFile(f"Tệp không phải JSON: {error}. Sửa lại tệp ở chỗ đó.") from error
    if not isinstance(bodies, list):
        raise BadFile("Tệp JSON phải là một danh sách [ … ], mỗi mục như trong resources/reference.")
    for number, body in enumerate(bodies, 1):
        code = body.get("code", "") if isinstance(body, dict) else ""
        yield (
            f"Mục {number}",
            _item(kind, f"Mục {number} ({code})" if code else f"Mục {number}", body, begins),
        )


def _item(kind: str, where: str, body: Any, begins: date | None) -> Any:
    if isinstance(body, dict) and begins is not None and "valid_from" in KINDS[kind].__struct_fields__:
        body = {"valid_from": begins.isoformat(), **body}
    try:
        return msgspec.convert(body, KINDS[kind], str_keys=True)
    except msgspec.ValidationError as error:
        return f"{where}: không đọc được; sửa chỗ này ({error})."


def _boundaries(text: str, begins: date | None) -> Iterator[tuple[str, Any]]:
    """(where, boundary or sentence) for each feature of the GeoJSON."""
    if begins is None:
        raise BadFile("Ranh giới cần ngày hiệu lực; thêm tham số --from, ví dụ --from 2025-07-01.")
    try:
        features = json.loads(text).get("features")
    except (ValueError, AttributeError) as error:
        raise BadFile(f"Tệp không phải GeoJSON: {error}. Xuất lại tệp dạng GeoJSON.") from error
    if not isinstance(features, list):
        raise BadFile("Tệp không có “features”; cần GeoJSON loại FeatureCollection.")
    for number, feature in enumerate(features, 1):
        yield f"Đối tượng {number}", _boundary(f"Đối tượng {number}", feature, begins)


def _boundary(where: str, feature: Any, begins: date) -> Any:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    code = properties.get("code") if isinstance(properties, dict) else None
    if not isinstance(code, str | int) or not str(code).strip():
        return f"{where}: thiếu thuộc tính code; cần mã xã, phường trong properties.code."
    try:
        polygons = polygons_of(feature.get("geometry"))
    except BadGeometry as error:
        return f"{where} (mã {code}): {error}."
    return Boundary(code=str(code).strip(), polygons=polygons, approximate=False, valid_from=begins)


def _twice(made: list[tuple[str, Any]]) -> list[str]:
    seen: dict[str, str] = {}
    found = []
    for where, item in made:
        first = seen.setdefault(key_of(item), where)
        if first is not where:
            found.append(f"{where}: trùng với {first.lower()} ({key_of(item)}); bỏ một trong hai.")
    return found


def _keep_questions(item: Any, reference: Reference) -> Any:
    """CSV holds no scripted questions: a type keeps those it has."""
    if not isinstance(item, ReportType):
        return item
    old = reference.type(item.code)
    return msgspec.structs.replace(item, questions=old.questions) if old else item

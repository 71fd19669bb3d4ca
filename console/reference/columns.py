"""The columns of the CSV files that can be imported, and what may stand in them."""

from datetime import date, datetime
from typing import Any

import msgspec

from console.domain.category import Urgency


class Column(msgspec.Struct, frozen=True):
    """`hint` completes "cần …" in a message. `shape`: text, list (parted by ;), date, term, flag, count."""

    name: str
    hint: str
    shape: str = "text"
    required: bool = True


CODE = Column("code", "một mã duy nhất")
SPAN = (
    Column("valid_from", "ngày dạng 2025-07-01 hoặc 01/07/2025", "date", False),
    Column("valid_to", "ngày dạng 2025-06-30 hoặc để trống", "date", False),
)
POINT = (
    Column("lon", "kinh độ bằng số, ví dụ 106.6"),
    Column("lat", "vĩ độ bằng số, ví dụ 17.48"),
)
TERM = "số phút và đồng hồ: 90R (liên tục) hoặc 450W (giờ làm việc)"
TERMS = tuple(Column(f"{stage}_{u}", TERM, "term") for stage in ("assign", "resolve") for u in Urgency)

COLUMNS: dict[str, tuple[Column, ...]] = {
    "units": (
        CODE,
        Column("kind", "province, city, town, district, ward, commune, township hoặc special"),
        Column("name", "tên đầy đủ"),
        Column("short", "tên gọn"),
        Column("parent", "mã đơn vị cấp trên, trống với tỉnh", required=False),
        *POINT,
        Column("predecessors", "các mã cũ, cách nhau bằng ;", "list", False),
        Column("people", "dân số, số nguyên dương, để trống nếu chưa có số liệu", "count", False),
        *SPAN,
    ),
    "agencies": (
        CODE,
        Column("name", "tên đầy đủ"),
        Column("short", "tên gọn"),
        Column("kind", "department, district, commune, police hoặc utility"),
        Column("area", "mã đơn vị hành chính phụ trách"),
        Column("parent", "mã cơ quan cấp trên hoặc để trống", required=False),
        Column("email", "địa chỉ thư của đầu mối hoặc để trống", required=False),
        Column("hook", "số hoặc mã của đầu mối ở cổng tin nhắn, hoặc để trống", required=False),
        Column("leader_email", "địa chỉ thư của lãnh đạo hoặc để trống", required=False),
        Column("leader_hook", "số hoặc mã của lãnh đạo ở cổng tin nhắn, hoặc để trống", required=False),
        *SPAN,
    ),
    "types": (
        CODE,
        Column("category", "mã lĩnh vực có trong danh mục"),
        Column("name", "tên loại việc"),
        Column("name_en", "tên tiếng Anh"),
        Column("urgency", "critical, high, normal hoặc low"),
        *TERMS,
        Column("sensitive", "true hoặc false", "flag", False),
        Column("group", "nhóm loại việc gần giống", required=False),
        Column("keywords", "các từ khóa, cách nhau bằng ;", "list", False),
        *SPAN,
    ),
    "routes": (
        CODE,
        Column("area", "mã đơn vị hành chính"),
        Column("type", "mã loại việc hoặc để trống", required=False),
        Column("category", "mã lĩnh vực hoặc để trống", required=False),
        Column("lead", "mã cơ quan, @commune hoặc @district"),
        Column("supporting", "các mã cơ quan, cách nhau bằng ;", "list", False),
        Column("reason", "lý do hiện cho điện thoại viên"),
        Column("reason_en", "lý do bằng tiếng Anh"),
        *SPAN,
    ),
    "days": (
        Column("day", "ngày dạng 2026-09-02 hoặc 02/09/2026", "date"),
        Column("kind", "working, off hoặc make_up"),
        Column("name", "tên ngày", required=False),
    ),
    "posts": (
        CODE,
        Column("kind", "committee, police, fire, health, rescue hoặc utility"),
        Column("name", "tên trụ sở, trạm trực"),
        Column("agency", "mã cơ quan hoặc để trống", required=False),
        Column("phone", "số điện thoại trực hoặc để trống", required=False),
        *POINT,
        *SPAN,
    ),
    "retention": (
        Column("code", "workstation"),
        Column("closed_months", "số tháng giữ phản ánh đã kết thúc trên máy trạm, từ 3 đến 120", "count"),
        Column("note_months", "số tháng giữ ghi chú về số điện thoại, từ 1 đến 120", "count", required=False),
        *SPAN,
    ),
    "shifts": (
        CODE,
        Column("name", "tên ca trực"),
        Column("name_en", "tên tiếng Anh"),
        Column("starts", "giờ vào ca dạng 06:00"),
        Column("ends", "giờ ra ca dạng 14:00; không sau giờ vào ca là sang ngày hôm sau"),
        *SPAN,
    ),
    "gazetteer": (
        CODE,
        Column("kind", "street, market, school, hospital, bridge, beach, hamlet, road_km hoặc landmark"),
        Column("name", "tên địa danh"),
        Column("commune", "mã xã, phường"),
        *POINT,
        Column("also", "tên gọi khác, cách nhau bằng ;", "list", False),
        *SPAN,
    ),
}


class BadValue(ValueError):
    """A cell that cannot be read."""


def read_date(text: str) -> date:
    """2025-07-01 or 01/07/2025. Raises BadValue."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar date has no zone
        except ValueError:
            continue
    raise BadValue(text)


def _term(text: str) -> dict[str, Any]:
    number, clock = text[:-1], {"R": "round", "W": "working"}.get(text[-1:].upper())
    if clock is None or not number.isdigit() or int(number) == 0:
        raise BadValue(text)
    return {"minutes": int(number), "clock": clock}


def _flag(text: str) -> bool:
    word = text.lower()
    if word not in ("true", "false", "1", "0", "có", "không"):
        raise BadValue(text)
    return word in ("true", "1", "có")


def _count(text: str) -> int:
    """1234, also written 1.234 or 1 234."""
    digits = text.replace(".", "").replace(",", "").replace(" ", "")
    if not digits.isdigit() or int(digits) == 0:
        raise BadValue(text)
    return int(digits)


def read_cell(column: Column, text: str) -> Any:
    """The plain JSON value of a cell that is not empty. Raises BadValue."""
    if column.shape == "list":
        return [part.strip() for part in text.split(";") if part.strip()]
    if column.shape == "date":
        return read_date(text).isoformat()
    if column.shape == "count":
        return _count(text)
    if column.shape == "term":
        return _term(text)
    return _flag(text) if column.shape == "flag" else text


def body_of(kind: str, cells: dict[str, Any]) -> dict[str, Any]:
    """The struct's fields out of a row's: a type's terms are columns in the file, a table in the struct."""
    if kind != "types":
        return cells
    body = {name: value for name, value in cells.items() if not name.startswith(("assign_", "resolve_"))}
    for stage in ("assign", "resolve"):
        body[stage] = {u.value: cells[f"{stage}_{u}"] for u in Urgency if f"{stage}_{u}" in cells}
    return body

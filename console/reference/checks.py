"""Does an imported list fit the rest of the reference? Each misfit is a Vietnamese sentence."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from console.domain.agency import Agency, Route
from console.domain.area import Outline
from console.domain.canned import SHORT, CannedText, CannedUse
from console.domain.category import ReportType
from console.domain.form import FRAMES, Form, misfits
from console.domain.place import Boundary, DutyPost, GazetteerEntry
from console.domain.questions import unreachable
from console.domain.reference import Reference, in_force
from console.domain.shift_time import ShiftTime
from console.reference import checks_chase, checks_quality

WEST, SOUTH, EAST, NORTH = 102.0, 7.0, 118.0, 24.0  # degrees: the country with its islands
DIGITS = 9  # keys 1 to 9 answer a question

Made = list[tuple[str, Any]]


def check(kind: str, made: Made, reference: Reference) -> list[str]:
    """All misfits of the items `made` (where they stand, and what they are)."""
    found = [
        f"{where}: hết hiệu lực {item.valid_to:%d/%m/%Y} trước khi bắt đầu; sửa valid_to."
        for where, item in made
        if getattr(item, "valid_to", None) and item.valid_to < item.valid_from
    ]
    checker = CHECKS.get(kind)
    for where, item in made if checker else []:
        found += [f"{where}: {problem}" for problem in checker(item, made, reference)]  # type: ignore[misc]
    return found


def _boundary(item: Boundary, made: Made, reference: Reference) -> Iterator[str]:
    unit = reference.unit(item.code, item.valid_from)
    if unit is None or not unit.kind.is_commune:
        yield (
            f"mã {item.code} không phải xã, phường có hiệu lực ngày {item.valid_from:%d/%m/%Y}; "
            "kiểm tra mã hoặc tham số --from, hoặc nhập danh mục units trước."
        )


def _agency(item: Agency, made: Made, reference: Reference) -> Iterator[str]:
    if reference.unit(item.area) is None:
        yield f"đơn vị hành chính {item.area} chưa có; sửa cột area hoặc nhập units trước."
    known = {other.code for _, other in made}
    if item.parent and item.parent not in known and reference.agency(item.parent) is None:
        yield f"cơ quan cấp trên {item.parent} chưa có; thêm cơ quan đó vào tệp hoặc sửa cột parent."
    yield from checks_chase.addresses(item)


def _type(item: ReportType, made: Made, reference: Reference) -> Iterator[str]:
    if reference.category(item.category) is None:
        yield f"lĩnh vực {item.category} chưa có; sửa cột category."
    yield from _questions(item)


def _questions(item: ReportType) -> Iterator[str]:
    """Misfits of its questions among themselves: what no operator could answer, or no branch would reach."""
    codes = Counter(question.code for question in item.questions)
    yield from (f"có hai câu hỏi cùng mã {code}; đổi mã một câu." for code, n in codes.items() if n > 1)
    opened = Counter[str]()
    for question in item.questions:
        given = Counter(answer.code for answer in question.answers)
        if len(question.answers) > DIGITS:
            yield f"câu hỏi {question.code} có hơn {DIGITS} câu trả lời; phím số chỉ đến {DIGITS}, bớt đi."
        for code in (code for code, n in given.items() if n > 1):
            yield f"câu hỏi {question.code} có hai câu trả lời cùng mã {code}; đổi mã một câu."
        branch = {code for answer in question.answers for code in answer.opens}
        for code in sorted(branch - set(codes)):
            yield f"câu hỏi {question.code} mở câu {code} không có trong loại việc này; sửa opens."
        opened.update(branch)
    for code in (code for code, n in opened.items() if n > 1):
        yield f"câu hỏi {code} được hai câu hỏi khác nhau mở; chỉ để một câu mở nó."
    if circle := unreachable(item):
        yield f"các câu hỏi {', '.join(circle)} mở lẫn nhau thành vòng; bỏ bớt opens để có câu bắt đầu."


def _canned(item: CannedText, made: Made, reference: Reference) -> Iterator[str]:
    if item.use is CannedUse.INTAKE:
        yield "mẫu câu tiếp nhận (intake) thuộc danh mục phrases; nhập tệp này với --kind phrases."
    yield from _short(item, made, reference)


def _phrase(item: CannedText, made: Made, reference: Reference) -> Iterator[str]:
    if item.use is not CannedUse.INTAKE:
        yield f"mẫu câu {item.use} thuộc danh mục canned; nhập tệp này với --kind canned."
    yield from _short(item, made, reference)


def _short(item: CannedText, made: Made, reference: Reference) -> Iterator[str]:
    """A short name that the input method leaves alone, and that means one text."""
    if item.short and not SHORT.match(item.short):
        yield (
            f"tên ngắn {item.short!r} phải gồm 2 đến 8 phụ âm không dấu, không có w và dd, để Telex và VNI "
            "không đổi; sửa short."
        )
    there = {other.code: other for other in reference.canned_for(item.use, item.valid_from)}
    there |= {other.code: other for _, other in made}
    same = [
        o.code for o in there.values() if (o.use, o.short) == (item.use, item.short) and o.code != item.code
    ]
    if item.short and same:
        yield f"tên ngắn {item.short} dùng cho hai mẫu câu {item.use}; đổi một."


MISFITS = {
    "unknown": "không có khung {what}; chọn trong " + ", ".join(FRAMES) + ".",
    "twice": "khung {what} có hai lần; bỏ một.",
    "needed": "thiếu khung {what}: không phản ánh nào được ghi mà không có nó; thêm vào frames.",
    "required": "{what} không đặt bắt buộc được ở đây; xem resources/reference/README.md, sửa required.",
    "without": "{what} không bỏ ra được; xem resources/reference/README.md, sửa without.",
    "both": "{what} vừa bắt buộc vừa bỏ ra; bỏ ở một trong hai chỗ.",
}


def _form(item: Form, made: Made, reference: Reference) -> Iterator[str]:
    """What cannot be, types that there are not, and two forms for one type on one day."""
    yield from (MISFITS[found.kind].format(what=found.what) for found in misfits(item))
    for code in item.types:
        if reference.type(code) is None and reference.category(code) is None:
            yield f"loại việc hoặc lĩnh vực {code} chưa có; sửa types."
    there = {form.code: form for form in in_force(reference.forms, item.valid_from)}
    there |= {form.code: form for form in in_force([form for _, form in made], item.valid_from)}
    for other in there.values():
        if other.code != item.code and (both := _same_types(item, other)) is not None:
            yield f"biểu mẫu {other.code} cũng dùng cho {both or 'mọi loại việc'}; mỗi loại chỉ một biểu mẫu."


def _same_types(one: Form, other: Form) -> str | None:
    """A type that both are for; "" where both are for every type, None where none is."""
    if not one.types or not other.types:
        return "" if one.types == other.types else None
    return next((code for code in one.types if code in other.types), None)


def _route(item: Route, made: Made, reference: Reference) -> Iterator[str]:
    if reference.unit(item.area) is None:
        yield f"đơn vị hành chính {item.area} chưa có; sửa cột area."
    if (item.type is None) == (item.category is None):
        yield "điền một trong hai cột type, category."
    if item.type and reference.type(item.type) is None:
        yield f"loại việc {item.type} chưa có; sửa cột type."
    if item.category and reference.category(item.category) is None:
        yield f"lĩnh vực {item.category} chưa có; sửa cột category."
    for code in (item.lead, *item.supporting):
        if code not in ("@commune", "@district") and reference.agency(code) is None:
            yield f"cơ quan {code} chưa có; nhập agencies trước hoặc dùng @commune, @district."


def _place(item: GazetteerEntry, made: Made, reference: Reference) -> Iterator[str]:
    if reference.unit(item.commune, item.valid_from) is None:
        yield f"xã, phường {item.commune} không có hiệu lực ngày {item.valid_from:%d/%m/%Y}; sửa cột commune."
        return
    outlines = [b for b in reference.boundaries if b.code == item.commune and b.valid_from <= item.valid_from]
    surveyed = outlines and not outlines[-1].approximate
    if surveyed and not Outline(outlines[-1]).holds(item.lon, item.lat):
        yield f"điểm {item.lon:g}, {item.lat:g} nằm ngoài {item.commune}; sửa lon, lat hoặc commune."


def _post(item: DutyPost, made: Made, reference: Reference) -> Iterator[str]:
    if item.agency and reference.agency(item.agency) is None:
        yield f"cơ quan {item.agency} chưa có; nhập agencies trước hoặc để trống cột agency."
    if not (WEST <= item.lon <= EAST and SOUTH <= item.lat <= NORTH):
        yield f"điểm {item.lon:g}, {item.lat:g} nằm ngoài Việt Nam; kiểm tra thứ tự lon, lat."


def _shift(item: ShiftTime, made: Made, reference: Reference) -> Iterator[str]:
    """Two shifts that begin at once, or one of no length."""
    if item.starts == item.ends:
        yield f"ca bắt đầu và kết thúc cùng lúc {item.starts}; sửa starts hoặc ends."
    there = {other.code: other for other in in_force(reference.shifts, item.valid_from)}
    there |= {other.code: other for other in in_force([o for _, o in made], item.valid_from)}
    same = [o.name for o in there.values() if o.code != item.code and o.starts == item.starts]
    if same:
        yield f"ca {same[0]} cũng bắt đầu lúc {item.starts}; mỗi giờ vào ca chỉ một ca, sửa starts."


CHECKS: dict[str, Callable[[Any, Made, Reference], Iterator[str]]] = {
    "boundaries": _boundary,
    "agencies": _agency,
    "types": _type,
    "routes": _route,
    "gazetteer": _place,
    "posts": _post,
    "canned": _canned,
    "phrases": _phrase,
    "forms": _form,
    "targets": checks_quality.target,
    "score_forms": checks_quality.score_form,
    "contacts": checks_chase.contact,
    "escalations": checks_chase.escalation,
    "message_texts": checks_chase.message_text,
    "chasing": checks_chase.chasing,
    "shifts": _shift,
}

"""Would the reference still fit together after a change? The same answer at the desk and at the centre.

`checks` looks at each new item, as the importing command does. Here is what only the whole tells: spans that
overlap, codes that end while something names them or cases are open under them, lists that run dry.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import msgspec

from console.domain.agency import Agency
from console.domain.category import ReportType
from console.domain.reference import Reference, in_force
from console.protocol.wire import ReferenceItem
from console.reference import key_of, read_item
from console.reference.checks import check
from console.reference.diff import Plan
from console.reference.links import HELD, gap, holes, spans_of

NEVER_EMPTY = ("categories", "types", "routes", "hours", "reject_reasons", "agencies", "units")
"""Lists without which no report can be taken or handled."""
DATED = {"types": "loại việc", "agencies": "cơ quan"}
"""Lists whose codes open cases are kept under."""


class Misfit(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with which item; `sentence` is Vietnamese and says what to do."""

    kind: str
    key: str
    sentence: str


class InUse(msgspec.Struct, frozen=True, kw_only=True):
    """How many open cases there are by type, and by lead agency."""

    types: dict[str, int] = {}
    agencies: dict[str, int] = {}

    def of(self, kind: str, code: str) -> int:
        """Open cases under a code of that list."""
        held = self.types if kind == "types" else self.agencies if kind == "agencies" else {}
        return held.get(code, 0)


def after(reference: Reference, made: Plan) -> Reference:
    """The reference as the plan leaves it; lists that it does not touch are the same ones."""
    touched: dict[str, dict[str, ReferenceItem]] = defaultdict(dict)
    for item in made.changed:
        touched[item.kind][item.key] = item
    lists: dict[str, Any] = {}
    for kind, changed in touched.items():
        kept = {key_of(item): item for item in getattr(reference, kind)}
        kept.update({key: read_item(item) for key, item in changed.items() if not item.deleted})
        lists[kind] = tuple(
            kept[key] for key in sorted(kept) if key not in changed or not changed[key].deleted
        )
    return replace(reference, **lists)


def misfits(reference: Reference, made: Plan, today: date, in_use: InUse | None = None) -> tuple[Misfit, ...]:
    """All that speaks against the plan. `in_use`: None where it is not known which cases are open."""
    then = after(reference, made)
    changed = {(item.kind, item.key): item for item in made.changed}
    new: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for (kind, key), item in changed.items():
        if not item.deleted:
            new[kind].append((key, read_item(item)))
    found = list(_by_item(new, then))
    found += _overlaps(then, {(kind, key.partition("@")[0]) for kind, key in changed})
    found += _holes(reference, then, changed, today)
    found += _dry(reference, then, {kind for kind, _ in changed}, today)
    found += _in_use(then, changed, today, in_use or InUse())
    return tuple(dict.fromkeys(found))


def _by_item(new: Mapping[str, list[tuple[str, Any]]], then: Reference) -> Iterable[Misfit]:
    """What the importing command asks of each item."""
    for kind, made in new.items():
        for key, item in made:
            for sentence in check(kind, [(key, item)], then):
                yield Misfit(kind=kind, key=key, sentence=sentence.removeprefix(f"{key}: "))


def _overlaps(then: Reference, codes: set[tuple[str, str]]) -> Iterable[Misfit]:
    for kind, code in sorted(codes):
        if kind == "days":
            continue
        spans = sorted(spans_of(then, (kind,), code), key=lambda item: item.valid_from)
        for one, other in pairwise(spans):
            if one.valid_to is None or one.valid_to >= other.valid_from:
                yield Misfit(
                    kind=kind,
                    key=key_of(other),
                    sentence=f"mã {code} có hai khoảng hiệu lực chồng nhau từ {other.valid_from:%d/%m/%Y}; "
                    "sửa ngày kết thúc của khoảng trước.",
                )


def _holes(
    reference: Reference, then: Reference, changed: Mapping[tuple[str, str], ReferenceItem], today: date
) -> Iterable[Misfit]:
    """Items that name what will not hold: the changed ones, and others that held before this change."""
    lists = {kind for kind, _ in changed}
    naming = {kind for kind, _ in HELD}
    for kind in sorted(naming):
        pointed = any(set(targets) & lists for (of, _), targets in HELD.items() if of == kind)
        if kind not in lists and not pointed:
            continue
        for item in getattr(then, kind):
            key = key_of(item)
            mine = (kind, key) in changed
            if not mine and not pointed:
                continue
            for field, code, day in holes(then, kind, item, today):
                if mine and not spans_of(then, HELD[kind, field], code):
                    continue  # `checks` says that there is none
                if mine or _held(reference, kind, field, item, code, today):
                    yield _hole(kind, key, field, code, day, mine)


def _held(reference: Reference, kind: str, field: str, item: Any, code: str, today: date) -> bool:
    first = max(item.valid_from, today)
    return gap(spans_of(reference, HELD[kind, field], code), first, item.valid_to) is None


def _hole(kind: str, key: str, field: str, code: str, day: date, mine: bool) -> Misfit:
    when = f"{code} ({field}) không có hiệu lực từ {day:%d/%m/%Y}"
    if mine:
        return Misfit(
            kind=kind, key=key, sentence=f"{when}; chọn mã khác hoặc kết thúc mục này trước ngày đó."
        )
    return Misfit(
        kind=kind, key=key, sentence=f"mục này còn dùng mã sẽ hết: {when}; sửa hoặc kết thúc mục này trước."
    )


def _dry(reference: Reference, then: Reference, kinds: set[str], today: date) -> Iterable[Misfit]:
    for kind in sorted(kinds & set(NEVER_EMPTY)):
        if in_force(getattr(reference, kind), today) and not in_force(getattr(then, kind), today):
            sentence = f"danh mục {kind} sẽ không còn mục nào có hiệu lực hôm nay; để lại ít nhất một."
            yield Misfit(kind=kind, key="", sentence=sentence)


def _in_use(
    then: Reference, changed: Mapping[tuple[str, str], ReferenceItem], today: date, in_use: InUse
) -> Iterable[Misfit]:
    """A code that ended in the past while cases are open under it."""
    for kind, code in sorted({(kind, key.partition("@")[0]) for kind, key in changed if kind in DATED}):
        count = in_use.of(kind, code)
        spans: list[Agency | ReportType] = spans_of(then, (kind,), code)
        if count and gap(spans, today, today) is not None:
            key = key_of(max(spans, key=lambda one: one.valid_from)) if spans else code
            yield Misfit(
                kind=kind,
                key=key,
                sentence=f"còn {count} phản ánh đang mở dùng {DATED[kind]} {code}; "
                "chọn ngày kết thúc từ hôm nay trở đi, hoặc chuyển các phản ánh đó trước.",
            )

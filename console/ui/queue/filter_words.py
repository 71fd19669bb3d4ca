"""What the filter line's fields and values are called, and what a line asks of the queue."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from console.desk.names import STATUSES
from console.desk.rows import DueState, Filter, Values
from console.domain.case import Channel
from console.domain.category import Urgency
from console.domain.number import CaseNumber, parse_number
from console.domain.reference import Reference, in_force
from console.domain.typed_line import Field, Line, Reader, Value
from console.domain.zone import ZONE
from console.ui.queue.answer_field import ANSWERS, answer_field, answer_name, answer_values
from console.ui.words import t

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\Z")
_LAST = re.compile(r"(\d{1,3})\s*(?:ngay|days?)\Z")
_NAMED = {"homnay": 0, "today": 0, "homqua": 1, "yesterday": 1}
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}\Z")

_Listed = tuple[Any, tuple[str, ...], str]  # an item with validity dates, its names, where it is

DAYS, CALLERS = "days", "callers"
BEGINS = {"from": "entered_from_ms", "ended_from": "resolved_from_ms"}
ENDS = {"until": "entered_until_ms", "ended_until": "resolved_until_ms"}
"""Days, and the fields of `Filter` that they bound."""
TUPLES = (
    "statuses", "urgencies", "types", "categories", "leads", "communes", "districts", "channels", "due",
    "handlers", "outcomes", ANSWERS,
)  # fmt: skip
"""Fields of `Filter` with alternatives, by the names that the line's fields have here."""
BUT = "-"  # before the name of such a field: of `Filter.but`
PARTS = (*TUPLES, *(BUT + name for name in TUPLES))
DATED = ("leads", "communes", "districts", "types", "categories", ANSWERS)
"""Those whose values come and go."""
GONE = "!"  # after the name of a part: what is gone of it


def last_days(text: str, today: date) -> tuple[date, date] | None:
    """First and last day that a word or a date means; None: it is none."""
    plain = text.replace(" ", "")
    if plain in _NAMED:
        day = today - timedelta(days=_NAMED[plain])
        return day, day
    if found := _LAST.match(plain):
        return today - timedelta(days=max(0, int(found[1]) - 1)), today
    try:
        if _ISO.match(plain):
            day = date.fromisoformat(plain)
            return day, day
        if found := _DAY.match(plain):
            day = date(int(found[3] or today.year), int(found[2]), int(found[1]))
            return day, day
    except ValueError:
        return None
    return None


class FilterWords:
    """Lines to filters and back, under one reference, for one person, on one day.

    `also`: a filter whose codes are values too, whatever they mean.
    """

    def __init__(self, reference: Reference, today: date, user: str, also: Filter | None = None) -> None:
        self._given = reference, today, user
        self._today = today
        fields = _fields(reference, today, user, self._day, self._number)
        self.reader = Reader(fields if also is None else [_with(field, also) for field in fields])

    def knowing(self, chosen: Filter) -> "FilterWords":
        """These, or others that can tell all of the filter."""
        foreign = any(not self._value(name, code).names for name in PARTS for code in codes_of(chosen, name))
        return FilterWords(*self._given, chosen) if foreign else self

    def _day(self, text: str) -> str:
        found = last_days(text, self._today)
        return "" if found is None else f"{found[0].isoformat()}/{found[1].isoformat()}"

    def _number(self, text: str) -> str:
        """A case's number, as printed; "" where it is none."""
        found = parse_number(text)
        return str(found) if isinstance(found, CaseNumber) else ""

    def filter_of(self, line: Line) -> Filter:
        """What a line asks; what is in trouble asks nothing."""
        asked = dict[str, tuple[str, ...]]()
        for part in line.parts:
            name = BUT + part.field if part.but else part.field
            asked[name] = (*asked.get(name, ()), *part.codes)
        first, until = self._span(asked)
        since, before = self._span(
            {"from": asked.get("ended_from", ()), "until": asked.get("ended_until", ())}
        )
        chosen = {name: tuple(dict.fromkeys(asked.get(name, ()))) for name in PARTS}
        but = {name: chosen.pop(BUT + name) for name in TUPLES}
        callers = tuple(dict.fromkeys(asked.get(CALLERS, ())))
        plain = {"words": line.words, "entered_from_ms": first, "entered_until_ms": until, "but": but}
        plain |= {"resolved_from_ms": since, "resolved_until_ms": before}
        return msgspec.convert({**chosen, **plain, CALLERS: callers}, Filter)

    def _span(self, asked: dict[str, tuple[str, ...]]) -> tuple[int | None, int | None]:
        firsts = [days.partition("/")[0] for days in (*asked.get("from", ()), *asked.get(DAYS, ()))]
        lasts = [days.partition("/")[2] for days in (*asked.get("until", ()), *asked.get(DAYS, ()))]
        first = _midnight(date.fromisoformat(max(firsts))) if firsts else None
        until = _midnight(date.fromisoformat(min(lasts)) + timedelta(days=1)) if lasts else None
        return first, until

    def text_of(self, chosen: Filter) -> str:
        """A line that asks the same."""
        words = [chosen.words] if chosen.words else []  # first, where no value can take them for its own
        return " ".join([*words, *(text for _, text in self.parts_of(chosen))])

    def parts_of(self, chosen: Filter) -> list[tuple[str, str]]:
        """Each part of a filter but its words, by its field's name, as it is typed."""
        parts = [
            (name, self._spelled(name, codes_of(chosen, name))) for name in PARTS if codes_of(chosen, name)
        ]
        if chosen.callers:
            parts.append((CALLERS, self._spelled(CALLERS, chosen.callers)))
        for name in (*BEGINS, *ENDS):
            if (day := _day_of(chosen, name)) is not None:
                parts.append((name, f"{self._key(name)}:{_shown(day)}"))
        return parts

    def _spelled(self, name: str, codes: Sequence[str]) -> str:
        but = BUT if name.startswith(BUT) else ""
        return but + self.reader.spell(name.removeprefix(BUT), codes)

    def _key(self, name: str) -> str:
        return next(field.keys[0] for field in self.reader.fields if field.name == name)

    def chips(self, chosen: Filter) -> list[tuple[str, str, bool]]:
        """Each part but the words as a chip: its name, its words, whether it is gone. What is gone of a part
        is a chip beside the rest of it."""
        chips = list[tuple[str, str, bool]]()
        for name, _ in self.parts_of(chosen):
            gone = set(self._gone_codes(name, chosen))
            if not gone:
                chips.append((name, self.shown(name, chosen), False))
                continue
            codes = codes_of(chosen, name)
            for kept, struck in (
                ([c for c in codes if c not in gone], False),
                ([c for c in codes if c in gone], True),
            ):
                if kept:
                    part = with_codes(chosen, name, kept)
                    chips.append((name + (GONE if struck else ""), self.shown(name, part), struck))
        return chips

    def without(self, chosen: Filter, chip: str) -> Filter:
        """The filter without what a chip stands for."""
        name = chip.removesuffix(GONE)
        if name.removeprefix(BUT) not in DATED:
            return removed(chosen, chip)
        gone = self._gone_codes(name, chosen)
        left = [code for code in codes_of(chosen, name) if (code in gone) is not chip.endswith(GONE)]
        return with_codes(chosen, name, left)

    def shown(self, name: str, chosen: Filter) -> str:
        """One part in words, for a chip: "Đơn vị: Điện lực Đồng Hới, …"."""
        field = name.removeprefix(BUT)
        label = t(f"filter.field.{field}")
        if name in BEGINS or name in ENDS:
            return f"{label}: {_shown(_day_of(chosen, name) or 0)}"
        if name == CALLERS:
            return f"{label}: {', '.join(chosen.callers)}"
        named = ", ".join(self.name_of(field, code) for code in codes_of(chosen, name))
        if name.startswith(BUT):
            return t("filter.but", field=label[:1].lower() + label[1:], values=named)
        return f"{label}: {named}"

    def name_of(self, field: str, code: str) -> str:
        """What a value is called; its code where it is called nothing any more."""
        name = next(iter(self._value(field, code).names), code)
        return answer_name(name, code) if field == ANSWERS else name

    def _value(self, field: str, code: str) -> Value:
        field = field.removeprefix(BUT)
        values = next((one.values for one in self.reader.fields if one.name == field), ())
        return next((value for value in values if value.code == code), Value(code, ()))

    def gone(self, chosen: Filter) -> list[str]:
        """What no longer means anything, or nothing today: agencies, areas, types, by name or code."""
        return [one for name in PARTS for one in self.gone_of(name, chosen)]

    def gone_of(self, name: str, chosen: Filter) -> list[str]:
        """The same of one part."""
        return [self.name_of(name.removeprefix(BUT), code) for code in self._gone_codes(name, chosen)]

    def _gone_codes(self, name: str, chosen: Filter) -> list[str]:
        codes = codes_of(chosen, name) if name.removeprefix(BUT) in DATED else ()
        return [code for code in codes if not (value := self._value(name, code)).names or value.past]


def codes_of(chosen: Filter, name: str) -> tuple[str, ...]:
    """The values of one part, by its name in PARTS; of any other none."""
    if name not in PARTS:
        return ()
    values: Values = chosen.but if name.startswith(BUT) else chosen
    return tuple(str(code) for code in getattr(values, name.removeprefix(BUT)))


def with_codes(chosen: Filter, name: str, codes: Sequence[str]) -> Filter:
    """The filter with other values of one part, by its name in PARTS."""
    replace, field = msgspec.structs.replace, name.removeprefix(BUT)
    values = {field: getattr(msgspec.convert({field: tuple(codes)}, Values), field)}
    if name.startswith(BUT):
        return replace(chosen, but=replace(chosen.but, **values))
    return replace(chosen, **values)


def removed(chosen: Filter, name: str) -> Filter:
    """The filter without one of its parts."""
    if name == "words":
        return msgspec.structs.replace(chosen, words="")
    if name == CALLERS:
        return msgspec.structs.replace(chosen, callers=())
    if name in BEGINS or name in ENDS:
        return msgspec.structs.replace(chosen, **{(BEGINS | ENDS)[name]: None})
    return with_codes(chosen, name, ())


def _day_of(chosen: Filter, name: str) -> int | None:
    """A moment of the day that bounds it; None: nothing does."""
    if name in BEGINS:
        since: int | None = getattr(chosen, BEGINS[name])
        return since
    until: int | None = getattr(chosen, ENDS[name])
    return None if until is None else until - 1


def _midnight(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp() * 1000)


def _shown(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, ZONE).strftime("%d/%m/%Y")


def _fields(
    reference: Reference, today: date, user: str, day: Callable[[str], str], number: Callable[[str], str]
) -> Sequence[Field]:
    def field(name: str, values: Sequence[Value]) -> Field:
        return Field(name, _keys(name), tuple(values))

    in_words = {
        "statuses": [(status, f"status.{status}") for status in STATUSES],
        "urgencies": [(urgency.value, f"urgency.{urgency.value}") for urgency in reversed(Urgency)],
        "channels": [(channel.value, f"channel.{channel.value}") for channel in Channel],
        "due": [(state.value, f"filter.due.{state.value}") for state in DueState],
        "handlers": [(user, "filter.me"), ("", "filter.nobody")],
        "outcomes": [(how, f"deadline.{how}") for how in ("met", "metExtended", "late")],
    }
    named = [field(name, [Value(code, (t(key),)) for code, key in pairs]) for name, pairs in in_words.items()]
    districts = {unit.code: unit.short for unit in reversed(reference.units) if unit.kind.is_district}
    units = reference.units
    listed: dict[str, list[_Listed]] = {
        "types": [
            (x, (x.name, x.name_en), "") for x in {(x.code, x.name): x for x in reference.types}.values()
        ],
        "categories": [(x, (x.name, x.name_en), "") for x in reference.categories],
        "leads": [
            (x, (x.short, x.name), "") for x in {(x.code, x.name): x for x in reference.agencies}.values()
        ],
        "communes": [
            (u, (u.short, u.name), districts.get(u.parent or "", "")) for u in units if u.kind.is_commune
        ],
        "districts": [(u, (u.short, u.name), "") for u in units if u.kind.is_district],
    }
    of_reference = [field(name, _dated(today, items)) for name, items in listed.items()]
    of_reference[2] = field("leads", [*of_reference[2].values, Value("", (t("filter.noAgency"),))])
    days = [Field(name, _keys(name), (), day) for name in (DAYS, *BEGINS, *ENDS)]
    callers = Field(CALLERS, _keys(CALLERS), (), number)
    answers = answer_field(_keys(ANSWERS), answer_values(reference, today))
    return [*named[:2], *of_reference, answers, *named[2:], callers, *days]


def _with(field: Field, also: Filter) -> Field:
    """With values for what the filter names and the field does not know."""
    codes = (*codes_of(also, field.name), *codes_of(also, BUT + field.name))
    known = {value.code for value in field.values}
    past = field.name in DATED
    ended = t("filter.ended") if past else ""
    more = [Value(code, (code,), ended, past) for code in dict.fromkeys(codes) if code not in known]
    values = (*field.values, *more)
    return field._replace(values=values) if field.pairs is None else answer_field(field.keys, values)


def _keys(name: str) -> tuple[str, ...]:
    return tuple(t(f"filter.keys.{name}").split())


def _dated(today: date, items: Sequence[_Listed]) -> list[Value]:
    """What holds today first; what held once may still be asked for, and says so."""
    holding = {id(item) for item in in_force([item for item, _, _ in items], today)}
    values = dict[str, Value]()
    for wanted in (True, False):
        for item, names, detail in items:
            if (id(item) in holding) is wanted and item.code not in values:
                values[item.code] = Value(
                    item.code, names, detail if wanted else t("filter.ended"), not wanted
                )
    return list(values.values())

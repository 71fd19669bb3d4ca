"""What the items of a list are made of, read off their structs: so that one form is enough for every list.

A form gives JSON values; where something cannot be read it gives what was typed, which is then a fault of
that field and of no other.
"""

from enum import StrEnum
from typing import Any, get_type_hints

import msgspec
from msgspec import inspect

from console.domain.category import Question
from console.domain.form import Frame
from console.reference import KINDS
from console.reference.links import LINKS

LONG = frozenset({"text", "reason"})
"""Names of fields that hold a paragraph."""
PARAGRAPHS = frozenset({"canned", "phrases", "message_texts", "reject_reasons"})
NOT_TYPED = frozenset({"boundaries"})
"""Lists of which nobody types an item: they come as files."""


class Shape(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"  # of another list
    CODES = "codes"
    WORDS = "words"  # several, parted by ;
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    TIME = "time"
    MOMENT = "moment"
    COUNT = "count"
    NUMBER = "number"
    FLAG = "flag"
    WEEKDAYS = "weekdays"
    HOURS = "hours"  # spans of a day
    TERMS = "terms"  # by urgency
    QUESTIONS = "questions"
    FRAMES = "frames"
    ROWS = "rows"  # of flat fields
    OTHER = "other"  # as JSON


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """`required`: empty is not enough. `lists`: where a code must be; `choices`: of an enumeration, whose
    name is `of`; `inner`: the fields of a row."""

    name: str
    shape: Shape
    required: bool = False
    lists: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    of: str = ""
    least: float | None = None
    most: float | None = None
    inner: tuple["Field", ...] = ()


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """`why`: missing, or the shape that the field should have."""

    field: str
    why: str


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a list's items, in the order of the struct."""
    struct = inspect.type_info(KINDS[kind])
    assert isinstance(struct, inspect.StructType)
    return tuple(_field(kind, one) for one in struct.fields)


def made(kind: str, values: dict[str, Any]) -> tuple[Any, tuple[Fault, ...]]:
    """The item, or None and all its faults."""
    struct, hints = KINDS[kind], get_type_hints(KINDS[kind], include_extras=True)
    faults, good = [], {}
    for field in fields_of(kind):
        value = values.get(field.name)
        if value is None or value == "" or (value == [] and field.required):
            if field.required:
                faults.append(Fault(field=field.name, why="missing"))
            continue
        if field.shape is Shape.TIME and "datetime.time" in str(hints[field.name]) and len(str(value)) == 5:
            value = f"{value}:00"  # where a time is none of words, it has seconds
        try:
            good[field.name] = msgspec.convert(value, hints[field.name], str_keys=True)
        except (msgspec.ValidationError, ValueError):
            faults.append(Fault(field=field.name, why=field.shape.value))
    if faults:
        return None, tuple(faults)
    empty: dict[str, Any] = {}
    for one in msgspec.structs.fields(struct):
        if one.required and one.name not in good:
            empty[one.name] = _nothing(hints[one.name])
    return struct(**good, **empty), ()


def _nothing(hint: Any) -> Any:
    """What stands for nothing in a field that has no default."""
    if hint is str:
        return ""
    return () if "tuple" in str(hint) else {} if "dict" in str(hint) else None


def values_of(item: Any) -> dict[str, Any]:
    """The JSON values of an item, as a form shows them."""
    found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(item))
    return found


def _field(kind: str, one: inspect.Field) -> Field:
    lists = LINKS.get((kind, one.name), ())
    inner, optional = _plain(one.type)
    needs = one.required and not optional
    field = _shaped(one.name, inner, needs and not isinstance(inner, inspect.BoolType))
    if one.name in LONG and field.shape is Shape.TEXT and kind in PARAGRAPHS:
        field = msgspec.structs.replace(field, shape=Shape.LONG)
    if lists and (kind, one.name) != ("boundaries", "code"):
        several = field.shape is Shape.WORDS
        field = msgspec.structs.replace(field, shape=Shape.CODES if several else Shape.CODE, lists=lists)
    return field


def _plain(type_: inspect.Type) -> tuple[inspect.Type, bool]:
    """Without None; whether it was there."""
    if isinstance(type_, inspect.Metadata):
        return _plain(type_.type)
    if isinstance(type_, inspect.UnionType):
        others = [one for one in type_.types if not isinstance(one, inspect.NoneType)]
        return (_plain(others[0])[0], True) if len(others) == 1 else (type_, True)
    return type_, False


def _shaped(name: str, type_: inspect.Type, needs: bool) -> Field:
    def of(shape: Shape, **more: Any) -> Field:
        return Field(name=name, shape=shape, required=more.pop("needs", needs), **more)

    match type_:
        case inspect.StrType():
            return of(Shape.TIME) if type_.pattern and ":" in type_.pattern else of(Shape.TEXT)
        case inspect.IntType():
            return of(Shape.COUNT, least=type_.ge, most=type_.le)
        case inspect.FloatType():
            return of(Shape.NUMBER, least=type_.ge, most=type_.le)
        case inspect.BoolType():
            return of(Shape.FLAG, needs=False)
        case inspect.DateType():
            return of(Shape.DATE)
        case inspect.TimeType():
            return of(Shape.TIME)
        case inspect.DateTimeType():
            return of(Shape.MOMENT)
        case inspect.EnumType():
            return of(Shape.CHOICE, choices=tuple(one.value for one in type_.cls), of=type_.cls.__name__)
        case inspect.DictType(value_type=inspect.StructType()):
            return of(Shape.TERMS)
        case inspect.VarTupleType():
            return _several(name, type_.item_type, needs)
    return of(Shape.OTHER)


def _several(name: str, item: inspect.Type, needs: bool) -> Field:
    def of(shape: Shape, **more: Any) -> Field:
        return Field(name=name, shape=shape, required=needs, **more)

    match item:
        case inspect.StrType():
            return of(Shape.WORDS)
        case inspect.IntType():
            return of(Shape.WEEKDAYS)
        case inspect.EnumType():
            return of(Shape.CHOICES, choices=tuple(one.value for one in item.cls), of=item.cls.__name__)
        case inspect.TupleType(item_types=(inspect.TimeType(), inspect.TimeType())):
            return of(Shape.HOURS)
        case inspect.StructType(cls=cls) if cls is Question:
            return of(Shape.QUESTIONS)
        case inspect.StructType(cls=cls) if cls is Frame:
            return of(Shape.FRAMES)
        case inspect.StructType():
            inner = tuple(_shaped(f.name, *_needs(f)) for f in item.fields)
            if all(one.shape in (Shape.TEXT, Shape.COUNT, Shape.FLAG) for one in inner):
                return of(Shape.ROWS, inner=inner)
    return of(Shape.OTHER)


def _needs(one: inspect.Field) -> tuple[inspect.Type, bool]:
    plain, optional = _plain(one.type)
    return plain, one.required and not optional

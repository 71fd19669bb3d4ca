"""The intake form as data: which frames it shows, in which order, and what it asks for, by type. Pure."""

from collections.abc import Collection, Iterator
from datetime import date

import msgspec


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """A group of fields that stay together. `required`: parts that saving waits for, besides what every
    report needs; `without`: parts that are left out."""

    name: str
    required: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """`types`: codes of types, or of categories; none: for every type that has no form of its own."""

    code: str
    name: str
    types: tuple[str, ...] = ()
    frames: tuple[Frame, ...]
    valid_from: date
    valid_to: date | None = None


FRAMES = ("type", "questions", "content", "place", "urgency", "reporter", "note")
"""All there are, in the order of a form that nobody has changed."""
NEEDED = ("type", "questions", "content", "place", "reporter")
"""No report is logged without what these hold (questions: a type that shall have none has none)."""
MAY_REQUIRE: dict[str, tuple[str, ...]] = {
    "questions": ("questions",),
    "place": ("pin",),
    "reporter": ("name", "address"),
    "note": ("note",),
}
MAY_LACK: dict[str, tuple[str, ...]] = {"place": ("pin",), "reporter": ("name", "address")}


def laid(form: Form | None, held: Collection[str] = ()) -> tuple[Frame, ...]:
    """The frames as they are shown, whatever the form says: unknown names are read past, what a report needs
    is there, and so is what is filled already (`held`: frames and parts). None: the form nobody has
    changed."""
    if form is None:
        return tuple(Frame(name=name) for name in FRAMES)
    shown: dict[str, Frame] = {}
    for frame in form.frames:
        if frame.name in FRAMES:
            shown.setdefault(frame.name, _fit(frame, held))
    rest = (name for name in FRAMES if name not in shown and (name in NEEDED or name in held))
    return (*shown.values(), *(Frame(name=name) for name in rest))


def _fit(frame: Frame, held: Collection[str]) -> Frame:
    required = tuple(part for part in frame.required if part in MAY_REQUIRE.get(frame.name, ()))
    kept = {*held, *required}
    without = (part for part in frame.without if part in MAY_LACK.get(frame.name, ()) and part not in kept)
    return Frame(name=frame.name, required=required, without=tuple(without))


class Misfit(msgspec.Struct, frozen=True):
    """Something in a form that cannot be: `kind` is `unknown`, `twice`, `needed`, `required`, `without` or
    `both`; `what`: the frame, or frame and part."""

    kind: str
    what: str


def misfits(form: Form) -> Iterator[Misfit]:
    """All of them, in the order of the form."""
    seen = set[str]()
    for frame in form.frames:
        if frame.name not in FRAMES:
            yield Misfit("unknown", frame.name)
        elif frame.name in seen:
            yield Misfit("twice", frame.name)
        seen.add(frame.name)
        for part in frame.required:
            if part not in MAY_REQUIRE.get(frame.name, ()):
                yield Misfit("required", f"{frame.name}.{part}")
        for part in frame.without:
            if part not in MAY_LACK.get(frame.name, ()):
                yield Misfit("without", f"{frame.name}.{part}")
            elif part in frame.required:
                yield Misfit("both", f"{frame.name}.{part}")
    yield from (Misfit("needed", name) for name in NEEDED if name not in seen)

"""What lists, fields and choices are called on the screen; one without words of its own keeps its name."""

from collections.abc import Iterable
from datetime import date

from console.protocol.administration import Person, StationRow
from console.reference import KINDS
from console.reference.fitting import Misfit
from console.reference.shapes import Fault, Field, Shape, fields_of
from console.ui.words import has, t

PEOPLE, STATIONS = "users", "stations"
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("who", ("agencies", PEOPLE, STATIONS, "contacts", "delegations")),
    ("what", ("types", "categories", "forms", "routes", "reject_reasons")),
    ("when", ("hours", "days", "escalations", "chasing", "shifts", "targets", "retention")),
    ("texts", ("canned", "phrases", "message_texts", "score_forms")),
    ("where", ("units", "gazetteer", "posts", "boundaries")),
)
"""The lists as they stand in the room; one that is not named here comes under the last head."""
ROLE = Field(
    name="role",
    shape=Shape.CHOICE,
    required=True,
    choices=("operator", "dispatcher", "supervisor", "agency", "admin"),
    of="Role",
)
OF_PEOPLE = (
    Field(name="code", shape=Shape.TEXT, required=True),
    Field(name="name", shape=Shape.TEXT, required=True),
    ROLE,
    Field(name="agency", shape=Shape.CODE, lists=("agencies",)),
    Field(name="active", shape=Shape.FLAG),
)
OF_STATIONS = (
    Field(name="code", shape=Shape.TEXT, required=True),
    Field(name="name", shape=Shape.TEXT),
)


def groups() -> list[tuple[str, tuple[str, ...]]]:
    """Heads with their lists; a list that a newer program has come to know is there, too."""
    placed = {kind for _, kinds in GROUPS for kind in kinds}
    rest = tuple(kind for kind in KINDS if kind not in placed)
    known = [
        (head, tuple(k for k in kinds if k in KINDS or k in (PEOPLE, STATIONS))) for head, kinds in GROUPS
    ]
    head, last = known[-1]
    return [*known[:-1], (head, (*last, *rest))]


def fields(kind: str) -> tuple[Field, ...]:
    """The fields of a list's form."""
    return {PEOPLE: OF_PEOPLE, STATIONS: OF_STATIONS}.get(kind) or fields_of(kind)


def list_text(kind: str) -> str:
    """A list's name."""
    key = f"admin.list.{kind}"
    return t(key) if has(key) else kind


def group_text(head: str) -> str:
    """What stands above some lists."""
    return t(f"admin.group.{head}")


def field_text(kind: str, name: str) -> str:
    """A field's name: the list's own, or the one that it has everywhere."""
    for key in (f"admin.field.{kind}.{name}", f"admin.field.{name}"):
        if has(key):
            return t(key)
    return name


def choice_text(of: str, value: str) -> str:
    """One of an enumeration's values."""
    key = f"admin.choice.{of}.{value}"
    return t(key) if has(key) else value


def hint_text(shape: str) -> str:
    """What a field wants, for an empty one and for one that cannot be read."""
    key = f"admin.hint.{shape}"
    return t(key) if has(key) else ""


def fault_text(fault: Fault) -> str:
    """What is wrong with a field, and what to do."""
    if fault.why == "missing":
        return t("admin.missing")
    return t("admin.unfit", hint=hint_text(fault.why) or fault.why)


def misfit_lines(misfits: Iterable[Misfit], kind: str, key: str) -> list[str]:
    """Their sentences; with their place where it is another item."""
    found = []
    for one in misfits:
        here = (one.kind, one.key) == (kind, key)
        place = "" if here or not one.key else f"{list_text(one.kind)} {one.key.partition('@')[0]}: "
        found.append(place + one.sentence[:1].upper() + one.sentence[1:])
    return found


def span_text(begins: date | None, ends: date | None) -> str:
    """From when to when."""
    if begins is None:
        return ""
    return t("admin.span", begins=day_text(begins), ends=day_text(ends) if ends else t("admin.openEnd"))


def day_text(day: date) -> str:
    """A day as it is typed here."""
    return f"{day:%d/%m/%Y}"


def person_values(one: Person) -> dict[str, object]:
    """A user as the form shows them."""
    return {
        "code": one.code, "name": one.name, "role": one.role.value, "agency": one.agency or "",
        "active": one.active,
    }  # fmt: skip


def station_values(one: StationRow) -> dict[str, object]:
    """A workstation as the form shows it."""
    return {"code": one.code, "name": one.name}

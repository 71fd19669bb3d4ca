"""What the palette lists, and where each kind of entry comes from."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from console.desk.callers import Caller
from console.desk.rows import QueueRow
from console.desk.searching import Found, Hit
from console.domain.passages import Passage, marks_of
from console.domain.place import Place
from console.domain.reference import Reference, in_force
from console.domain.suggest import find_places
from console.domain.text import words
from console.ui.parts.time_text import day_text
from console.ui.words import t

CASES, PLACES, AGENCIES, COMMANDS, RECENT = "cases", "places", "agencies", "commands", "recent"
CENTRE, CALLERS = "centre", "callers"
OF_CASES, OF_OTHERS, ALONE = 12, 5, 30
Marks = tuple[tuple[int, int], ...]


class Entry(NamedTuple):
    """One line. `id` tells it from others as long as the palette is open; `row`: of a case; `act`: Enter."""

    id: str
    group: str
    title: str
    act: Callable[[], object]
    detail: str = ""
    title_marks: Marks = ()
    detail_marks: Marks = ()
    key: str = ""
    row: QueueRow | None = None
    stays: bool = False  # the palette stays open: more comes into it


class Command(NamedTuple):
    """Something that can be done, by its name and its key."""

    id: str
    title: str
    key: str
    act: Callable[[], object]


class Reach(Protocol):
    """What an entry may do in the window."""

    def open_case(self, case: str) -> object: ...
    def show_place(self, lon: float, lat: float) -> object: ...
    def list_agency(self, code: str) -> object: ...
    def list_caller(self, number: str) -> object: ...
    def list_words(self, text: str) -> object: ...


def case_entries(found: Found, reach: Reach) -> list[Entry]:
    """Cases that were found, with the words where they stand."""
    return [_case_entry(hit, reach) for hit in found.hits[:OF_CASES]]


def centre_entries(found: Found, fetch: Callable[[str], object], reach: Reach) -> list[Entry]:
    """Cases that only the centre keeps: Enter brings them here first."""
    return [
        _case_entry(hit, reach)._replace(group=CENTRE, act=_fetches(fetch, hit.row.id)) for hit in found.hits
    ]


def _fetches(fetch: Callable[[str], object], case: str) -> Callable[[], object]:
    return lambda: fetch(case)


def _case_entry(hit: Hit, reach: Reach) -> Entry:
    row, title, detail = hit.row, _of(hit, "title"), _telling(hit)
    return Entry(
        id=f"case {row.id}",
        group=CASES,
        title=title.text if title else row.title,
        act=lambda: reach.open_case(row.id),
        detail=_detail(row, detail),
        title_marks=title.marks if title else (),
        detail_marks=_moved(detail.marks, len(_lead(row, detail))) if detail else (),
        row=row,
    )


def _of(hit: Hit, where: str) -> Passage | None:
    return next((passage for passage in hit.found if passage.where == where), None)


def _telling(hit: Hit) -> Passage | None:
    """The passage that the title does not show."""
    return next((passage for passage in hit.found if passage.where not in ("title", "number")), None)


def _lead(row: QueueRow, found: Passage) -> str:
    return "" if found.where == "place" else f"{t(f'palette.in.{found.where}')}: "


def _detail(row: QueueRow, found: Passage | None) -> str:
    return row.place if found is None else f"{_lead(row, found)}{found.text}"


def _moved(marks: Marks, by: int) -> Marks:
    return tuple((start + by, end + by) for start, end in marks)


def rest_entry(text: str, reach: Reach) -> Entry:
    """All that was found, where there is room."""
    return Entry("all", CASES, t("palette.all", q=text), lambda: reach.list_words(text))


def caller_entries(callers: Iterable[Caller], reach: Reach, now: datetime) -> list[Entry]:
    """People who called: Enter lists what they reported."""
    return [_caller_entry(one, reach, now) for one in callers]


def _caller_entry(one: Caller, reach: Reach, now: datetime) -> Entry:
    key = "palette.reportsOpen" if one.open else "palette.reports"
    told = [
        t(key, n=one.reports, open=one.open),
        t("palette.lastCall", date=day_text(one.last, now)),
    ]
    named = bool(one.name)
    return Entry(
        id=f"caller {one.number}",
        group=CALLERS,
        title=one.name or one.phone,
        act=lambda: reach.list_caller(one.number),
        detail=" · ".join([one.phone, *told] if named else told),
        title_marks=one.name_marks if named else one.phone_marks,
        detail_marks=one.phone_marks if named else (),
    )


def recent_entries(rows: Iterable[QueueRow], reach: Reach) -> list[Entry]:
    """Cases that were opened last."""
    return [_recent(row, reach) for row in rows]


def _recent(row: QueueRow, reach: Reach) -> Entry:
    return Entry(f"case {row.id}", RECENT, row.title, lambda: reach.open_case(row.id), row.place, row=row)


def place_entries(text: str, reference: Reference, on: date, reach: Reach) -> list[Entry]:
    """Named places, communes, and points that were typed."""
    typed, found = words(text), list[Entry]()
    for hit in find_places(reference, text, on)[:ALONE]:
        point = _middle(hit.place, reference)
        if point is not None and hit.listed:
            act = _shows(reach, point)
            found.append(Entry(f"place {hit.label}", PLACES, hit.label, act, "", marks_of(hit.label, typed)))
    return found


def _shows(reach: Reach, point: tuple[float, float]) -> Callable[[], object]:
    return lambda: reach.show_place(*point)


def _middle(place: Place, reference: Reference) -> tuple[float, float] | None:
    if place.point is not None:
        return place.point.lon, place.point.lat
    return next(((u.lon, u.lat) for u in reference.units if u.code == place.commune), None)


def agency_entries(text: str, reference: Reference, on: date, reach: Reach) -> list[Entry]:
    """Agencies by any words of their names: Enter lists their cases."""
    typed, found = words(text), list[Entry]()
    for agency in in_force(reference.agencies, on):
        if typed and all(_begins(word, words(f"{agency.short} {agency.name}")) for word in typed):
            found.append(
                Entry(
                    f"agency {agency.code}",
                    AGENCIES,
                    agency.short,
                    _lists(reach, agency.code),
                    agency.name if agency.name != agency.short else "",
                    marks_of(agency.short, typed),
                    marks_of(agency.name, typed) if agency.name != agency.short else (),
                )
            )
    return found


def _lists(reach: Reach, code: str) -> Callable[[], object]:
    return lambda: reach.list_agency(code)


def command_entries(text: str, commands: Sequence[Command], alone: bool = False) -> list[Entry]:
    """Commands and screens by any words of their names; all of them where nothing is typed, or where nothing
    else is shown."""
    typed = words(text)
    fitting = [command for command in commands if all(_begins(word, words(command.title)) for word in typed)]
    return [
        Entry(f"command {c.id}", COMMANDS, c.title, c.act, "", marks_of(c.title, typed), key=c.key)
        for c in (fitting[: OF_OTHERS + 1] if typed and not alone else fitting)
    ]


def _begins(word: str, name: Sequence[str]) -> bool:
    return any(one.startswith(word) for one in name)

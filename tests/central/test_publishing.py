"""Changes by administrators at the centre: what does not fit is refused whole, nobody is written over, and
each is told afterwards with what stood before."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from console.central.practice_start import BEGINS
from console.domain.command import Assign
from console.domain.zone import local_day
from console.protocol.administration import HistoryAnswer, ReferenceImport
from console.protocol.wire import ImportChange, ReferenceAnswer, ReferenceItem
from console.reference import to_wire
from tests.central.reports import LEAD, REFERENCE, TYPE, accepted, logged
from tests.support.central import Central, Client

TODAY = local_day(BEGINS)
replace = msgspec.structs.replace


@pytest.fixture
def admin(central: Central) -> Iterator[Client]:
    made = central.client("01", "admin")
    yield made
    made.close()


def version(client: Client) -> int:
    answer: ReferenceAnswer = client.get("/reference?after=0", ReferenceAnswer)
    return answer.version


def wire(kind: str, item: Any) -> ReferenceItem:
    return to_wire(kind, item, 0)


def bring(client: Client, *items: ReferenceItem, expects: int | None = None) -> list[ImportChange]:
    asked = ReferenceImport(items=items, expects=expects, note="vì sao")
    found: list[ImportChange] = client.post("/reference", asked, list[ImportChange])
    return found


def refused(client: Client, *items: ReferenceItem, expects: int | None = None) -> tuple[int, str, str]:
    stood = version(client)
    told = client.raw("POST", "/reference", ReferenceImport(items=items, expects=expects))
    assert version(client) == stood, "nothing of it was taken"
    problem = told.json()
    return told.status_code, problem["code"], problem["detail"]


def spanned(**changed: Any) -> ReferenceItem:
    return wire("types", replace(TYPE, valid_from=TODAY + timedelta(days=1), **changed))


def test_a_new_span_closes_the_old_one_and_the_history_says_who_and_what_stood_before(admin: Client) -> None:
    lines = bring(admin, spanned(name="Tên mới"), expects=version(admin))
    assert sorted(line.change for line in lines) == ["added", "ended"]
    history = admin.get(f"/reference/history?kind=types&code={TYPE.code}", HistoryAnswer).lines
    assert [(one.author, one.note, one.before is None) for one in history] == [
        ("admin", "vì sao", False), ("admin", "vì sao", True)
    ]  # fmt: skip
    ended, begun = history
    assert (ended.before["valid_to"], ended.after["valid_to"]) == (None, TODAY.isoformat())
    assert begun.after["name"] == "Tên mới"
    undo = [
        ReferenceItem(kind=one.kind, key=one.key, version=0, body=one.before, deleted=one.before is None)
        for one in history
    ]
    bring(admin, *undo, expects=version(admin))
    stands = [i for i in admin.get("/reference?after=0", ReferenceAnswer).items if i.body]
    assert [i.body["valid_to"] for i in stands if i.body.get("code") == TYPE.code] == [None]


def test_what_somebody_else_changed_meanwhile_is_not_written_over(admin: Client) -> None:
    before = version(admin)
    bring(admin, spanned(name="Của người kia"), expects=before)
    status, code, detail = refused(admin, spanned(name="Của tôi"), expects=before)
    assert (status, code) == (409, "changed_meanwhile")
    assert TYPE.code in detail
    other = replace(REFERENCE.reject_reasons[0], text="Lý do khác")
    bring(admin, wire("reject_reasons", other), expects=before)  # nobody touched that one


def question(code: str, *opens: str) -> dict[str, Any]:
    answers = [{"code": "yes", "text": "Có", "text_en": "Yes", "opens": list(opens)}]
    return {"code": code, "text": code, "text_en": code, "answers": answers}


def test_what_would_not_fit_is_told_in_sentences_with_their_place(admin: Client) -> None:
    lead = REFERENCE.agency(LEAD)
    assert lead is not None
    reason = REFERENCE.reject_reasons[0]
    type_ = msgspec.to_builtins(TYPE, str_keys=True)
    twice = replace(reason, valid_from=date(2024, 1, 1), valid_to=date(2024, 6, 1))
    overlap = replace(reason, valid_from=date(2024, 3, 1), valid_to=date(2024, 9, 1))
    ended = wire("agencies", replace(lead, valid_to=TODAY))
    loop = ReferenceItem(
        kind="types", key=spanned().key, version=0, body=type_ | {"questions": [question("a", "a")]}
    )
    route = next(r for r in REFERENCE.routes if r.lead == LEAD)
    dead = wire("routes", replace(route, code="moi", lead="H00.00"))
    gone = [ReferenceItem(kind="hours", key="office@2023-07-01", version=0, deleted=True)]
    for items, word in (
        ([wire("reject_reasons", twice), wire("reject_reasons", overlap)], "chồng nhau"),
        ([ended], f"{LEAD} (lead) không có hiệu lực từ"),
        ([dead], "H00.00"),
        ([loop], "mở lẫn nhau thành vòng"),
        (gone, "không còn mục nào"),
    ):
        status, code, detail = refused(admin, *items)
        assert (status, code) == (422, "misfits"), detail
        assert word in detail


def test_a_code_under_which_cases_are_open_does_not_end_in_the_past(admin: Client, central: Central) -> None:
    desk = central.client()
    case = logged(desk)
    accepted(desk, desk.command(Assign(lead=LEAD, expects=None), case))
    desk.close()
    yesterday = TODAY - timedelta(days=1)
    status, code, detail = refused(admin, wire("types", replace(TYPE, valid_to=yesterday)))
    assert (status, code) == (422, "misfits")
    assert "còn 1 phản ánh đang mở" in detail
    routes = [replace(r, valid_to=TODAY) for r in REFERENCE.routes if r.type == TYPE.code and not over(r)]
    today = [wire("types", replace(TYPE, valid_to=TODAY)), *(wire("routes", route) for route in routes)]
    assert {line.change for line in bring(admin, *today)} == {"changed"}


def over(item: Any) -> bool:
    return item.valid_from > TODAY or (item.valid_to is not None and item.valid_to < TODAY)


def test_supervisors_read_the_history_and_operators_do_not(central: Central) -> None:
    for user, status in (("sup01", 200), ("op03", 403)):
        client = central.client("03", user)
        assert client.raw("GET", "/reference/history").status_code == status
        client.close()

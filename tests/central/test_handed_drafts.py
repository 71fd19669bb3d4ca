"""Drafts between two desks at the centre: at one of them at any time, read by it alone, gone with the end."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from console.central.tables import handed_drafts
from console.domain.identity import new_id
from console.protocol.wire import HandedAnswer, HandedDraft
from tests.central.reports import LEAD, accepted, code, give, report
from tests.support.central import Central, Client

WORDS = "Nắp cống vỡ"
LONG_AGO = handed_drafts.c.offered_at - timedelta(days=7)
replace = msgspec.structs.replace


@pytest.fixture
def one(central: Central) -> Iterator[Client]:
    made = central.client("04", "op04")
    yield made
    made.close()


@pytest.fixture
def two(central: Central) -> Iterator[Client]:
    made = central.twin().client("09", "op07")
    yield made
    made.close()


def offer(desk: Client, to: str = "09", **more: Any) -> HandedDraft:
    usual = {
        "id": new_id(), "state": "offered", "sender": desk.station, "receiver": to, "case": new_id(),
        "number": report(desk).number, "draft": {"description": WORDS},
    }  # fmt: skip
    return HandedDraft(**usual | more)


def put(desk: Client, draft: HandedDraft) -> HandedDraft:
    answer = desk.raw("PUT", f"/handed-drafts/{draft.id}", draft)
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=HandedDraft)


def refused(desk: Client, draft: HandedDraft) -> str:
    answer = desk.raw("PUT", f"/handed-drafts/{draft.id}", draft)
    assert answer.status_code >= 400
    return str(answer.json()["code"])


def after(desk: Client, version: int = 0) -> HandedAnswer:
    found: HandedAnswer = desk.get(f"/handed-drafts?after={version}", HandedAnswer)
    return found


def kept_words(central: Central) -> list[str | None]:
    with central.engine.connect() as connection:
        return list(connection.scalars(select(handed_drafts.c.draft)))


def test_the_receiver_alone_reads_it_and_the_first_end_stands(
    central: Central, one: Client, two: Client
) -> None:
    other = central.client("05", "op02")
    sent = offer(one)
    assert put(one, sent) == put(one, sent), "a lost answer"
    assert put(one, sent).draft is None
    (came,) = after(two).drafts
    assert (came.draft, came.number) == (sent.draft, sent.number)
    assert after(other).drafts == ()
    assert refused(other, replace(sent, state="taken", receiver=other.station)) == "no_such_draft"
    assert refused(other, replace(sent, state="taken")) == "no_such_draft"
    assert put(one, replace(sent, state="taken", draft=None)).state == "offered", "not by its sender"
    taken = put(two, replace(came, state="taken", draft=None))
    assert put(two, replace(came, state="taken", draft=None)) == taken, "a lost answer"
    assert put(one, replace(sent, state="taken_back", draft=None)).state == "taken"
    assert [draft.state for draft in after(one, came.version).drafts] == ["taken"]
    assert kept_words(central) == [None]
    other.close()


def test_taken_back_it_cannot_be_taken_even_if_its_offer_comes_later(
    central: Central, one: Client, two: Client
) -> None:
    sent = offer(one)
    put(one, replace(sent, state="taken_back", draft=None))
    assert put(one, sent).state == "taken_back"
    assert put(two, replace(sent, state="taken", draft=None)).state == "taken_back"
    assert kept_words(central) == [None]


def test_after_seven_days_it_goes_back(central: Central, one: Client, two: Client) -> None:
    def old(sent: HandedDraft) -> HandedDraft:
        with central.engine.begin() as connection:
            connection.execute(update(handed_drafts).values(offered_at=LONG_AGO))
        return sent

    sent = old(put(one, offer(one)))
    assert put(two, replace(sent, state="taken")).state == "expired"
    sent = old(put(one, offer(one)))
    assert [draft.state for draft in after(one, sent.version).drafts] == ["expired"]
    assert kept_words(central) == [None, None]


def test_another_desks_number_is_logged_with_its_draft_only(one: Client, two: Client) -> None:
    sent = offer(one)
    theirs = replace(report(two), number=sent.number)
    case = {"case": sent.case}

    def logs(**more: Any) -> list[str]:
        command = replace(two.command(replace(theirs, **more)), **case)
        return [code(verdict) for verdict in give(two, command)]

    assert logs() == logs(handed=sent.id) == ["bad_number"]
    put(one, sent)
    assert logs(handed=sent.id) == ["bad_number"], "offered, not taken"
    put(two, replace(sent, state="taken", draft=None))
    assert logs(handed=new_id()) == ["bad_number"]
    command = two.command(replace(theirs, handed=sent.id))
    assert [code(v) for v in give(two, replace(command, case=new_id()))] == ["bad_number"], "another case"
    (verdict,) = accepted(two, replace(command, id=new_id(), **case))
    assert verdict.case is not None
    assert (verdict.case.number, verdict.case.logged_by.station) == (sent.number, two.station)


def test_a_number_goes_on_with_its_draft_and_is_not_given_out_again(
    central: Central, one: Client, two: Client
) -> None:
    third = central.client("05", "op02")
    sent = offer(one)
    on = replace(sent, id=new_id(), sender=two.station, receiver=third.station)
    assert refused(two, on) == "number_elsewhere"
    put(one, sent)
    put(two, replace(sent, state="taken", draft=None))
    assert put(two, on).state == "offered"
    third.close()


def test_a_restored_centre_believes_the_sender_that_it_was_taken(one: Client, two: Client) -> None:
    sent = replace(offer(one), state="taken", draft=None)
    assert refused(two, sent) == "no_such_draft"
    assert put(one, sent).state == "taken"
    theirs = replace(report(two), number=sent.number, handed=sent.id)
    accepted(two, replace(two.command(theirs), case=sent.case))


def test_which_desks_there_are_and_who_is_at_them(central: Central, one: Client, two: Client) -> None:
    desks = {desk.station: desk.name for desk in after(one).desks}
    assert desks["09"]
    assert one.station not in desks
    assert "00" not in desks, "agencies' door is no desk"
    assert refused(one, offer(one, to="77")) == "no_such_desk"
    agency = central.client("00", f"ag-{LEAD}")
    assert agency.raw("GET", "/handed-drafts").status_code == 403
    agency.close()


@pytest.mark.parametrize("wrong", [{"state": "lost"}, {"number": "1"}, {"case": "x"}, {"draft": None}])
def test_what_is_no_draft_is_refused(one: Client, wrong: dict[str, Any]) -> None:
    assert refused(one, offer(one, **wrong)) == "bad_request"

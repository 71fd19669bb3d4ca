"""What one transaction decides for several calls, ids that come again, words of newer consoles."""

import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from console.central.sitting import MOST_MORE, hold
from console.domain.command import AddNote, Command
from console.protocol.wire import CommandsAnswer, Verdict
from tests.central.reports import LEAD, assigned, changes, code, give, logged, report
from tests.central.test_verdicts import Bare, verdict_bytes
from tests.support.central import Central, Client


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def test_an_id_that_comes_again_with_other_content_is_refused_with_its_own_code_and_the_first_stands(
    desk: Client,
) -> None:
    case = logged(desk)
    note = desk.command(AddNote(text="Ghi chú"), case)
    first = verdict_bytes(desk, note)
    other = msgspec.structs.replace(note, body=AddNote(text="Ghi chú khác"))
    after = desk.command(AddNote(text="Sau đó"), case)
    assert [(v.id, code(v)) for v in give(desk, other, after)] == [(note.id, "id_reused")]
    written_otherwise = msgspec.json.format(msgspec.json.encode(note), indent=1)
    response = desk.raw("POST", "/commands", b'{"commands":[%s]}' % written_otherwise)
    assert [bytes(raw) for raw in msgspec.json.decode(response.content, type=Bare).verdicts] == first
    assert changes(desk).cursor == 2


def with_more(command: Command, outer: Any, inner: Any) -> bytes:
    """The command as a newer console would send it."""
    told = msgspec.to_builtins(command)
    told["mood"], told["body"]["weather"] = outer, inner
    return msgspec.json.encode({"commands": [told]})


def test_what_a_newer_console_says_beyond_our_words_is_kept_and_comes_back_to_the_staff_only(
    central: Central, desk: Client
) -> None:
    case = assigned(central.client("01", "op01"))
    note = desk.command(AddNote(text="Ghi chú", audience="agency"), case)
    response = desk.raw("POST", "/commands", with_more(note, 3, {"rain": "mưa"}))
    (verdict,) = msgspec.json.decode(response.content, type=CommandsAnswer).verdicts
    more = {"mood": 3, "weather": {"rain": "mưa"}}
    assert [event.data["more"] for event in verdict.events] == [more]
    assert changes(desk, after=2).records[0].events[0].data["more"] == more
    agency = central.client("00", f"ag-{LEAD}")
    assert changes(agency, after=2).records[0].events[-1].data == {"text": "Ghi chú", "audience": "agency"}
    too_much = with_more(desk.command(AddNote(text="Ghi chú"), case), "", "x" * MOST_MORE)
    assert desk.raw("POST", "/commands", too_much).json()["verdicts"][0]["refusal"]["code"] == "too_long"
    agency.close()


def test_calls_that_come_at_once_share_a_transaction_and_a_failing_one_spoils_only_itself(
    central: Central, desk: Client
) -> None:
    """The ledger is held from outside until all wait for it: then they are settled together."""
    spoiled = logged(desk)
    with central.engine.begin() as connection:
        connection.execute(text("""UPDATE cases SET body = '"no case"' WHERE id = :id"""), {"id": spoiled})
    desks = [central.client(f"0{n}", f"op0{n}") for n in range(1, 8)]
    given = [d.command(report(d)) for d in desks]
    given[3] = desks[3].command(AddNote(text="Ghi chú"), spoiled)
    answers: list[Verdict] = []
    with central.engine.connect() as outside:
        hold(outside)
        ways = [
            threading.Thread(target=lambda d=d, c=c: answers.extend(give(d, c)))
            for d, c in zip(desks, given, strict=True)
        ]
        for way in ways:
            way.start()
        while len(central.centre.ledger._waiting) < len(desks) - 1:
            assert any(way.is_alive() for way in ways)
        outside.rollback()
    for way in ways:
        way.join()
    assert {v.id: code(v) for v in answers} == {c.id: "failed" if n == 3 else "" for n, c in enumerate(given)}
    with central.engine.connect() as connection:
        at = connection.scalar(text("SELECT count(DISTINCT received_at) FROM commands"))
    assert at <= 3  # the first report, the call that came first, and the others together
    for one in desks:
        one.close()

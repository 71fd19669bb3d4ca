"""Every command is accepted once or refused once, and its answer stays the same for ever."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, text

from console.central.ledger import CHUNK
from console.central.tables import commands, events
from console.domain.case import Role
from console.domain.command import AddNote, Assign, Command, EditReport, FieldChange
from console.domain.identity import new_id
from console.protocol.wire import BATCH, CommandsAnswer, CommandsRequest, Verdict
from tests.central.reports import (
    LEAD,
    NAME,
    OTHER_LEAD,
    PHONE,
    accepted,
    assigned,
    changes,
    code,
    give,
    logged,
    report,
)
from tests.support.central import Central, Client


class Bare(msgspec.Struct):
    """A commands answer with its verdicts as bytes."""

    verdicts: list[msgspec.Raw]


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def verdict_bytes(desk: Client, *given: Command) -> list[bytes]:
    response = desk.raw("POST", "/commands", CommandsRequest(commands=given))
    assert response.status_code == 200, response.text
    return [bytes(raw) for raw in msgspec.json.decode(response.content, type=Bare).verdicts]


def at_once(*works: Any) -> list[Any]:
    """Run all from one starting shot; their answers in order."""
    gate, answers = threading.Barrier(len(works)), [None] * len(works)

    def run(place: int) -> None:
        gate.wait(30)
        answers[place] = works[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def stored(central: Central, table: Any) -> int:
    with central.engine.connect() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


def test_the_answer_to_an_id_already_seen_is_the_same_bytes_also_after_a_restart(
    central: Central, desk: Client
) -> None:
    good = desk.command(report(desk))
    bad = desk.command(AddNote(text="Ghi chú"))
    first = verdict_bytes(desk, good, bad)
    accepted(desk, desk.command(AddNote(text="Sau đó"), good.case))
    assert verdict_bytes(desk, good, bad) == first
    central.stop()
    central.start()
    assert verdict_bytes(desk, bad, good) == first[::-1]
    assert stored(central, commands) == 3
    assert stored(central, events) == 2


def test_one_id_that_races_through_two_servers_is_applied_once(central: Central, desk: Client) -> None:
    twin = central.twin()
    beside = twin.client("05", "op03")
    beside.session.headers["Authorization"] = desk.session.headers["Authorization"]
    for _ in range(5):
        command = desk.command(report(desk))
        ways = [lambda d=d, c=command: verdict_bytes(d, c) for d in (desk, beside)]
        one, other = at_once(*ways)
        assert one == other
        assert msgspec.json.decode(one[0], type=Verdict).accepted
    assert stored(central, events) == 5
    beside.close()


def test_a_repeat_within_one_batch_gets_the_same_verdict(central: Central, desk: Client) -> None:
    command = desk.command(report(desk))
    first, again = verdict_bytes(desk, command, command)
    assert first == again
    assert stored(central, events) == 1


def test_unreadable_commands_are_set_aside_and_the_others_go_on(central: Central, desk: Client) -> None:
    good, also_good = (desk.command(report(desk)) for _ in range(2))
    case, unknown = new_id(), new_id()
    bad: list[bytes] = [
        msgspec.json.encode({"id": unknown, "case": case, "body": {"kind": "teleport"}}),
        b'"just a text"',
        msgspec.json.encode({"id": "17", "case": case}),
        b'{"id":"' + new_id().encode() + b'","case":"\xff\xfe"}',
        b'{"id":"' + new_id().encode() + b'","more":"\xff\xfe"}',
        b'{"id":' + b"[" * 900 + b"]" * 900 + b"}",
    ]
    naive = msgspec.json.encode(desk.command(report(desk))).replace(b'Z","by"', b'","by"')
    middle = b",".join([*bad, naive])
    body = b'{"commands":[%s,%s,%s]}' % (
        msgspec.json.encode(good),
        middle,
        msgspec.json.encode(also_good),
    )
    response = desk.raw("POST", "/commands", body)
    assert response.status_code == 200, response.text
    verdicts = msgspec.json.decode(response.content, type=CommandsAnswer).verdicts
    assert verdicts[0].accepted
    assert verdicts[-1].accepted
    assert [code(v) for v in verdicts[1:-1]] == ["unknown_kind"] + ["unreadable"] * len(bad)
    assert verdicts[1].id == unknown
    assert verdicts[2].id == ""
    assert desk.raw("POST", "/commands", body).status_code == 200
    assert stored(central, events) == 2


def test_a_command_that_fails_is_set_aside_without_its_words_in_the_log(
    central: Central, desk: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """The database itself refuses one row, as a bug of ours would make it."""
    spoiled = desk.command(report(desk))
    with central.engine.begin() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no: %', NEW.body; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER spoil BEFORE INSERT ON cases FOR EACH ROW "
                f"WHEN (NEW.id = '{spoiled.case}') EXECUTE FUNCTION spoil()"
            )
        )
    before, after = (desk.command(report(desk)) for _ in range(2))
    verdicts = give(desk, before, spoiled, after)
    assert [code(v) for v in verdicts] == ["", "failed", ""]
    assert [v.case.revision for v in verdicts if v.case] == [1, 2]
    assert spoiled.id in caplog.text
    assert NAME not in caplog.text
    assert PHONE not in caplog.text
    assert [code(v) for v in give(desk, spoiled)] == ["failed"]


def test_a_colleagues_command_is_taken_from_the_station_where_they_signed_in(
    central: Central, desk: Client
) -> None:
    colleague = central.client("03", "op05")
    left = colleague.command(report(colleague))
    (verdict,) = accepted(desk, left)
    assert verdict.events[0].by.user == "op05"
    assert verdict.case is not None
    assert verdict.case.logged_by.user == "op05"
    colleague.close()


def test_a_command_is_not_taken_for_one_who_never_signed_in_there(central: Central) -> None:
    desk, elsewhere = central.client("02", "op02"), central.client("05", "op05")
    here = msgspec.structs.replace(elsewhere.actor, station="02")
    stranger = msgspec.structs.replace(here, user="nobody")
    nul = msgspec.structs.replace(here, user="op\x0005")
    given = [desk.command(report(desk), actor=by) for by in (elsewhere.actor, here, stranger, nul)]
    verdicts = give(desk, *given)
    assert [(code(v), v.refusal and v.refusal.field) for v in verdicts] == [("not_allowed", "by")] * 4
    for client in (desk, elsewhere):
        client.close()


def test_what_a_command_says_about_its_authors_role_is_not_believed(central: Central) -> None:
    operator = central.client("02", "op02")
    forged = msgspec.structs.replace(operator.actor, role=Role.SUPERVISOR, name="Giám đốc")
    new = operator.command(report(operator), actor=forged)
    assign = operator.command(Assign(lead=LEAD, expects=None), new.case, forged)
    first, second = give(operator, new, assign)
    assert first.events[0].by == operator.actor
    assert code(second) == "not_allowed"
    operator.close()


def test_of_two_desks_that_assign_at_once_one_learns_who_leads_now(central: Central, desk: Client) -> None:
    twin = central.twin()
    other = twin.client("05", "op05")
    case = logged(desk)
    pair = ((desk, LEAD), (other, OTHER_LEAD))
    given = [(d, d.command(Assign(lead=lead, expects=None), case)) for d, lead in pair]
    ways = [lambda d=d, c=c: give(d, c)[0] for d, c in given]
    first, second = at_once(*ways)
    won, lost = (first, second) if first.accepted else (second, first)
    assert won.accepted
    assert code(lost) == "lead_changed"
    assert lost.refusal is not None
    assert won.case is not None
    assert lost.refusal.now == won.case.lead
    assert lost.case == won.case
    other.close()


def test_of_an_edit_the_fields_that_still_stand_are_taken(desk: Client) -> None:
    case = logged(desk)
    fields = {
        "title": FieldChange(old="Nắp cống vỡ giữa làn xe máy", new="Nắp cống vỡ trước cổng trường"),
        "description": FieldChange(old="chưa từng có câu này ở đây", new="Mô tả mới đủ dài của bàn trực"),
    }
    (verdict,) = accepted(desk, desk.command(EditReport(fields=fields), case))
    assert verdict.case is not None
    assert verdict.case.title == "Nắp cống vỡ trước cổng trường"
    (left,) = verdict.partial
    assert (left.code, left.field, left.now) == ("field_changed", "description", verdict.case.description)


def test_a_desk_cannot_put_an_act_into_the_future(desk: Client) -> None:
    command = desk.command(report(desk))
    ahead = msgspec.structs.replace(command, at=command.at + timedelta(days=2))
    (verdict,) = accepted(desk, ahead)
    assert verdict.case is not None
    assert verdict.case.entered_at <= desk.clock.now()
    assert verdict.events[0].at <= desk.clock.now()


def test_a_number_is_given_once_in_the_province(central: Central, desk: Client) -> None:
    first = report(desk)
    accepted(desk, desk.command(first))
    other = central.client("05", "op05")
    again, foreign = give(desk, desk.command(first)), give(other, other.command(first))
    assert [(code(v), v.refusal and v.refusal.field) for v in (*again, *foreign)] == [
        ("bad_number", "number")
    ] * 2
    other.close()


def test_a_second_report_for_the_same_case_is_refused(desk: Client) -> None:
    first = desk.command(report(desk))
    accepted(desk, first)
    (verdict,) = give(desk, desk.command(report(desk), first.case))
    assert code(verdict) == "case_exists"


def test_verdicts_come_in_the_order_of_a_full_batch_and_more_are_too_many(desk: Client) -> None:
    case = assigned(desk)
    notes = [desk.command(AddNote(text=f"Ghi chú {n}"), case) for n in range(BATCH)]
    verdicts = accepted(desk, *notes)
    assert [v.id for v in verdicts] == [c.id for c in notes]
    assert changes(desk, limit=1000).cursor == BATCH + 2
    more = CommandsRequest(commands=(*notes, notes[0]))
    assert desk.raw("POST", "/commands", more).status_code == 413


def test_a_whole_chain_of_one_case_is_folded_in_the_order_given(central: Central) -> None:
    desk = central.client("01", "op01")
    new = desk.command(report(desk))
    chain = [
        new,
        desk.command(Assign(lead=LEAD, expects=None), new.case),
        desk.command(Assign(lead=OTHER_LEAD, expects=LEAD), new.case),
        desk.command(AddNote(text="Đã gọi lại cho đơn vị"), new.case),
    ]
    verdicts = accepted(desk, *chain)
    assert [v.case.revision for v in verdicts if v.case] == [1, 2, 3, 4]
    assert [v.case.lead for v in verdicts if v.case] == [None, LEAD, OTHER_LEAD, OTHER_LEAD]
    desk.close()


def test_after_a_refused_command_the_later_ones_of_its_case_get_no_verdict_and_others_go_on(
    central: Central,
) -> None:
    desk = central.client("01", "op01")
    case, other = logged(desk), logged(desk)
    refused = desk.command(Assign(lead=LEAD, expects=OTHER_LEAD), case)
    meant_for_it = desk.command(AddNote(text="Đã báo đơn vị"), case)
    beside = [desk.command(AddNote(text=f"Ghi chú {n}"), other) for n in range(CHUNK)]
    much_later = desk.command(AddNote(text="Đã báo lần hai"), case)  # in another transaction
    batch = (refused, meant_for_it, *beside, much_later)
    verdicts = give(desk, *batch)
    assert [v.id for v in verdicts] == [c.id for c in (refused, *beside)]
    assert [v.accepted for v in verdicts] == [False] + [True] * CHUNK
    assert verdict_bytes(desk, *batch) == verdict_bytes(desk, refused, *beside)
    assert stored(central, commands) == 2 + 1 + CHUNK
    accepted(desk, meant_for_it)  # what was not decided may be sent again, alone
    assert [v.id for v in give(desk, refused, meant_for_it, much_later)] == [refused.id, meant_for_it.id]
    desk.close()

"""From an act to a message and its record: who is told what, tries and their end, senders that die."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select, text, update

from console.central.people import BadAccount, keep_user
from console.central.post import shelf
from console.central.post.doors import Catcher, Later, Never
from console.central.post.sender import Sender, pause_s
from console.central.post_tables import messages
from console.domain.case import Actor, Reporter, Role
from console.domain.command import (
    AddNote,
    Approve,
    AskApproval,
    Assign,
    Close,
    Escalate,
    Merge,
    Reject,
    Remind,
    Resolve,
)
from console.protocol.post import PostAgain, PostAnswer, PostLetter
from tests.central.post.catching import mail_server
from tests.central.post.test_doors import mail_door
from tests.central.reports import LEAD, NAME, PHONE, REFERENCE, accepted, assigned, code, give, logged
from tests.support.central import Central, Client

AGENCY = REFERENCE.agency(LEAD)
OTHER_PHONE = "+84987654321"
TEXT = "Đề nghị báo kết quả trước 17 giờ"


@pytest.fixture
def chief(central: Central) -> Iterator[Client]:
    made = central.client("05", "sup01")
    yield made
    made.close()


class Flaky:
    """Fails as often as it was told, then catches."""

    state = "sent"

    def __init__(self, *errors: Exception) -> None:
        self.errors, self.names = list(errors), list[str]()

    def send(self, letter: shelf.Taken) -> None:
        self.names.append(letter.id)
        if self.errors:
            raise self.errors.pop(0)


def sender(central: Central, door: Any, channel: str = "email") -> Sender:
    return Sender(central.engine, central.clock, channel, door)


def rows(central: Central) -> list[Any]:
    with central.engine.connect() as connection:
        return list(connection.execute(select(messages).order_by(messages.c.key)))


def at_once(central: Central) -> None:
    """Waiting messages are due."""
    with central.engine.begin() as connection:
        connection.execute(update(messages).values(due_at=text("now()")))


def reminded(chief: Client, level: int = 1) -> str:
    case = assigned(chief)
    accepted(chief, chief.command(Remind(text=TEXT, level=level), case))
    return case


def listed(desk: Client, path: str = "/post") -> PostAnswer:
    found: PostAnswer = desk.get(path, PostAnswer)
    return found


def resolved(desk: Client, chief: Client, **more: Any) -> str:
    case = logged(desk, **more)
    accepted(chief, chief.command(Assign(lead=LEAD, expects=None), case))
    accepted(chief, chief.command(Resolve(result="Đã thay nắp cống"), case))
    return case


def test_a_reminder_goes_to_those_of_its_level_without_the_reporter(central: Central, chief: Client) -> None:
    assert AGENCY is not None
    reminded(chief)
    assert [(r.whom, r.channel, r.address) for r in rows(central)] == [
        ("agency_contact", "email", AGENCY.email),
        ("agency_contact", "hook", AGENCY.hook),
    ]
    reminded(chief, level=3)
    found = rows(central)
    assert {r.whom for r in found} == {"agency_contact", "agency_leader", "province_office"}
    for row in found:
        assert TEXT in row.body
        assert NAME not in row.subject + row.body
        assert PHONE[3:] not in row.subject + row.body
        assert row.number in row.subject


def test_an_act_that_comes_twice_asks_once(central: Central, chief: Client) -> None:
    case = assigned(chief)
    command = chief.command(Remind(text=TEXT), case)
    accepted(chief, command)
    accepted(chief, command)
    assert len(rows(central)) == 2


def test_words_cannot_end_a_header(central: Central, chief: Client) -> None:
    case = logged(chief, title="Cống vỡ\nBcc: mallory@evil.example")
    accepted(chief, chief.command(Assign(lead=LEAD, expects=None), case))
    accepted(chief, chief.command(Remind(text=TEXT), case))
    with mail_server() as (box, port):
        assert sender(central, mail_door(port)).one()
    assert box.got[0]["Bcc"] is None
    assert box.to == [r.address for r in rows(central) if r.channel == "email"]


def test_what_fails_for_now_comes_again_and_at_last_is_sent(central: Central, chief: Client) -> None:
    reminded(chief)
    door = Flaky(Later("slow"), Later("http 429", 500.0))
    mine = sender(central, door)
    assert mine.one()
    assert not mine.one(), "it waits"
    at_once(central)
    assert mine.one()
    with central.engine.connect() as connection:
        waits = text("SELECT extract(epoch FROM due_at - now()) FROM messages WHERE channel = 'email'")
        assert connection.scalar(waits) > 450
    at_once(central)
    assert mine.one()
    mail = next(r for r in rows(central) if r.channel == "email")
    assert (mail.state, mail.attempts, mail.reason) == ("sent", 3, "")
    assert len(set(door.names)) == 1, "the same name each time"


def test_what_fails_for_good_says_why_and_a_supervisor_sends_it_again(
    central: Central, chief: Client
) -> None:
    case = reminded(chief)
    mine = sender(central, Flaky(Never("smtp 550")))
    assert mine.one()
    failed = listed(chief, "/post?state=failed").rows
    assert [(r.state, r.reason, r.case) for r in failed] == [("failed", "smtp 550", case)]
    operator = central.client("04", "op04")
    assert operator.raw("POST", "/post/again", PostAgain(id=failed[0].id)).status_code == 403
    operator.close()
    chief.post("/post/again", PostAgain(id=failed[0].id), PostLetter)
    assert mine.one()
    assert listed(chief, "/post?state=failed").rows == ()
    assert chief.raw("POST", "/post/again", PostAgain(id=failed[0].id)).status_code == 409


def test_after_eight_tries_or_a_day_it_is_over(central: Central, chief: Client) -> None:
    reminded(chief)
    with central.engine.begin() as connection:
        connection.execute(update(messages).values(attempts=7))
    assert sender(central, Flaky(Later("slow"))).one()
    assert next(r for r in rows(central) if r.channel == "email").state == "failed"
    with central.engine.begin() as connection:
        connection.execute(update(messages).values(expires_at=text("now() - interval '1 second'")))
    door = Flaky()
    assert sender(central, door, "hook").one()
    assert next(r for r in rows(central) if r.channel == "hook").reason == "expired"
    assert door.names == []


def test_pauses_grow_and_differ() -> None:
    assert all(15 <= pause_s(1) <= 30 and 1800 <= pause_s(20) <= 3600 for _ in range(50))
    assert len({pause_s(3) for _ in range(5)}) > 1


def test_a_sender_that_dies_before_it_records_leaves_the_message_to_another(
    central: Central, chief: Client
) -> None:
    """At least once, under one name; and nobody takes it while its sender may live."""
    reminded(chief)
    with central.engine.begin() as connection:
        dead = shelf.take(connection, "email")
    assert dead is not None
    door = Flaky()
    other = sender(central, door)
    assert not other.one()
    with central.engine.begin() as connection:
        connection.execute(update(messages).values(lease_until=text("now() - interval '1 second'")))
    assert other.one()
    assert door.names == [dead.id]
    with central.engine.begin() as connection:  # the dead one was only slow
        shelf.again(connection, dead, 0.0, "slow")
    assert not other.one(), "what is sent stays sent"


def test_two_senders_at_once_take_two_messages(central: Central, chief: Client) -> None:
    reminded(chief)
    reminded(chief)
    with central.engine.begin() as one, central.engine.begin() as two:
        found = [shelf.take(one, "email"), shelf.take(two, "email"), shelf.take(two, "email")]
    assert found[2] is None
    assert len({taken.id for taken in found if taken is not None}) == 2


def test_who_asked_to_be_told_is_when_it_closes_also_of_merged_cases(central: Central, chief: Client) -> None:
    child = logged(chief, reporter=Reporter(phone=OTHER_PHONE, callback=True))
    silent = logged(chief, reporter=Reporter(phone="+84911111111"))
    case = resolved(chief, chief)
    for one in (child, silent):
        accepted(chief, chief.command(Merge(into=case), one))
    accepted(chief, chief.command(Close(public_answer="Đã thay nắp cống.", publish=True), case))
    found = rows(central)
    assert {r.address for r in found} == {PHONE, OTHER_PHONE}
    assert all("Đã thay nắp cống." in r.body and r.channel == "hook" for r in found)
    while sender(central, Catcher(), "hook").one():
        pass
    assert {(r.state, r.address) for r in rows(central)} == {("caught", "")}, "the phone goes with it"
    assert all(not r.address for r in listed(chief).rows)


def test_what_was_approved_tells_them_too_and_sensitive_types_say_little(
    central: Central, chief: Client
) -> None:
    desk = central.client("03", "op03")
    case = logged(desk)
    asked = desk.command(AskApproval(act=Reject(reason="joke", text="Không có thật")), case)
    accepted(desk, asked)
    assert rows(central) == []
    accepted(chief, chief.command(Approve(request=asked.id), case))
    assert "Không có thật" in rows(central)[0].body
    sensitive = next(t for t in REFERENCE.types if t.sensitive)
    quiet = resolved(desk, chief, type=sensitive.code)
    accepted(chief, chief.command(Close(public_answer="Đã can thiệp tại nhà", publish=False), quiet))
    told = next(r for r in rows(central) if r.case_id == quiet)
    assert told.kind == "closed_brief"
    assert "can thiệp" not in told.body
    desk.close()


def test_an_agency_without_an_address_shows_as_a_failure(central: Central, chief: Client) -> None:
    with central.engine.begin() as connection:
        wipe = (
            'UPDATE reference_items SET body = regexp_replace(body, \'"(email|hook)":"[^"]*"\', '
            "'\"\\1\":\"\"', 'g') WHERE kind = 'agencies'"
        )
        connection.execute(text(wipe))
        connection.execute(text("UPDATE reference_state SET version = version + 1"))
    reminded(chief)
    assert [(r.state, r.reason) for r in rows(central)] == [("failed", "no_address")]


def test_who_may_look(central: Central, chief: Client) -> None:
    case = reminded(chief)
    accepted(chief, chief.command(AddNote(text="Đã gọi"), case))
    operator, agency = central.client("04", "op04"), central.client("00", f"ag-{LEAD}")
    assert operator.raw("GET", "/post").status_code == 403
    of_case = listed(operator, f"/post?case={case}").rows
    assert [r.event for r in of_case] == [listed(chief).rows[0].event] * 2
    assert agency.raw("GET", f"/post?case={case}").status_code == 403
    whole = chief.get(f"/post/{of_case[0].id}", PostLetter)
    assert TEXT in whole.body
    assert chief.raw("GET", "/post/nothing").status_code == 404
    for one in (operator, agency):
        one.close()


def test_pages_follow_one_another(central: Central, chief: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "PAGE", 3)
    for _ in range(2):
        reminded(chief, level=2)
    found, before, more = list[str](), "", True
    while more:
        answer = listed(chief, f"/post?before={before}" if before else "/post")
        found += [row.id for row in answer.rows]
        before, more = found[-1], answer.more
    assert len(found) == len(set(found)) == 8


def test_the_centres_name_is_nobodys(central: Central, chief: Client) -> None:
    actor = Actor(user="@centre", name="x", role=Role.OPERATOR, station="")
    with central.engine.begin() as connection, pytest.raises(BadAccount):
        keep_user(connection, actor, "longenough")
    case = assigned(chief)
    forged = chief.command(
        Escalate(step="resolve.due"), case, Actor(user="@centre", name="x", role=Role.SYSTEM, station="05")
    )
    assert code(give(chief, forged)[0]) == "not_allowed"

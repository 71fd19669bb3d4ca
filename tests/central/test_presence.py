"""Who has which case open and types in it: one board for all servers, told where it changes."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import update

from console.central.presence import LASTS
from console.central.tables import presence
from console.domain.identity import new_id
from console.protocol.wire import Presence, PresenceRequest
from tests.central.reports import LEAD, logged
from tests.central.test_stream import listening
from tests.support.central import Central, Client


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


@pytest.fixture
def beside(central: Central) -> Iterator[Client]:
    """At another server of the same centre."""
    made = central.twin().client("05", "op05")
    yield made
    made.close()


def say(client: Client, case: str | None, typing: bool = False) -> list[Presence]:
    board: list[Presence] = client.post(
        "/presence", PresenceRequest(case=case, typing=typing), list[Presence]
    )
    return board


def test_typing_and_leaving_are_told_at_once_at_the_other_server(desk: Client, beside: Client) -> None:
    case = new_id()
    with listening(beside) as listener:
        for open_case, typing in ((case, False), (case, True), (None, False)):
            say(desk, open_case, typing)
            name, data = listener.next()
            assert (name, data["case"], data["typing"]) == ("presence", open_case, typing)


def test_a_desk_that_says_the_same_again_is_told_to_nobody_and_hears_the_whole_board(
    desk: Client, beside: Client
) -> None:
    mine, theirs = new_id(), new_id()
    say(beside, theirs, typing=True)
    with listening(beside) as listener:
        say(desk, mine)
        board = say(desk, mine)
        logged(desk)
        heard = listener.until("changed")
    # What the colleague said before may come late, from the other server's notice.
    assert [data["case"] for name, data in heard if name == "presence" and data["case"] != theirs] == [mine]
    assert {(p.user, p.case, p.typing) for p in board} == {("op03", mine, False), ("op05", theirs, True)}
    assert say(desk, None) == [p for p in board if p.user == "op05"]


def test_a_desk_not_heard_of_for_half_a_minute_is_gone_and_whoever_finds_out_tells(
    central: Central, desk: Client, beside: Client
) -> None:
    say(desk, new_id())
    with central.engine.begin() as connection:
        old = presence.c.seen_at - LASTS - timedelta(seconds=1)
        connection.execute(update(presence).values(seen_at=old))
    with listening(desk) as listener:
        case = new_id()
        board = say(beside, case)
        assert [(p.user, p.case) for p in board] == [("op05", case)]
        told = [listener.next()[1] for _ in range(2)]
    assert [(p["user"], p["case"]) for p in told] == [("op03", None), ("op05", case)]


def test_an_agency_hears_of_no_desk(central: Central, desk: Client) -> None:
    agency = central.client("00", f"ag-{LEAD}")
    say(desk, new_id(), typing=True)
    assert say(agency, None) == []
    agency.close()

"""Commands carried from another station on a stick: whose they are, who may deliver them, once only."""

from collections.abc import Iterator

import msgspec
import pytest

from console.domain.command import AddNote, Command
from console.protocol.wire import Verdict
from tests.central.reports import accepted, changes, code, give, report
from tests.support.central import Central, Client


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    """Station 03, where the commands were given."""
    made = central.client()
    yield made
    made.close()


def elsewhere(central: Central, user: str) -> Client:
    return central.client(station="09", user=user)


def test_another_stations_supervisor_delivers_it_as_its_authors(central: Central, desk: Client) -> None:
    command = desk.command(report(desk))
    carrier = elsewhere(central, "sup01")
    (first,) = accepted(carrier, command)
    assert {(event.by.user, event.by.station) for event in first.events} == {(desk.user, desk.station)}
    (again,) = accepted(desk, command)
    assert again == first
    assert [record.case.id for record in changes(desk).records].count(command.case) == 1
    carrier.close()


def test_delivered_by_its_own_desk_first_the_carrier_hears_the_same(central: Central, desk: Client) -> None:
    command = desk.command(report(desk))
    (first,) = accepted(desk, command)
    carrier = elsewhere(central, "op07")
    assert accepted(carrier, command) == (first,)
    carrier.close()


def refusals(client: Client, *commands: Command) -> list[str]:
    verdicts: tuple[Verdict, ...] = give(client, *commands)
    return [code(verdict) for verdict in verdicts]


def test_only_a_dispatcher_or_a_supervisor_carries(central: Central, desk: Client) -> None:
    carrier = elsewhere(central, "op02")
    assert refusals(carrier, desk.command(report(desk))) == ["not_allowed"]
    carrier.close()


def test_an_author_who_never_sat_at_that_station_is_not_believed(central: Central, desk: Client) -> None:
    carrier = elsewhere(central, "sup01")
    stranger = msgspec.structs.replace(desk.actor, station="55")
    nobody = msgspec.structs.replace(desk.actor, user="op99")
    case = accepted(desk, desk.command(report(desk)))[0].events[0].case
    given = [desk.command(AddNote(text="ghi chú lạ"), case, by) for by in (stranger, nobody)]
    assert [refusals(carrier, command) for command in given] == [["not_allowed"], ["not_allowed"]]
    carrier.close()

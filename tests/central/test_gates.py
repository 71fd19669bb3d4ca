"""Too much at once: what comes beyond the doors is asked to come again, and the rest goes on."""

from collections.abc import Iterator

import pytest

from console.central.database import connect
from console.central.gates import Gate
from console.central.sitting import hold
from console.protocol.wire import CommandsRequest
from tests.central.reports import accepted, changes, report
from tests.central.test_processes import Sent, in_hand
from tests.support.central import Central, Client


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def wait_until_full(sent: list[Sent], gate: Gate) -> None:
    while not (gate._free.locked() and gate._waiting == gate._queue):
        assert all(one.is_alive() for one in sent)


def test_beyond_the_queue_a_call_is_asked_to_come_again_and_what_waits_is_done(
    central: Central, desk: Client
) -> None:
    gate = central.centre.gates.commands = Gate(width=1, queue=1, patience_s=60.0)
    given = [desk.command(report(desk)) for _ in range(3)]
    with central.engine.connect() as outside:
        hold(outside)
        sent = [in_hand(desk, command) for command in given[:2]]
        wait_until_full(sent, gate)
        beyond = desk.raw("POST", "/commands", CommandsRequest(commands=tuple(given[2:])))
        assert (beyond.status_code, beyond.json()["code"]) == (503, "busy")
        assert int(beyond.headers["Retry-After"]) > 0
        assert changes(desk).cursor == 0  # reading has a door of its own
        outside.rollback()
    for one in sent:
        one.join()
    assert [b'"accepted":true' in one.outcome[0] for one in sent] == [True, True]
    accepted(desk, given[2])


def test_who_waits_too_long_is_asked_to_come_again(central: Central, desk: Client) -> None:
    gate = central.centre.gates.commands = Gate(width=1, queue=1, patience_s=0.05)
    command = desk.command(report(desk))
    with central.engine.connect() as outside:
        hold(outside)
        first = in_hand(desk, command)
        while not gate._free.locked() or gate._waiting:
            assert first.is_alive()
        second = desk.raw("POST", "/commands", CommandsRequest(commands=(desk.command(report(desk)),)))
        assert (second.status_code, second.json()["code"]) == (503, "busy")
        outside.rollback()
    first.join()
    assert b'"accepted":true' in first.outcome[0]


def test_calls_are_asked_to_come_again_at_different_times(central: Central, desk: Client) -> None:
    central.centre.gates.commands = Gate(width=0, queue=0, patience_s=60.0)
    asked = {desk.raw("POST", "/commands", b'{"commands":[]}').headers["Retry-After"] for _ in range(40)}
    assert len(asked) > 1


def test_a_pool_that_is_used_up_is_busy_and_not_a_bug(central: Central, desk: Client) -> None:
    small = connect(central.database_url, size=1, overflow=0, wait_s=0.05)
    usual, central.centre.engine = central.centre.engine, small
    with small.connect():
        found = desk.raw("GET", "/changes?after=0")
    assert (found.status_code, found.json()["code"]) == (503, "busy")
    assert changes(desk).cursor == 0
    central.centre.engine = usual
    small.dispose()

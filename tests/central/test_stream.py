"""The stream of hints: from every process, to those who may have them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import pytest
import requests
from sqlalchemy import text

from console.central import hub
from console.central.routes import stream
from console.domain.identity import new_id
from console.protocol.wire import Presence, PresenceRequest
from tests.central.reports import LEAD, assigned, logged
from tests.support.central import Central, Client


class Listener:
    """An open stream, read event by event."""

    def __init__(self, response: requests.Response) -> None:
        self._lines = response.iter_lines(chunk_size=1)

    def next(self) -> tuple[str, Any]:
        """Name and data of the next event; ("", comment) for a comment."""
        name = ""
        for raw in self._lines:
            line = raw.decode()
            if line.startswith(":"):
                return "", line
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            if line.startswith("data: "):
                return name, msgspec.json.decode(line.removeprefix("data: "))
        return "end", None

    def until(self, name: str) -> list[tuple[str, Any]]:
        """Events up to and with the next of this name."""
        found = [self.next()]
        while found[-1][0] not in (name, "end"):
            found.append(self.next())
        return found


@contextmanager
def listening(client: Client) -> Iterator[Listener]:
    headers = dict(client.session.headers)
    with requests.get(client.base + "/stream", headers=headers, stream=True, timeout=30) as response:
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("text/event-stream")
        listener = Listener(response)
        assert listener.next()[0] == "changed"
        yield listener


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def test_a_change_at_one_server_is_told_by_the_other(central: Central, desk: Client) -> None:
    beside = central.twin().client("05", "op05")
    with listening(beside) as listener:
        logged(desk)
        assert listener.next() == ("changed", {"cursor": 1})
        logged(desk)
        assert listener.next() == ("changed", {"cursor": 2})
    beside.close()


def test_a_stream_begins_with_where_the_centre_stands(desk: Client) -> None:
    logged(desk)
    headers = dict(desk.session.headers)
    with requests.get(desk.base + "/stream", headers=headers, stream=True, timeout=30) as response:
        assert Listener(response).next() == ("changed", {"cursor": 1})


def test_who_has_which_case_open_is_told_to_staff_and_not_to_agencies(central: Central, desk: Client) -> None:
    agency = central.client("00", f"ag-{LEAD}")
    case = new_id()
    with listening(desk) as at_desk, listening(agency) as at_agency:
        mine: list[Presence] = desk.post("/presence", PresenceRequest(case=case), list[Presence])
        name, data = at_desk.next()
        assert (name, data["user"], data["case"]) == ("presence", "op03", case)
        assigned(desk)
        heard = at_agency.until("changed")
        assert [event[0] for event in heard] == ["changed"]
    assert [(p.user, p.station, p.case) for p in mine] == [("op03", "03", case)]
    assert agency.post("/presence", PresenceRequest(case=None), list[Presence]) == []
    agency.close()


def test_a_quiet_stream_gives_a_sign_of_life(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_S", 0.05)
    with listening(desk) as listener:
        assert listener.next() == ("", ": still here")


def test_a_server_that_stops_ends_its_streams(central: Central, desk: Client) -> None:
    with listening(desk) as listener:
        stopping = threading.Thread(target=central.stop)
        stopping.start()
        assert listener.until("end")[-1] == ("end", None)
        stopping.join()


def test_what_no_notice_told_is_found_out_by_looking(
    central: Central, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "POLL_S", 0.0)
    with listening(desk) as listener:
        with central.engine.begin() as connection:
            connection.execute(text("UPDATE ledger SET seq = 7"))
        assert listener.next() == ("changed", {"cursor": 7})

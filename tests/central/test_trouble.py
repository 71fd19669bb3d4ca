"""When things go wrong at the server: its database away, a bug, bodies made to do harm, guessing."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from console.central.app import create_app
from console.central.database import LISTENING, connect
from console.central.practice_start import make_database
from console.central.routes import stream
from console.central.sessions import FREE_ATTEMPTS
from console.domain.command import AddNote
from console.domain.identity import new_id
from console.protocol.wire import CommandsRequest, StationRequest, TokenRequest
from tests.central.reports import NAME, PHONE, accepted, changes, logged, report
from tests.central.test_stream import listening
from tests.support.central import Central, Client, Cluster

OURS = "datname = current_database() AND pid <> pg_backend_pid()"


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    made = central.client()
    yield made
    made.close()


def end_backends(central: Central, where: str) -> int:
    """End the server's connections to PostgreSQL from outside, as a restart would."""
    outside = connect(central.database_url, size=1)
    query = f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {where}"
    with outside.begin() as connection:
        ended = int(connection.scalar(text(query)) or 0)
    outside.dispose()
    return ended


def test_lost_connections_to_the_database_are_made_anew(central: Central, desk: Client) -> None:
    logged(desk)
    assert end_backends(central, OURS)
    logged(desk)
    assert changes(desk).cursor == 2


def test_streams_hear_where_the_centre_stands_after_the_line_to_the_database_broke(
    central: Central, desk: Client
) -> None:
    with listening(desk) as listener:
        logged(desk)
        assert listener.next() == ("changed", {"cursor": 1})
        assert end_backends(central, OURS + f" AND application_name = '{LISTENING}'") == 1
        assert listener.next() == ("changed", {"cursor": 1})
        logged(desk)
        assert listener.until("changed")[-1] == ("changed", {"cursor": 2})


def test_while_the_database_is_away_desks_are_asked_to_come_again(
    central: Central, cluster: Cluster, desk: Client
) -> None:
    given = CommandsRequest(commands=(desk.command(report(desk)),))
    name = central.engine.url.database
    with cluster._admin.connect() as admin:
        admin.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        end_backends_of(admin, str(name))
        for response in (desk.raw("POST", "/commands", given), desk.raw("GET", "/health")):
            assert (response.status_code, response.json()["code"]) == (503, "database_away")
            assert int(response.headers["Retry-After"]) > 0
        admin.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    accepted(desk, *given.commands)


def end_backends_of(admin: Any, name: str) -> None:
    admin.execute(
        text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
    )


def test_a_bug_in_a_call_is_told_apart_from_a_database_that_is_away(
    central: Central, desk: Client, caplog: pytest.LogCaptureFixture
) -> None:
    case = logged(desk)
    with central.engine.begin() as connection:
        connection.execute(text("""UPDATE cases SET body = '"no case"' WHERE id = :id"""), {"id": case})
    agency = central.client("00", "ag-" + some_agency(central))
    with central.engine.begin() as connection:
        connection.execute(text("UPDATE cases SET lead = :lead"), {"lead": agency.token.identity.agency})
    found = agency.raw("GET", "/changes?after=0")
    assert (found.status_code, found.json()["code"]) == (500, "bug")
    assert found.headers["X-Server-Time"]
    assert "GET /api/v1/changes" in caplog.text
    assert NAME not in caplog.text
    assert PHONE not in caplog.text
    agency.close()


def some_agency(central: Central) -> str:
    with central.engine.connect() as connection:
        return str(connection.scalar(text("SELECT min(agency) FROM users WHERE role = 'agency'")))


def test_a_command_on_a_spoiled_case_fails_alone(central: Central, desk: Client) -> None:
    case = logged(desk)
    with central.engine.begin() as connection:
        connection.execute(text("""UPDATE cases SET body = '"no case"' WHERE id = :id"""), {"id": case})
    new = desk.command(report(desk))
    given = CommandsRequest(commands=(desk.command(AddNote(text="Ghi chú"), case), new))
    verdicts = desk.raw("POST", "/commands", given).json()["verdicts"]
    assert [verdict["accepted"] for verdict in verdicts] == [False, True]
    assert verdicts[0]["refusal"]["code"] == "failed"


def test_zero_bytes_and_nonsense_reach_no_table(desk: Client) -> None:
    bodies: list[tuple[str, Any]] = [
        ("/auth/token", TokenRequest(station="0\x003", station_key="x", user="a", password="b")),
        ("/auth/stations", StationRequest(station="03", user="sup\x0001", password="b")),
        ("/presence", {"case": "not an id"}),
    ]
    for path, body in bodies:
        found = desk.raw("POST", path, body)
        assert (found.status_code, found.json()["code"]) == (400, "bad_request"), path


def test_a_command_full_of_zero_bytes_spoils_no_other(desk: Client) -> None:
    good, other = desk.command(report(desk)), desk.command(report(desk))
    body = report(desk, number="\x00", title="\x00", description="a\x00b" * 9, answers={"\x00": "\x00"})
    bad = desk.command(body)
    given = CommandsRequest(commands=(good, bad, other))
    verdicts = desk.raw("POST", "/commands", given).json()["verdicts"]
    assert [verdict["accepted"] for verdict in verdicts] == [True, False, True]


def test_guesses_made_at_once_are_all_counted(desk: Client) -> None:
    gate, found = threading.Barrier(FREE_ATTEMPTS * 2), list[int]()

    def guess() -> None:
        with_key = TokenRequest(station=desk.station, station_key=desk.key, user="op03", password="sai")
        gate.wait(30)
        found.append(desk.raw("POST", "/auth/token", with_key).status_code)

    threads = [threading.Thread(target=guess) for _ in range(FREE_ATTEMPTS * 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [401] * FREE_ATTEMPTS + [429] * FREE_ATTEMPTS


def test_guessing_at_enrolment_is_no_way_around_and_locks_nobody_out(desk: Client) -> None:
    asked = StationRequest(station="03", user="sup01", password="sai")
    found = [desk.raw("POST", "/auth/stations", asked).status_code for _ in range(FREE_ATTEMPTS + 1)]
    assert found == [401] * FREE_ATTEMPTS + [429]
    stranger = StationRequest(station=new_id(), user="sup01", password="sai")
    assert desk.raw("POST", "/auth/stations", stranger).status_code == 404
    signing_in = TokenRequest(station="03", station_key=desk.key, user="sup01", password="thuchanh")
    assert desk.raw("POST", "/auth/token", signing_in).status_code == 200


def test_a_stream_ends_with_the_token_that_opened_it(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "HEARTBEAT_S", 0.05)
    monkeypatch.setattr(stream, "ACCESS", stream.ACCESS * 0)
    with listening(desk) as listener:
        assert listener.until("end")[-1] == ("end", None)


def test_long_answers_are_compressed_and_streams_are_not(desk: Client) -> None:
    logged(desk)
    logged(desk)
    assert desk.raw("GET", "/changes?after=0").headers["Content-Encoding"] == "gzip"
    assert desk.raw("GET", "/snapshot").headers["Content-Encoding"] == "gzip"
    with desk.raw("GET", "/stream", stream=True) as response:
        assert "Content-Encoding" not in response.headers


def test_a_database_is_made_once(cluster: Cluster) -> None:
    again = make_database(cluster._uri, "twice")
    assert make_database(cluster._uri, "twice") == again


def test_an_application_is_made_without_touching_the_database(central: Central) -> None:
    assert create_app(central.centre).state.centre is central.centre

"""What no console of ours would send: each is answered by a problem with a code, and disturbs nobody."""

import gzip
import socket
import zlib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest

from console.central import app
from console.central.routes import parts
from console.domain.command import AddNote
from console.domain.identity import new_id
from console.protocol.wire import BATCH, CommandsRequest, Problem, TokenRequest
from tests.central.reports import accepted, changes, code, give, logged, report
from tests.support.central import Central, Client


@pytest.fixture
def desk(central: Central) -> Iterator[Client]:
    """Whatever was sent, the next proper command is taken and nothing but it is there."""
    made = central.client()
    case = logged(made)
    cursor = changes(made).cursor
    yield made
    accepted(made, made.command(AddNote(text="Ghi chú"), case))
    assert changes(made).cursor == cursor + 1
    made.close()


class Wire:
    """A bare socket to the server."""

    def __init__(self, desk: Client) -> None:
        where = urlsplit(desk.base)
        self._socket = socket.create_connection((where.hostname or "", where.port or 0), timeout=30)
        self._token = desk.token.access

    def head(self, *lines: str, length: int | None = None) -> bytes:
        first = ["POST /api/v1/commands HTTP/1.1", "Host: x", f"Authorization: Bearer {self._token}"]
        size = [] if length is None else [f"Content-Length: {length}"]
        return "\r\n".join([*first, *size, *lines, "", ""]).encode()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)

    def no_more(self) -> None:
        self._socket.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        self._socket.close()

    def answer(self) -> tuple[int, str]:
        """Status and code of the problem that is answered before the line is closed."""
        got = b""
        while part := self._socket.recv(65536):
            got += part
        head, _, body = got.partition(b"\r\n\r\n")
        assert b"application/problem+json" in head
        problem = msgspec.json.decode(body[body.index(b"{") : body.rindex(b"}") + 1], type=Problem)
        return int(head.split()[1]), problem.code


@pytest.fixture
def wire(desk: Client) -> Iterator[Wire]:
    made = Wire(desk)
    yield made
    made.cut()


def batch(desk: Client, count: int = 1) -> bytes:
    return msgspec.json.encode(
        CommandsRequest(commands=tuple(desk.command(report(desk)) for _ in range(count)))
    )


def told(desk: Client, body: bytes, **headers: str) -> tuple[int, str]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = desk.raw("POST", "/commands", body, headers=named)
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def test_a_body_that_ends_too_early_is_told_so(desk: Client, wire: Wire) -> None:
    body = batch(desk)
    wire.send(wire.head(length=len(body)) + body[: len(body) // 2])
    wire.no_more()
    assert wire.answer() == (400, "body_cut")


def test_a_line_that_breaks_in_the_middle_of_a_body_leaves_nothing(desk: Client, wire: Wire) -> None:
    body = batch(desk)
    wire.send(wire.head(length=len(body)) + body[:-1])
    wire.cut()


def test_a_body_that_stops_coming_is_given_up(
    desk: Client, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "BODY_PAUSE_S", 0.1)
    body = batch(desk)
    wire.send(wire.head("Connection: close", length=len(body)) + body[:-1])
    assert wire.answer() == (408, "body_slow")


def test_half_a_batch_is_not_taken(desk: Client) -> None:
    body = batch(desk, 2)
    assert told(desk, body[: len(body) // 2]) == (400, "bad_request")


def test_a_batch_sent_twice_is_taken_once(central: Central) -> None:
    desk = central.client()
    body = batch(desk, 3)
    first, again = (desk.raw("POST", "/commands", body) for _ in range(2))
    assert first.json()["verdicts"] == again.json()["verdicts"]
    assert changes(desk).cursor == 3
    desk.close()


def test_a_packed_batch_is_taken(central: Central) -> None:
    desk = central.client()
    response = desk.raw(
        "POST", "/commands", gzip.compress(batch(desk, 3)), headers={"Content-Encoding": "gzip"}
    )
    assert [verdict["accepted"] for verdict in response.json()["verdicts"]] == [True] * 3
    desk.close()


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    part = b" " * (1 << 20)
    return b"".join([*(packer.compress(part) for _ in range(megabytes)), packer.flush()])


def test_a_bomb_does_not_go_off(desk: Client) -> None:
    assert told(desk, bomb(400), Content_Encoding="gzip") == (413, "too_large")


@pytest.mark.parametrize("spoil", [lambda b: b[:-9], lambda b: b"x" + b, lambda b: b[:40] + b"??" + b[42:]])
def test_what_is_packed_badly_is_not_understood(desk: Client, spoil: Any) -> None:
    assert told(desk, spoil(gzip.compress(batch(desk))), Content_Encoding="gzip") == (400, "bad_request")


def test_other_kinds_of_bodies_are_told_apart(desk: Client) -> None:
    assert told(desk, batch(desk), Content_Type="text/html") == (415, "wrong_content_type")
    assert told(desk, batch(desk), Content_Encoding="br") == (415, "wrong_encoding")
    assert told(desk, '{"commands": [], "x": "\xff"}'.encode("latin-1").replace(b"[]", b"3")) == (
        400,
        "bad_request",
    )
    assert told(desk, b"<html>Welcome to the hotel</html>") == (400, "bad_request")
    assert told(desk, b'{"commands": ["\\ud800"]') == (400, "bad_request")


def test_ten_thousand_commands_at_once_are_refused_whole_and_the_limit_is_told(desk: Client) -> None:
    note = msgspec.json.encode(desk.command(AddNote(text="Ghi chú"), new_id()))
    body = b'{"commands":[%s]}' % b",".join([note] * 10_000)
    response = desk.raw("POST", "/commands", body)
    problem = msgspec.json.decode(response.content, type=Problem)
    assert (response.status_code, problem.code, problem.limit) == (413, "too_many_commands", BATCH)


def test_huge_headers_are_refused_whether_they_come_at_once_or_without_end(desk: Client, wire: Wire) -> None:
    assert told(desk, batch(desk), X_Much="x" * (app.MOST_HEADERS + 1)) == (431, "headers_too_large")
    endless = wire.head("X-Much: ")[:-4]
    wire.send(endless + b"x" * 1_000_000)
    assert wire.answer() == (431, "headers_too_large")


def test_a_head_whose_last_line_comes_with_the_whole_body_is_no_large_head(desk: Client, wire: Wire) -> None:
    body = b" " * 90_000
    head = wire.head("Connection: close", length=len(body))
    wire.send(head[:-2])
    wire.send(head[-2:] + body)
    assert wire.answer() == (400, "bad_request")


@pytest.mark.parametrize("said", [b"\x16\x03\x01\x02\x00\x01\x00\x01", b"GET / HTTP/x", b"HELO x\r\n\r\n"])
def test_what_is_no_http_is_told_so(desk: Client, wire: Wire, said: bytes) -> None:
    wire.send(said + b"\r\n\r\n")
    assert wire.answer() == (400, "bad_http")


def test_chunks_that_are_none_end_the_line(desk: Client, wire: Wire) -> None:
    wire.send(wire.head("Transfer-Encoding: chunked") + b'5\r\n{"com\r\nnonsense\r\n')
    assert wire.answer() == (400, "bad_http")


def test_commands_from_the_future_of_unknown_cases_and_foreign_stations_spoil_no_other(
    central: Central,
) -> None:
    desk, now = central.client(), central.clock.now()
    ahead = msgspec.structs.replace(desk.command(report(desk)), at=now + timedelta(days=400))
    nowhere = desk.command(AddNote(text="Ghi chú"), new_id())
    abroad = msgspec.structs.replace(desk.actor, station="77")
    foreign = desk.command(report(desk), actor=abroad)
    good = desk.command(report(desk))
    verdicts = give(desk, ahead, nowhere, foreign, good)
    assert [code(v) for v in verdicts] == ["", "unknown_case", "not_allowed", ""]
    assert verdicts[0].case is not None
    assert verdicts[0].case.entered_at <= central.clock.now()
    desk.close()


def test_a_station_that_the_centre_does_not_know_is_told_so(desk: Client) -> None:
    for station, key in (("77", desk.key), (desk.station, "wrong"), ("x" * 1000, desk.key)):
        asked = TokenRequest(station=station, station_key=key, user="op03", password="thuchanh")
        response = desk.raw("POST", "/auth/token", asked)
        assert (response.status_code, response.json()["code"]) == (403, "unknown_station")
    bare = desk.raw("GET", "/changes?after=0", headers={"Authorization": "Bearer stolen"})
    assert (bare.status_code, bare.json()["code"]) == (401, "not_signed_in")

"""An exchange tells of calls by HTTP: what fits is heard, what does not is answered with a stable code."""

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from console.desk.errors import LineOffersNot
from console.domain.telephone import Answered, Ended, Ending, Rang
from console.settings import PushSettings
from console.telephony import push
from console.telephony.push import Bucket, PushLine
from tests.telephony.ears import Listener

SECRET = "trung-tam-1022"
RINGING = {"call": "7", "event": "ringing", "number": "sip:0905123456@pbx", "name": "Ông Bảy", "queue": "ioc"}


@pytest.fixture
def ear() -> Listener:
    return Listener()


@pytest.fixture
def line(ear: Listener) -> Iterator[PushLine]:
    made = PushLine(PushSettings(port=0), SECRET)
    made.start(ear)
    yield made
    made.stop()


def post(
    line: PushLine, body: object, secret: str = SECRET, path: str = "/calls", method: str = "POST"
) -> tuple[int, str]:
    """Status and code of the answer. A `body` of bytes goes as it is."""
    wire = http.client.HTTPConnection("127.0.0.1", line.port, timeout=10)
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    wire.request(method, path, data, {push.HEADER: secret})
    answer = wire.getresponse()
    said = answer.read()
    wire.close()
    return answer.status, json.loads(said)["code"] if said else ""


def test_a_call_from_ring_to_end(line: PushLine, ear: Listener) -> None:
    assert line.state.up
    assert post(line, RINGING) == (204, "")
    assert post(line, RINGING) == (204, ""), "an exchange may say it again"
    assert post(line, {"call": "7", "event": "answered"}) == (204, "")
    assert post(line, {"call": "7", "event": "ended", "how": "caller"}) == (204, "")
    assert ear.facts[0] == ear.facts[1] == Rang(call="7", number="0905123456", name="Ông Bảy")
    assert ear.facts[2:] == [Answered(call="7"), Ended(call="7", how=Ending.CALLER)]
    assert post(line, {"call": "7", "event": "held"}) == (404, "call_unknown")


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        (b"", (400, "bad_request")),
        (b"\xff\xfe{", (400, "bad_request")),
        (b"[" * 3000, (400, "bad_request")),
        ({"call": "7"}, (400, "bad_request")),
        ({"call": "7", "event": "dances"}, (400, "bad_request")),
        ({"call": "7", "event": "ended", "how": "?"}, (400, "bad_request")),
        ({"call": "", "event": "answered"}, (422, "bad_call")),
        ({"call": "7", "event": "ringing", "number": "<script>"}, (422, "bad_number")),
        (b" " * 5000, (413, "too_large")),
    ],
)
def test_what_does_not_fit_is_answered_with_its_code(
    line: PushLine, ear: Listener, body: object, answer: tuple[int, str]
) -> None:
    assert post(line, body) == answer
    assert ear.facts == []


def test_only_who_has_the_secret_is_heard(line: PushLine, ear: Listener) -> None:
    assert post(line, RINGING, secret="") == (401, "wrong_secret")
    assert post(line, RINGING, secret=SECRET[:-1]) == (401, "wrong_secret")
    assert post(line, RINGING, path="/") == (404, "not_found")
    assert post(line, b"", method="GET") == (405, "method")
    assert ear.facts == []


def test_guessing_is_slowed_down_and_does_not_shut_out_the_exchange(line: PushLine) -> None:
    answers = [post(line, RINGING, secret=str(n))[0] for n in range(12)]
    assert answers[0] == 401
    assert 429 in answers
    assert post(line, RINGING) == (204, "")


def test_a_bucket_fills_with_time() -> None:
    now = [0.0]
    bucket = Bucket(2.0, lambda: now[0])
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    now[0] = 0.5
    assert [bucket.take() for _ in range(2)] == [True, False]
    now[0] = 100.0
    assert [bucket.take() for _ in range(3)] == [True, True, False]


def test_who_dawdles_holds_up_neither_the_exchange_nor_the_end(ear: Listener) -> None:
    line = PushLine(PushSettings(port=0), SECRET)
    line.start(ear)
    slow = [socket.create_connection(("127.0.0.1", line.port)) for _ in range(push.MOST_AT_ONCE - 1)]
    for wire in slow:
        wire.sendall(b"POST /calls HTTP/1.1\r\n")
    assert post(line, RINGING) == (204, "")
    line.stop()
    for wire in slow:
        wire.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("telephone")]


def test_without_its_secret_or_its_port_it_says_so(ear: Listener, line: PushLine) -> None:
    bare = PushLine(PushSettings(port=0), None)
    bare.start(ear)
    assert (bare.state.up, bare.state.why, bare.state.detail) == (False, "not_set_up", "telephone")
    bare.stop()
    second = PushLine(PushSettings(port=line.port), SECRET)
    second.start(ear)
    assert (second.state.up, second.state.why) == (False, "refused")
    assert str(line.port) in second.state.detail
    second.stop()


def test_what_is_only_told_can_be_answered_and_ended_by_saying_so(line: PushLine, ear: Listener) -> None:
    post(line, RINGING)
    line.answer("7")
    line.hang_up("7")
    assert ear.facts[1:] == [Answered(call="7"), Ended(call="7", how=Ending.DESK)]
    with pytest.raises(LineOffersNot):
        line.transfer("7", "113")


def test_a_ring_that_nobody_ends_is_missed(ear: Listener) -> None:
    line = PushLine(PushSettings(port=0), SECRET, rings_s=0.05)
    line.start(ear)
    told: list[dict[str, Any]] = [
        {"call": "1", "event": "ringing", "number": "0905123456"},
        {"call": "2", "event": "ringing", "number": "0905123457"},
        {"call": "2", "event": "answered"},
    ]
    for body in told:
        assert post(line, body)[0] == 204
    ear.until(lambda: any(isinstance(fact, Ended) for fact in ear.facts))
    line.stop()
    ends = [fact for fact in ear.facts if isinstance(fact, Ended)]
    assert ends[0] == Ended(call="1", how=Ending.MISSED)

"""The calls against a real socket: what each way of failing is called."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from console.protocol.wire import HEADER_PROTOCOL
from console.sync.api import Api
from console.sync.errors import (
    BadAnswer,
    Offline,
    Rejected,
    RetryLater,
    ServerError,
    SignedOut,
    TooOld,
    WireError,
)
from tests.support.cable import Cable

HEALTH = (
    b'{"status":"ok","version":"1","protocol":1,"oldest_protocol":1,"schema":"1","practice":true,'
    b'"server_time":"2024-11-04T07:00:00Z"}'
)


class Holder:
    """A pass whose token can be renewed once."""

    def __init__(self) -> None:
        self.token, self.renewed = "old", 0

    def access(self) -> str:
        return self.token

    def renew(self, spent: str) -> str:
        assert spent == self.token
        self.renewed += 1
        self.token = "new"
        return self.token


@pytest.fixture
def cable() -> Iterator[Cable]:
    made = Cable("http://127.0.0.1:9")
    yield made
    made.close()


@pytest.fixture
def api(cable: Cable) -> Iterator[Api]:
    made = Api(cable.url)
    made.holder = Holder()
    yield made
    made.close()


def test_health_is_read_and_the_clock_measured(cable: Cable, api: Api) -> None:
    cable.fault("answer", "/health", body=HEALTH)
    assert api.health().practice
    away = datetime(2024, 11, 4, 7, tzinfo=UTC).timestamp() - datetime.now(UTC).timestamp()
    assert api.offset.seconds == pytest.approx(away, abs=5)


@pytest.mark.parametrize(
    ("status", "headers", "body", "error", "told"),
    [
        (500, {}, b"", ServerError, 500),
        (500, {}, b'{"title":"x","status":500,"code":"bug"}', ServerError, 500),
        (502, {}, b"<html>", Offline, "gateway"),
        (503, {"Retry-After": "17"}, b"", RetryLater, 17.0),
        (429, {}, b"", RetryLater, None),
        (426, {}, b'{"title":"x","status":426,"code":"too_old"}', TooOld, None),
        (422, {}, b'{"title":"x","status":422,"code":"unreadable"}', Rejected, "unreadable"),
        (404, {}, b"", BadAnswer, None),
        (200, {}, b'{"cursor":', BadAnswer, None),
    ],
)
def test_each_answer_has_its_name(
    cable: Cable,
    api: Api,
    status: int,
    headers: dict[str, str],
    body: bytes,
    error: type[WireError],
    told: object,
) -> None:
    cable.fault("answer", "/changes", status=status, headers=headers, body=body)
    with pytest.raises(error) as caught:
        api.changes(0)
    known = [getattr(caught.value, name, None) for name in ("status", "reason", "seconds", "problem")]
    assert told in known


def test_nobody_listens(cable: Cable) -> None:
    cable.close()
    with pytest.raises(Offline) as caught:
        Api(cable.url).health()
    assert caught.value.reason == "no_route"


def test_an_answer_cut_in_the_middle(cable: Cable, api: Api) -> None:
    other = Cable(cable.url)
    try:
        cable.fault("answer", "/health", body=HEALTH)
        other.fault("cut_answer", "/health", after=20)
        with pytest.raises(Offline):
            Api(other.url).health()
    finally:
        other.close()


def test_a_spent_token_is_renewed_once_and_the_call_repeated(cable: Cable, api: Api) -> None:
    cable.fault("answer", "/changes", status=401)
    body = b'{"cursor":4,"more":false,"records":[],"server_time":"2024-11-04T07:00:00Z"}'
    cable.fault("answer", "/changes", body=body)
    assert api.changes(0).cursor == 4
    assert isinstance(api.holder, Holder)
    assert api.holder.renewed == 1


def test_a_token_refused_twice_means_signed_out(cable: Cable, api: Api) -> None:
    cable.fault("answer", "/changes", status=401, times=2)
    with pytest.raises(SignedOut):
        api.changes(0)


def test_a_pulled_plug_cuts_a_waiting_request_and_every_later_one(cable: Cable, api: Api) -> None:
    hold = cable.fault("hold", "/health")
    seen: list[WireError] = []

    def ask() -> None:
        with pytest.raises(WireError) as caught:
            api.health()
        seen.append(caught.value)

    thread = threading.Thread(target=ask)
    thread.start()
    assert hold.holding.wait(20)
    api.plug.pull()
    thread.join(20)
    assert [type(error) for error in seen] == [Offline]
    with pytest.raises(Offline) as caught:
        api.health()
    assert caught.value.reason == "unplugged"
    api.plug.plug_in()
    hold.go.set()
    cable.fault("answer", "/health", body=HEALTH)
    assert api.health().status == "ok"


def test_a_snapshot_that_ends_without_its_end_was_cut(cable: Cable, api: Api) -> None:
    cable.fault("answer", "/snapshot", body=b'{"cursor":7,"total":9}\n')
    with api.snapshot(None) as lines:
        assert next(lines).cursor == 7
        with pytest.raises(Offline) as caught:
            next(lines)
    assert caught.value.reason == "cut"


def test_the_protocol_is_said_with_every_request(api: Api) -> None:
    assert api._session.headers[HEADER_PROTOCOL] == "1"

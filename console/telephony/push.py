"""Calls told by any exchange over HTTP: one JSON object a POST, with a shared secret in a header.

    POST /calls            X-Telephone-Secret: …
    {"call": "1732.55", "event": "ringing", "number": "0905123456", "name": ""}

Events: ringing, dialled (both with `number`), answered, held, resumed, ended (with `how`: caller, missed,
elsewhere, transferred, failed). Answers: 204, or a problem document (RFC 9457) with a stable `code`. What it
costs is bounded: bytes of a request, requests at a time and a second, seconds that one may take.
"""

import hmac
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

import msgspec

from console.domain.telephone import (
    Answered,
    CallFact,
    Dialled,
    Ended,
    Ending,
    Held,
    Rang,
    Resumed,
)
from console.settings import PushSettings
from console.telephony.line import Ear
from console.telephony.spelling import number_in
from console.telephony.told import ToldLine, TooManyCalls, UnknownCall

log = logging.getLogger(__name__)
PATH, HEADER = "/calls", "X-Telephone-Secret"
MOST_BYTES = 4096
MOST_AT_ONCE = 8
MOST_A_SECOND = 50.0
REQUEST_S = 5.0
NAME_MAX = 80


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What an exchange says. Fields that it says besides are passed over."""

    call: str
    event: Literal["ringing", "dialled", "answered", "held", "resumed", "ended"]
    number: str = ""
    name: str = ""
    how: Ending = Ending.CALLER


_told = msgspec.json.Decoder(Told)


class Problem(Exception):
    """Why it was not taken: HTTP status and a stable code."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(code)
        self.status, self.code = status, code


def fact_of(body: bytes) -> CallFact:
    """What it says as a fact. Raises Problem."""
    try:
        told = _told.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Problem(400, "bad_request") from None
    if not 1 <= len(told.call) <= NAME_MAX:
        raise Problem(422, "bad_call")
    match told.event:
        case "ringing":
            return Rang(call=told.call, number=_number(told), name=told.name[:NAME_MAX])
        case "dialled":
            return Dialled(call=told.call, number=_number(told))
        case "answered":
            return Answered(call=told.call)
        case "held":
            return Held(call=told.call)
        case "resumed":
            return Resumed(call=told.call)
        case "ended":
            return Ended(call=told.call, how=told.how)


def _number(told: Told) -> str:
    number = number_in(told.number)
    if number is None:
        raise Problem(422, "bad_number")
    return number


class Bucket:
    """So many a second, and as many at once after a rest. Any thread."""

    def __init__(self, a_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._a_second, self._now = a_second, now
        self._left, self._at = a_second, now()
        self._door = threading.Lock()

    def take(self) -> bool:
        """Whether one more may come."""
        with self._door:
            at = self._now()
            self._left = min(self._a_second, self._left + (at - self._at) * self._a_second)
            self._at = at
            if self._left < 1.0:
                return False
            self._left -= 1.0
            return True


class PushLine(ToldLine):
    """Listens from `start` to `stop`. `secret` None: it was not found, nothing is listened to."""

    def __init__(self, settings: PushSettings, secret: str | None, **told: Any) -> None:
        super().__init__("push", **told)
        self._settings, self._secret = settings, secret
        self._server: _Server | None = None

    @property
    def port(self) -> int:
        """Where it listens; 0 while it does not."""
        return int(self._server.server_address[1]) if self._server is not None else 0

    def start(self, ear: Ear) -> None:
        """Begin to listen; what keeps it from that is said by `line_is`."""
        self._ear = ear
        settings = self._settings
        if not self._secret:
            self.stands(False, "not_set_up", settings.secret)
            return
        try:
            self._server = _Server((settings.host, settings.port), self, self._secret)
        except OSError as error:
            log.warning("telephone push: cannot listen: %s", type(error).__name__)
            self.stands(False, "refused", f"{settings.host}:{settings.port}")
            return
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="telephone push", daemon=True
        )
        self._thread.start()
        self.stands(True, detail=f"{settings.host}:{self.port}")

    def stop(self) -> None:
        """Listen no more."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.hang_up()
            server.server_close()  # waits for the requests that are being answered
            self._thread.join()
        super().stop()


class _Server(ThreadingHTTPServer):
    """As many threads as there is room for, each for a request that ends in time."""

    allow_reuse_address = os.name != "nt"  # there it would let another program listen at the same place
    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], line: PushLine, secret: str) -> None:
        self.line, self.secret = line, secret.encode()
        self.told, self.strangers = Bucket(MOST_A_SECOND), Bucket(MOST_A_SECOND / 10)
        self._room, self._asking = threading.BoundedSemaphore(MOST_AT_ONCE), set[socket.socket]()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Who comes when there is no room is hung up on."""
        if not self._room.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self._asking.add(request)
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """A request that comes byte by byte has its time, too."""
        late = threading.Timer(REQUEST_S, _cut, (request,))
        late.start()
        try:
            super().process_request_thread(request, client_address)
        finally:
            late.cancel()
            self._asking.discard(request)
            self._room.release()
            late.join()

    def hang_up(self) -> None:
        """Whoever still asks is not waited for."""
        for request in tuple(self._asking):
            _cut(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """The other side went away in the middle."""
        log.info("telephone push: a request broke off")


def _cut(request: socket.socket) -> None:
    with suppress(OSError):  # it has ended by itself
        request.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = REQUEST_S
    server_version, sys_version = "console", ""

    def do_POST(self) -> None:
        """One fact."""
        try:
            self._take()
        except Problem as problem:
            self._answer(problem)
        except TooManyCalls:
            self._answer(Problem(409, "too_many_calls"))
        except UnknownCall:
            self._answer(Problem(404, "call_unknown"))
        else:
            self.send_response(204)
            self.end_headers()

    def do_GET(self) -> None:
        """Nothing is read here."""
        self._answer(Problem(405, "method"))

    do_PUT = do_DELETE = do_PATCH = do_HEAD = do_GET

    def _take(self) -> None:
        body = self._body()  # read in any case: an answer to half a request may not arrive
        given = self.headers.get(HEADER, "").encode("latin-1", "replace")
        known = hmac.compare_digest(given, self.server.secret)
        if not (self.server.told if known else self.server.strangers).take():
            raise Problem(429, "too_many_requests")
        if not known:
            raise Problem(401, "wrong_secret")
        if self.path != PATH:
            raise Problem(404, "not_found")
        self.server.line.tell(fact_of(body))

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            raise Problem(411, "length_required")
        if len(length) > 6 or int(length) > MOST_BYTES:
            raise Problem(413, "too_large")
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            raise Problem(400, "bad_request")
        return body

    def _answer(self, problem: Problem) -> None:
        body = msgspec.json.encode({"status": problem.status, "code": problem.code})
        self.send_response(problem.status)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """A request line may hold anything: it is not logged."""

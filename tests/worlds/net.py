"""The network between a console and the centre, below `requests`: what becomes of requests and answers.

lost          it never arrives, and no answer comes
unanswered    it arrives, the answer is lost
late          no answer comes; it arrives whenever the world likes
twice         it arrives, and a copy of it later
reset, short  the answer breaks off in the middle: with an error, or as if it were complete
busy, bug, gateway, portal, expired
              something else answers: 503, 500, 502, a web page with status 200, 401
bug_after     it arrives and is done, the answer is a 500
away          no route
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ProtocolError

REACHES = ("", "unanswered", "twice", "reset", "short", "bug_after")
"""Fates with which the request arrives at once."""


class Call(NamedTuple):
    """A request on its way."""

    method: str
    path: str
    body: bytes


class Read(NamedTuple):
    """The console reads on in an answer."""

    answer: "Answer"


class Answer:
    """An answer whose body is read piece by piece. `ends_after`: bytes after which it breaks off."""

    def __init__(self, status: int, body: Iterator[bytes], headers: dict[str, str] | None = None) -> None:
        self.status, self.headers = status, headers or {}
        self._body = body
        self.ends_after: int | None = None
        self.with_error = False

    def cut(self, after: int, with_error: bool) -> None:
        """Let it break off."""
        self.ends_after, self.with_error = after, with_error

    def next_piece(self) -> bytes | None:
        """None at its end. Raises ProtocolError where it was cut."""
        piece = next(self._body, None)
        if piece is None or self.ends_after is None:
            return piece
        if len(piece) <= self.ends_after:
            self.ends_after -= len(piece)
            return piece
        if self.ends_after == 0:
            if self.with_error:
                raise ProtocolError("cut")
            return None
        part, self.ends_after = piece[: self.ends_after], 0
        return part


def whole(status: int, body: bytes, **headers: str) -> Answer:
    """An answer in one piece."""
    return Answer(status, iter([body]), headers)


def problem(status: int, code: str, **headers: str) -> Answer:
    """A problem document."""
    return whole(status, b'{"title":"","status":%d,"code":"%s"}' % (status, code.encode()), **headers)


def instead(fate: str) -> Answer | Exception | None:
    """What comes back where the request does not arrive; None: it does."""
    if fate in ("lost", "late"):
        return requests.exceptions.ReadTimeout(fate)
    if fate == "away":
        return requests.exceptions.ConnectionError(fate)
    if fate == "busy":
        return problem(503, "busy", **{"Retry-After": "2"})
    if fate == "bug":
        return problem(500, "bug")
    if fate == "gateway":
        return whole(502, b"<html>Bad gateway</html>")
    if fate == "portal":
        return whole(200, b"<html>Sign in to this network</html>")
    if fate == "expired":
        return problem(401, "token_expired")
    return None


def spoilt(answer: Answer, fate: str, x: int) -> Answer | Exception:
    """The answer as it comes back, if it does."""
    if fate == "unanswered":
        return requests.exceptions.ReadTimeout(fate)
    if fate == "bug_after":
        return problem(500, "bug")
    if fate in ("reset", "short"):
        answer.cut(x * x // 4, with_error=fate == "reset")
    return answer


class _Raw:
    """What `requests` reads a body from."""

    def __init__(self, answer: Answer, ask: Callable[[Any], Any]) -> None:
        self._answer, self._ask = answer, ask
        self.status, self.headers, self.reason = answer.status, answer.headers, ""

    def stream(self, amount: int, decode_content: bool = True) -> Iterator[bytes]:
        while (piece := self._ask(Read(self._answer))) is not None:
            yield piece

    def close(self) -> None:
        """Nothing is held."""

    def release_conn(self) -> None:
        """Nothing is held."""


class Line(HTTPAdapter):
    """The adapter of a console's `requests.Session`."""

    def __init__(self, ask: Callable[[Any], Any]) -> None:
        super().__init__()
        self._ask = ask

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        body = request.body or b""
        assert isinstance(body, bytes)
        assert request.method is not None
        answer = self._ask(Call(request.method, request.path_url, body))
        return self.build_response(request, _Raw(answer, self._ask))  # type: ignore[arg-type]

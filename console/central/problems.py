"""Known failures of a call: RFC 9457 problem documents with a stable code."""

import random

import msgspec
from starlette.responses import Response

from console.protocol.wire import Problem

MEDIA_TYPE = "application/problem+json"


class Refuse(Exception):
    """The call is answered by a problem document. Neither `title` nor `detail` ever holds personal data.

    `retry_after`: seconds; `attempts_left`: passwords that may still be tried before a pause; `limit`:
    how much may be sent at once, where it was more.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str = "",
        *,
        retry_after: int | None = None,
        attempts_left: int | None = None,
        limit: int | None = None,
    ) -> None:
        super().__init__(code)
        self.problem = Problem(
            title=title, status=status, code=code, detail=detail, attempts_left=attempts_left, limit=limit
        )
        self.retry_after = retry_after

    def response(self) -> Response:
        """The answer."""
        headers = {}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.problem.status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="ioc"'
        body = msgspec.json.encode(self.problem)
        return Response(body, self.problem.status, headers, MEDIA_TYPE)


def bad_request(detail: str) -> Refuse:
    """The request itself is not understood."""
    return Refuse(400, "bad_request", "The request is not understood", detail)


def not_signed_in(code: str = "not_signed_in") -> Refuse:
    """No token, or one that no longer counts (`token_expired`, `session_revoked`)."""
    return Refuse(401, code, "Sign in again")


def not_allowed() -> Refuse:
    """The user's role may not."""
    return Refuse(403, "not_allowed", "This role may not do that")


def busy() -> Refuse:
    """Too much at once. Each is asked to come again after another time."""
    return Refuse(503, "busy", "Try again shortly", retry_after=_soon())


def database_away() -> Refuse:
    """PostgreSQL restarts, or cannot be reached."""
    return Refuse(503, "database_away", "The database is away for a moment", retry_after=_soon())


def _soon() -> int:
    return random.randint(1, 4)

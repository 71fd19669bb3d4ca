"""uvicorn's HTTP, with a problem document also for what is no HTTP at all."""

import sys
from typing import Any

import h11
import msgspec
from uvicorn.protocols.http.h11_impl import H11Protocol

from console.central.problems import MEDIA_TYPE, Refuse

LINGER_S = 1.0


class ProblemProtocol(H11Protocol):
    """Broken requests, headers without end and bodies that are cut are answered like any other problem."""

    ended = False

    def data_received(self, data: bytes) -> None:
        """What still comes after the last answer is passed over: closing at once would take that answer away
        from a sender that has not finished."""
        if not self.ended:
            super().data_received(data)

    def send_400_response(self, msg: str) -> None:
        """Called where a request cannot be parsed, from the handler of h11's error."""
        error = sys.exc_info()[1]
        if isinstance(error, h11.RemoteProtocolError) and error.error_status_hint == 431:
            self._end_with(Refuse(431, "headers_too_large", "The headers are too large"))
        else:
            self._end_with(Refuse(400, "bad_http", "This is no HTTP request"))

    def eof_received(self) -> None:
        """The other side says no more. In the middle of a body, tell it that it was cut."""
        cycle: Any = self.cycle  # None before the first request, whatever uvicorn declares
        if cycle is not None and cycle.more_body and not cycle.response_started:
            self._end_with(Refuse(400, "body_cut", "The body ended too early"))

    def _end_with(self, refuse: Refuse) -> None:
        """Answer and close; what runs for this request learns that nobody listens any more."""
        cycle: Any = self.cycle
        if cycle is not None:
            cycle.disconnected = True
            cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = msgspec.json.encode(refuse.problem)
            headers = [
                ("content-type", MEDIA_TYPE),
                ("content-length", str(len(body))),
                ("connection", "close"),
            ]
            response = h11.Response(status_code=refuse.problem.status, headers=headers)
            for event in (response, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.ended = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self.loop.call_later(LINGER_S, self.transport.close)

    def shutdown(self) -> None:
        """The server stops."""
        if self.ended:
            self.transport.close()
        else:
            super().shutdown()

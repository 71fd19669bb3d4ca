"""uvicorn's HTTP, with a problem document also for what is no HTTP at all.

httptools (the parser of Node.js) reads them: a parser in Python takes most of a small answer's time.
"""

from typing import Any

import msgspec
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from console.central.problems import MEDIA_TYPE, Refuse

LINGER_S = 1.0
HEAD_BYTES = 64 * 1024  # first line and headers together


class ProblemProtocol(HttpToolsProtocol):
    """Broken requests, headers without end and bodies that are cut are answered like any other problem."""

    ended = False
    _in_head = True
    _heads_ended = 0
    _head_bytes = 0

    def data_received(self, data: bytes) -> None:
        """What still comes after the last answer is passed over: closing at once would take that answer away
        from a sender that has not finished.

        The parser tells of a header only when it is whole: what came in vain for one is counted.
        """
        if self.ended:
            return
        in_head, before = self._in_head, self._heads_ended
        super().data_received(data)
        if in_head and self._heads_ended == before:
            self._head_bytes += len(data)
            if self._head_bytes > HEAD_BYTES and not self.ended:
                self._end_with(Refuse(431, "headers_too_large", "The headers are too large"))

    def on_headers_complete(self) -> None:
        """From here on it is the body that comes."""
        self._in_head = False
        self._heads_ended += 1
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next thing on this line is another request's head."""
        self._in_head, self._head_bytes = True, 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Called where a request cannot be parsed."""
        self._end_with(Refuse(400, "bad_http", "This is no HTTP request"))

    def eof_received(self) -> None:
        """The other side says no more. In the middle of a body, tell it that it was cut."""
        cycle: Any = self.cycle  # None before the first request, whatever uvicorn declares
        if cycle is not None and cycle.more_body and not cycle.response_started:
            self._end_with(Refuse(400, "body_cut", "The body ended too early"))

    def _end_with(self, refuse: Refuse) -> None:
        """Answer and close; what runs for this request learns that nobody listens any more."""
        cycle: Any = self.cycle
        between = cycle is None or cycle.response_complete
        if cycle is not None:
            cycle.disconnected = True
            cycle.message_event.set()
        if between or not cycle.response_started:
            body = msgspec.json.encode(refuse.problem)
            head = f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
            self.transport.write(STATUS_LINE[refuse.problem.status] + head.encode("ascii") + body)
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

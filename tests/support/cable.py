"""A cable between a desk and the centre that can be told to misbehave: a small HTTP relay with named faults.

It relays real requests over real sockets; a fault is used up by the requests it was meant for.
"""

import http.client
import socket
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "keep-alive", "host"}


@dataclass
class Fault:
    """`kind`: cut_before (the request never arrives), lose_answer (it arrives, the answer does not),
    cut_answer (the answer breaks after `after` bytes), stall (it says nothing more after them), cut_request
    (the request breaks), hold (waits for `go`), answer (a made-up answer). `method`: "" for all."""

    kind: str
    path: str
    times: int | None = 1
    after: int = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    method: str = ""
    go: threading.Event = field(default_factory=threading.Event)
    holding: threading.Event = field(default_factory=threading.Event)
    used: int = 0


class Cable:
    """`url` is what the desk is told; `seen` counts requests by path as they arrive."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        self.upstream = (parts.hostname or "", parts.port or 80)
        self._changed = threading.Condition()
        self._faults: list[Fault] = []
        self._poison: list[bytes] = []
        self.seen: list[tuple[str, str]] = []
        self._sockets: set[socket.socket] = set()
        self._server = _Server(("127.0.0.1", 0), _Relay)
        self._server.cable = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="cable")
        self._thread.start()

    def fault(self, kind: str, path: str, **how: Any) -> Fault:
        """From now on, the next `times` requests to a path that begins so suffer `kind`."""
        made = Fault(kind, path, **how)
        with self._changed:
            self._faults.append(made)
        return made

    def poison(self, text: str) -> None:
        """From now on every delivery of commands that holds this text makes the centre fail."""
        self._poison.append(text.encode())

    def mend(self) -> None:
        """No more faults."""
        with self._changed:
            self._poison.clear()
            for fault in self._faults:
                fault.go.set()
            self._faults.clear()

    def count(self, path: str) -> int:
        """Requests seen so far to a path that begins so."""
        with self._changed:
            return sum(1 for _, seen in self.seen if seen.startswith(path))

    def wait_for(self, path: str, count: int, seconds: float = 20.0) -> bool:
        """Until that many requests were seen."""
        with self._changed:
            return self._changed.wait_for(
                lambda: sum(1 for _, seen in self.seen if seen.startswith(path)) >= count, seconds
            )

    def close(self) -> None:
        """Cut everything, and wait until all of it has ended."""
        self.mend()
        self._server.shutdown()
        with self._changed:
            for sock in self._sockets:
                _shut(sock)
        self._server.server_close()
        self._thread.join()

    def arrived(self, method: str, path: str, body: bytes) -> Fault | None:
        """A request arrived: which fault is it to suffer."""
        with self._changed:
            self.seen.append((method, path))
            self._changed.notify_all()
            if path.startswith("/commands") and any(text in body for text in self._poison):
                return Fault("answer", path, status=500)
            for fault in self._faults:
                if not (path.startswith(fault.path) and fault.method in ("", method)):
                    continue
                if fault.times is None or fault.used < fault.times:
                    fault.used += 1
                    return fault
        return None

    def watch(self, sock: socket.socket) -> None:
        with self._changed:
            self._sockets.add(sock)

    def unwatch(self, sock: socket.socket) -> None:
        with self._changed:
            self._sockets.discard(sock)


def _shut(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    cable: Cable

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A line that broke is what this server is for."""


class _Relay(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        super().setup()
        self.server.cable.watch(self.connection)

    def finish(self) -> None:
        self.server.cable.unwatch(self.connection)
        super().finish()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def _relay(self) -> None:
        cable = self.server.cable
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = cable.arrived(self.command, self.path.removeprefix("/api/v1"), body)
        if fault is not None and fault.kind == "cut_request":
            self._cut_request(body[: fault.after])
            return
        if fault is not None and fault.kind == "hold":
            fault.holding.set()
            fault.go.wait()
            fault = None
        if fault is not None and fault.kind == "cut_before":
            self._cut()
        elif fault is not None and fault.kind == "answer":
            self._answer(fault)
        else:
            self._forward(body, fault)

    do_GET = do_POST = do_PUT = do_HEAD = _relay

    def _cut_request(self, body: bytes) -> None:
        """The centre gets the head, and so much of the body."""
        line = http.client.HTTPConnection(*self.server.cable.upstream, timeout=60)
        line.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            line.putheader(name, value)
        line.endheaders(body)
        line.close()
        self._cut()

    def _answer(self, fault: Fault) -> None:
        self.send_response(fault.status)
        for name, value in fault.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(fault.body)))
        self.end_headers()
        self.wfile.write(fault.body)

    def _forward(self, body: bytes, fault: Fault | None) -> None:
        line = http.client.HTTPConnection(*self.server.cable.upstream, timeout=60)
        left_out = HOP | {"accept-encoding"} if fault is not None else HOP  # `after` counts plain bytes
        headers = {k: v for k, v in self.headers.items() if k.lower() not in left_out}
        try:
            line.request(self.command, self.path, body=body or None, headers=headers)
            assert line.sock is not None
            self.server.cable.watch(line.sock)
            sock = line.sock
            try:
                self._back(line.getresponse(), fault)
            finally:
                self.server.cable.unwatch(sock)
        except (OSError, http.client.HTTPException):
            self._cut()
        finally:
            line.close()

    def _back(self, answer: http.client.HTTPResponse, fault: Fault | None) -> None:
        if fault is not None and fault.kind == "lose_answer":
            answer.read()
            self._cut()
            return
        ends = fault is not None and fault.kind in ("cut_answer", "stall")
        left = fault.after if fault is not None and ends else None
        length = answer.getheader("Content-Length")
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP | {"date", "server"}:
                self.send_header(name, value)
        if length is None:
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while piece := answer.read1(65536):
            if left is not None and len(piece) >= left:
                self._write(piece[:left], length is None)
                if fault is not None and fault.kind == "stall":
                    fault.holding.set()
                    fault.go.wait()
                self._cut()
                return
            left = None if left is None else left - len(piece)
            self._write(piece, length is None)
        if length is None:
            self.wfile.write(b"0\r\n\r\n")

    def _write(self, piece: bytes, chunked: bool) -> None:
        if chunked:
            piece = b"%x\r\n%s\r\n" % (len(piece), piece)
        self.wfile.write(piece)
        self.wfile.flush()

    def _cut(self) -> None:
        self.close_connection = True
        _shut(self.connection)

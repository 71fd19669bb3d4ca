"""Real servers on loopback for what leaves the centre: one for mail, one for the gateway's hook."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """What came by SMTP. `answers`: what the next messages get instead of "250 OK"."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.to: list[str] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answers and self.answers[0].startswith("rcpt "):
            return self.answers.pop(0).removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answers:
            return self.answers.pop(0)
        self.got.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        self.to += envelope.rcpt_tos
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    """A mail server on a free port."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)

    def knock() -> None:
        """It would knock at the port that was asked for, which is 0 here."""
        with socket.create_connection(controller.server.sockets[0].getsockname(), 5) as found:
            found.recv(100)

    controller._trigger_server = knock
    controller.start()
    try:
        yield box, controller.server.sockets[0].getsockname()[1]
    finally:
        controller.stop()


class Gateway(ThreadingHTTPServer):
    """What came by HTTP. `answers`: status and headers of the next answers; afterwards 200."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.size = 2

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/sms?from=ioc"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body))
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(self.server.size))
        self.end_headers()
        sent = 0
        while sent < self.server.size:
            piece = b"x" * min(65536, self.server.size - sent)
            try:
                self.wfile.write(piece)
            except OSError:
                return
            sent += len(piece)

    def log_message(self, format: str, *args: Any) -> None:
        return


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A gateway on a free port."""
    made = Gateway()
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.shutdown()
        made.server_close()
        thread.join()

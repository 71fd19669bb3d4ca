"""A connection that one thread keeps, and a bell by which others call it: to send something, or to end.

TLS sockets must not be read and written by two threads at once; so whoever wants to send leaves it here.
"""

import errno
import os
import selectors
import socket
import ssl
import threading
import time
from contextlib import suppress

READ_BYTES = 65536
MOST_UNSENT = 65536


class CalledOff(Exception):
    """The end came while a connection was made."""


class Bell:
    """`ring` and `call_off` in any thread; a wire wakes up by it. `over`: it was called off, for good."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.inner, self._outer = socket.socketpair()
        self.inner.setblocking(False)
        self._outer.setblocking(False)

    def ring(self) -> None:
        """Wake up whoever waits."""
        with suppress(OSError):  # full: it rings already; closed: nobody is there
            self._outer.send(b"\0")

    def call_off(self) -> None:
        """It is the end."""
        self.over.set()
        self.ring()

    def hush(self) -> None:
        """It was heard."""
        with suppress(BlockingIOError):
            while self.inner.recv(4096):
                pass

    def close(self) -> None:
        """Nobody rings any more."""
        self.inner.close()
        self._outer.close()


class Wire:
    """Made by `connected`. All but `put` belong to the thread that made it."""

    def __init__(self, plain: socket.socket, bell: Bell) -> None:
        plain.setblocking(False)
        self._socket, self._bell = plain, bell
        self._unsent, self._door = bytearray(), threading.Lock()
        self._selector = selectors.DefaultSelector()
        self._selector.register(bell.inner, selectors.EVENT_READ)
        self._selector.register(plain, selectors.EVENT_READ)

    def put(self, data: bytes) -> None:
        """Send it. Raises OSError where the other side takes nothing any more."""
        with self._door:
            if len(self._unsent) + len(data) > MOST_UNSENT:
                raise TimeoutError
            self._unsent += data
        self._bell.ring()

    def take(self, seconds: float) -> bytes:
        """What came; nothing where nothing did in a while, or the bell rang. At the end raises OSError."""
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return self._read()
        came = self._wait(selectors.EVENT_READ | (selectors.EVENT_WRITE if self._unsent else 0), seconds)
        if came & selectors.EVENT_WRITE:
            self._send()
        return self._read() if came & selectors.EVENT_READ else b""

    def hello(self, context: ssl.SSLContext, host: str, until: float) -> None:
        """Go on encrypted, with whoever is `host` by certificate. Raises OSError, CalledOff."""
        self._selector.unregister(self._socket)
        wrapped = context.wrap_socket(self._socket, server_hostname=host, do_handshake_on_connect=False)
        self._socket = wrapped
        self._selector.register(wrapped, selectors.EVENT_READ)
        while True:
            try:
                wrapped.do_handshake()
                return
            except ssl.SSLWantReadError:
                self._ready(selectors.EVENT_READ, until)
            except ssl.SSLWantWriteError:
                self._ready(selectors.EVENT_WRITE, until)

    def close(self) -> None:
        """Without a word."""
        self._selector.close()
        self._socket.close()

    def _ready(self, events: int, until: float) -> None:
        while not self._bell.over.is_set():
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            if self._wait(events, left):
                return
        raise CalledOff

    def _wait(self, events: int, seconds: float) -> int:
        """Which of them the socket is ready for."""
        self._selector.modify(self._socket, events)
        came = 0
        for key, ready in self._selector.select(seconds):
            if key.fileobj is self._bell.inner:
                self._bell.hush()
            else:
                came |= ready
        return came

    def _read(self) -> bytes:
        try:
            data = self._socket.recv(READ_BYTES)
        except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return b""
        if not data:
            raise ConnectionResetError
        return data

    def _send(self) -> None:
        with self._door, suppress(BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
            del self._unsent[: self._socket.send(self._unsent)]


def connected(host: str, port: int, bell: Bell, until: float) -> Wire:
    """To the first of its addresses that answers. Raises OSError, CalledOff."""
    fault: OSError = ConnectionRefusedError()
    for family, kind, proto, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        plain = socket.socket(family, kind, proto)
        wire = Wire(plain, bell)
        try:
            code = plain.connect_ex(address)
            if code in (errno.EINPROGRESS, errno.EWOULDBLOCK, getattr(errno, "WSAEWOULDBLOCK", 0)):
                wire._ready(selectors.EVENT_WRITE, until)
                code = plain.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if code:
                raise OSError(code, os.strerror(code))
        except OSError as error:
            wire.close()
            fault = error
        except CalledOff:
            wire.close()
            raise
        else:
            return wire
    raise fault

"""The cable to the centre: every socket of the program goes through it, so that it can be pulled.

Practice mode pulls it to show work without a network; closing the program pulls it to wake
threads that wait for an answer.
"""

import socket
import threading
import weakref
from typing import Any, Protocol

from requests.adapters import HTTPAdapter
from requests.exceptions import ConnectionError as RequestsConnectionError
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Unplugged(RequestsConnectionError):
    """The cable is pulled: nothing was sent."""


class Cuttable(Protocol):
    """What ends with the cable: a socket, or whatever has lines of its own."""

    def shutdown(self, how: int, /) -> None:
        """End it."""
        ...


class Plug:
    """Thread-safe. Pulling shuts every open socket at once, in the middle of whatever it was doing."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[Cuttable] = weakref.WeakSet()
        self._plugged = True
        self._closed = False

    @property
    def plugged(self) -> bool:
        """Whether anything gets through."""
        return self._plugged and not self._closed

    def pull(self) -> None:
        """Cut everything; requests fail until `plug_in`."""
        self._plugged = False
        self._cut()

    def plug_in(self) -> None:
        """Let requests through again."""
        self._plugged = True

    def cut(self) -> None:
        """End what is on its way, and let the next request through: this machine slept, and every line with
        it."""
        self._cut()

    def close(self) -> None:
        """Cut for good: the program ends."""
        self._closed = True
        self._cut()

    def adapter(self) -> HTTPAdapter:
        """An adapter for a `requests.Session`, for both schemes."""
        return _PluggedAdapter(self)

    def check(self) -> None:
        """Raises Unplugged while the cable is out."""
        if not self.plugged:
            raise Unplugged("unplugged")

    def watch(self, sock: Cuttable) -> None:
        """A socket was opened; it dies with the cable."""
        with self._lock:
            self._sockets.add(sock)
        if not self.plugged:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            sockets = list(self._sockets)
        for sock in sockets:
            _shut(sock)


def _shut(sock: Cuttable) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed meanwhile by its owner: what we wanted


class _PluggedAdapter(HTTPAdapter):
    def __init__(self, plug: Plug) -> None:
        self._plug = plug
        super().__init__(pool_connections=2, pool_maxsize=4)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._plug)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = _pools(self._plug)
        return manager

    def send(self, *args: Any, **kwargs: Any) -> Any:
        self._plug.check()
        return super().send(*args, **kwargs)


def _pools(plug: Plug) -> dict[str, type[HTTPConnectionPool]]:
    """Connection pools whose sockets are known to `plug`."""

    class Plain(HTTPConnection):
        def connect(self) -> None:
            plug.check()
            super().connect()
            if self.sock is not None:
                plug.watch(self.sock)

    class Secure(HTTPSConnection):
        def connect(self) -> None:
            plug.check()
            super().connect()
            if self.sock is not None:
                plug.watch(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}

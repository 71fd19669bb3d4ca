"""A running server: uvicorn on a socket of our own, ended in order."""

import asyncio
import logging
import socket
import threading
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from console.central.app import create_app
from console.central.centre import Centre
from console.central.wire_http import ProblemProtocol

GRACE_S = 20
"""How long a server that stops goes on with what it has begun."""


class Server:
    """`run` blocks; `stop` may be called from any thread, also before it runs."""

    def __init__(
        self,
        centre: Centre,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        listener: socket.socket | None = None,
    ) -> None:
        """`listener`: a socket that listens already, shared with other processes."""
        self._centre = centre
        self._socket = listener or listening_at(host, port)
        app: FastAPI = create_app(centre)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="on", timeout_graceful_shutdown=GRACE_S,
            server_header=False, timeout_keep_alive=75, http=ProblemProtocol,
            ws="none",
        )  # fmt: skip
        self._server = _Quiet(config, centre)

    @property
    def url(self) -> str:
        """Where it listens; connections are taken from now on and answered once it runs."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{host}:{port}"

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve until `stop`. `ready` is called when calls are answered."""
        self._server.ready = ready
        asyncio.run(self._server.serve(sockets=[self._socket]))
        self._socket.close()

    def stop(self) -> None:
        """End open streams, finish what is being answered, return from `run`."""
        self._server.should_exit = True

    def in_thread(self) -> threading.Thread:
        """Run in a thread of its own; returns when calls are answered."""
        up = threading.Event()
        thread = threading.Thread(target=self.run, args=(up.set,), name="central", daemon=True)
        thread.start()
        if not up.wait(30):
            raise TimeoutError("the server did not start")
        return thread


class _Quiet(uvicorn.Server):
    """uvicorn without signal handlers of its own (the program has them), ending streams at once."""

    def __init__(self, config: uvicorn.Config, centre: Centre) -> None:
        super().__init__(config)
        self._centre = centre
        self.ready: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._centre.hub.close()
        await super().shutdown(sockets)

    def install_signal_handlers(self) -> None:
        return

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        await self._serve(sockets)


def listening_at(host: str, port: int) -> socket.socket:
    """A socket that takes connections from now on; 0: any free port. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named for asyncio, which otherwise leaves Nagle's algorithm on: 40 ms for each answer
    found = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(1024)
    except OSError:
        found.close()
        raise
    return found


logging.getLogger("uvicorn.error").setLevel(
    logging.CRITICAL
)  # it would print what an error quotes: `bugs` logs

"""The event loop of tests that press keys: Qt handles events, and with them steps of coroutines, also while
a test waits outside the loop. In the program the loop runs as long as there are windows."""

import asyncio
from typing import Any

import qasync


class KeyedLoop(qasync.QEventLoop):  # type: ignore[misc]
    """Counts as the running loop from its first run until it is closed."""

    def run_forever(self) -> Any:
        try:
            return super().run_forever()
        finally:
            asyncio._set_running_loop(self)

    def close(self) -> None:
        asyncio._set_running_loop(None)
        super().close()

"""Messages of the centre, for somebody who looks at them: on a line of its own, one question at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from console.desk.errors import PostOffline, PostRefused
from console.protocol.post import PostAgain, PostAnswer, PostLetter
from console.sync.api import Api
from console.sync.errors import NotTheCentre, Offline, Rejected, ServerError


class CentrePost:
    """Blocks; for any thread. A `desk.post_door.PostCentre`."""

    def __init__(self, api: Api) -> None:
        self._api, self._turn = api, threading.Lock()

    def rows(self, case: str | None, failed: bool, before: str | None) -> PostAnswer:
        """GET /post."""
        asked = {"case": case, "state": "failed" if failed else None, "before": before}
        query = urlencode({name: value for name, value in asked.items() if value is not None})
        with self._turn, _away():
            return self._api.ask("GET", f"/post?{query}" if query else "/post", PostAnswer)

    def letter(self, message: str) -> PostLetter:
        """GET /post/{id}."""
        with self._turn, _away():
            return self._api.ask("GET", f"/post/{message}", PostLetter)

    def again(self, message: str) -> PostLetter:
        """POST /post/again."""
        with self._turn, _away():
            return self._api.ask("POST", "/post/again", PostLetter, PostAgain(id=message))


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except (Offline, NotTheCentre, ServerError) as error:
        raise PostOffline(type(error).__name__) from None
    except Rejected as error:  # also an older centre, which has no such call
        raise PostRefused(error.code) from None

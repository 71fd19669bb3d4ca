"""Administration at the centre, for somebody who waits: on a line of its own, one call at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from console.desk.administration.errors import AdminOffline, AdminRefused, ChangedMeanwhile, DoesNotFit
from console.protocol.administration import (
    Done,
    HistoryAnswer,
    OneTimeCode,
    PeopleAnswer,
    Person,
    ReferenceImport,
    StationRow,
    StationsAnswer,
)
from console.protocol.wire import ImportChange
from console.sync.api import Api
from console.sync.errors import NotTheCentre, Offline, Rejected, ServerError

T = TypeVar("T")


class CentreAdmin:
    """Blocks; for any thread. A `desk.administration.administration.AdminCentre`."""

    def __init__(self, api: Api) -> None:
        self._api, self._turn = api, threading.Lock()

    def publish(self, asked: ReferenceImport) -> tuple[ImportChange, ...]:
        """Raises AdminOffline, ChangedMeanwhile, DoesNotFit, and what else the line may raise."""
        return self._call("POST", "/reference", tuple[ImportChange, ...], asked)

    def history(self, kind: str, code: str, before: int | None) -> HistoryAnswer:
        """The same."""
        asked = {"kind": kind, "code": code} | ({} if before is None else {"before": str(before)})
        return self._call("GET", f"/reference/history?{urlencode(asked)}", HistoryAnswer)

    def people(self) -> PeopleAnswer:
        """The same."""
        return self._call("GET", "/users", PeopleAnswer)

    def keep_person(self, person: Person) -> Person:
        """The same, and raises AdminRefused."""
        return self._call("PUT", f"/users/{quote(person.code, safe='')}", Person, person)

    def reset(self, code: str) -> OneTimeCode:
        """The same."""
        return self._call("POST", f"/users/{quote(code, safe='')}/reset", OneTimeCode, Done())

    def stations(self) -> StationsAnswer:
        """The same."""
        return self._call("GET", "/stations", StationsAnswer)

    def keep_station(self, row: StationRow) -> StationRow:
        """The same."""
        return self._call("PUT", f"/stations/{quote(row.code, safe='')}", StationRow, row)

    def _call(self, method: str, path: str, kind: type[T], asked: Any = None) -> T:
        with self._turn, _known():
            return self._api.ask(method, path, kind, asked)


@contextmanager
def _known() -> Iterator[None]:
    try:
        yield
    except (Offline, NotTheCentre, ServerError) as error:
        raise AdminOffline(type(error).__name__) from None
    except Rejected as error:
        if error.problem == "changed_meanwhile":
            raise ChangedMeanwhile from None
        if error.problem in ("misfits", "unreadable_item"):
            raise DoesNotFit(error.detail.split("\n")) from None
        raise AdminRefused(error.problem) from None

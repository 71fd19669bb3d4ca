"""The province goes on living: reports come in by portal and app, agencies accept, return, resolve.

It talks to the server as real ones would, over its own HTTP calls, signed in as the portal's account at
station 00, which delivers for agencies too. `speed` 1.0 is an act about every twenty seconds; 0 stands still.
"""

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain
from random import Random
from typing import Any

import msgspec
import requests

from console.central.clock import Clock
from console.central.practice.generator import generate
from console.central.practice.people import agency_actor
from console.central.practice.words import words
from console.central.seed import PASSWORD, PORTAL
from console.domain.case import Actor, Case, Channel, Status
from console.domain.command import (
    Accept,
    AnyBody,
    AskExtension,
    Command,
    LogReport,
    Resolve,
    Return,
)
from console.domain.identity import new_id
from console.domain.number import make_number
from console.domain.zone import month_code
from console.protocol.wire import (
    ChangesAnswer,
    CommandsAnswer,
    SnapshotLine,
    StationAnswer,
    StationRequest,
    TokenAnswer,
    TokenRequest,
)
from console.reference import bundled

log = logging.getLogger(__name__)

ENROLLER = "sup01"
EVERY_S = 20.0
OWN_CALL = "X-Practice-Life"
NEWS_SHARE = 0.2  # of acts that are a new report
NEW_FIRST = 0.5  # of agencies' acts that answer what was just forwarded
AGE = timedelta(minutes=2)  # nobody answers a case within its first moments
LULL_S = 5.0  # before it tries again when the server did not answer


class Province:
    """A thread beside the server. `start` once calls are answered; `stop` waits for it."""

    def __init__(self, url: str, clock: Clock, seed: int, speed: float) -> None:
        self._base, self._clock, self._speed = url + "/api/v1", clock, speed
        self._rng = Random(f"living {seed} {clock.now():%Y%m%d%H%M}")
        self._ending = threading.Event()
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers[OWN_CALL] = "1"
        self._thread = threading.Thread(target=self._run, name="province", daemon=True)
        self._reference = bundled()
        self._news = self._tell_news()
        self._open: dict[str, Case] = {}
        self._cursor = 0
        self._counters: dict[str, int] = {}

    def start(self) -> None:
        """Begin to live, if it is to live at all."""
        if self._speed > 0:
            self._thread.start()

    def end(self) -> None:
        """Do nothing more; does not wait."""
        self._ending.set()

    def stop(self) -> None:
        """End, and wait for it."""
        self.end()
        if self._thread.is_alive():
            self._thread.join()
        self._session.close()

    def _run(self) -> None:
        while not self._ending.is_set():
            try:
                self._live()
            except (requests.RequestException, msgspec.DecodeError) as error:
                if not self._ending.is_set():
                    log.warning("the province fell asleep: %s", type(error).__name__)
                self._ending.wait(LULL_S)

    def _live(self) -> None:
        self.wake()
        while not self._ending.wait(self._rng.expovariate(1.0) * EVERY_S / self._speed):
            self.one_act()

    def wake(self) -> None:
        """Sign in and see how everything stands."""
        self._sign_in()
        self._learn()

    def one_act(self) -> None:
        """See what is new, then do one thing, if there is any to do."""
        self._pull()
        command = self._next()
        if command is not None:
            self._give(command)

    def _sign_in(self) -> None:
        asked = StationRequest(station=PORTAL.station, user=ENROLLER, password=PASSWORD)
        answer = self._call("POST", "/auth/stations", StationAnswer, asked)
        self._counters = dict(answer.counters)
        token = TokenRequest(
            station=PORTAL.station, station_key=answer.station_key, user=PORTAL.user, password=PASSWORD
        )
        self._token = token
        self._renew()

    def _renew(self) -> None:
        answer = self._call("POST", "/auth/token", TokenAnswer, self._token)
        self._session.headers["Authorization"] = f"Bearer {answer.access}"

    def _learn(self) -> None:
        """Everything as it stands."""
        with self._session.get(self._base + "/snapshot", stream=True, timeout=60) as response:
            response.raise_for_status()
            for raw in response.iter_lines(chunk_size=65536):
                line = msgspec.json.decode(raw, type=SnapshotLine)
                if line.cursor is not None:
                    self._cursor = line.cursor
                if line.record is not None:
                    self._note(line.record.case)

    def _pull(self) -> None:
        more = True
        while more:
            path = f"/changes?after={self._cursor}&limit=500"
            answer = self._call("GET", path, ChangesAnswer)
            for record in answer.records:
                self._note(record.case)
            self._cursor, more = answer.cursor, answer.more

    def _note(self, case: Case) -> None:
        if case.status in (Status.ASSIGNED, Status.IN_PROGRESS):
            self._open[case.id] = case
        else:
            self._open.pop(case.id, None)

    def _next(self) -> Command | None:
        if self._rng.random() < NEWS_SHARE or not self._open:
            report = next(self._news)
            return self._command(new_id(), PORTAL, self._numbered(report))
        ready = [c for c in self._open.values() if self._clock.now() - (c.assigned_at or c.entered_at) > AGE]
        if not ready:
            return None
        new = [case for case in ready if case.status is Status.ASSIGNED]
        case = self._rng.choice(new if new and self._rng.random() < NEW_FIRST else ready)
        body = self._act(case)
        return self._command(case.id, agency_actor(case.lead or ""), body) if body else None

    def _act(self, case: Case) -> AnyBody | None:
        chance = self._rng.random()
        if case.status is Status.ASSIGNED:
            if chance < 0.1:
                return Return(reason=self._line("return"))
            return Accept(note=self._line("accept"))
        pending = any(asked.state == "pending" for asked in case.extensions)
        late = case.deadline is not None and self._clock.now() > case.deadline.near
        if late and not pending and chance < 0.3 and case.deadline is not None:
            until = max(case.deadline.due, self._clock.now()) + timedelta(hours=24)
            return AskExtension(new_due=until, reason=self._line("extend"))
        return Resolve(result=self._result(case)) if chance > 0.5 or late else None

    def _line(self, act: str) -> str:
        return self._rng.choice(words().lines.acts[act])

    def _result(self, case: Case) -> str:
        """What an agency writes about work of this kind."""
        type_ = self._reference.type(case.type)
        results = words().lines.results
        fitting = results.get(type_.category, ()) if type_ is not None else ()
        return self._rng.choice(fitting or tuple(chain.from_iterable(results.values())))

    def _tell_news(self) -> Iterator[LogReport]:
        """Reports that the portal and the app would bring, one after another, without end."""
        while True:
            now = self._clock.now()
            lives = generate(self._reference, self._rng.randrange(1 << 30), 60, now - timedelta(hours=6), now)
            for told in lives:
                body = told.commands[0].body
                if isinstance(body, LogReport) and body.channel is not Channel.PHONE:
                    yield body

    def _numbered(self, report: LogReport) -> LogReport:
        now = self._clock.now()
        month = month_code(now)
        self._counters[month] = self._counters.get(month, 0) + 1
        number = make_number(month, PORTAL.station, self._counters[month])
        return msgspec.structs.replace(report, number=number, happened_at=now)

    def _command(self, case: str, actor: Actor, body: AnyBody) -> Command:
        by = msgspec.structs.replace(actor, station=PORTAL.station)
        return Command(id=new_id(), case=case, at=self._clock.now(), by=by, body=body)

    def _give(self, command: Command) -> None:
        answer = self._call("POST", "/commands", CommandsAnswer, {"commands": (command,)})
        for verdict in answer.verdicts:
            if verdict.refusal is not None:
                log.info("the province's %s was refused: %s", command.kind, verdict.refusal.code)

    def _call(self, method: str, path: str, kind: Any, body: Any = None) -> Any:
        data = None if body is None else msgspec.json.encode(body)
        response = self._session.request(method, self._base + path, data=data, timeout=30)
        if response.status_code == 401 and path != "/auth/token":
            self._renew()
            response = self._session.request(method, self._base + path, data=data, timeout=30)
        response.raise_for_status()
        return msgspec.json.decode(response.content, type=kind)

"""A real PostgreSQL and a real server on a real socket, for tests. One cluster per test process."""

import signal
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import psutil
import pytest
import requests
from argon2 import PasswordHasher
from sqlalchemy import Engine, create_engine, make_url, text, update

from console.central.centre import Centre
from console.central.clock import RealClock, to_millisecond
from console.central.database import connect, url_of
from console.central.migrate import head, migrate
from console.central.practice_start import BEGINS, make_database, start_postgres
from console.central.seed import PASSWORD, seed_world
from console.central.serving import Server
from console.central.tables import users
from console.domain.case import Actor
from console.domain.command import Command
from console.domain.identity import new_id
from console.domain.zone import local_day
from console.protocol.wire import StationAnswer, StationRequest, TokenAnswer, TokenRequest
from console.reference import bundled

TEMPLATE = "template_ioc"
CHEAP = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


class Cluster:
    """One PostgreSQL with a template of a seeded database; `database` makes a copy of it."""

    hurries = ("fsync", "synchronous_commit", "full_page_writes")

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uri, self._stop = start_postgres(folder)
        self._admin = create_engine(url_of(self._uri), isolation_level="AUTOCOMMIT")
        self._made = 0
        self._hurry()
        engine = connect(make_database(self._uri, TEMPLATE))
        migrate(engine)
        seed_world(engine, bundled(), local_day(BEGINS))
        with engine.begin() as connection:
            connection.execute(update(users).values(password=CHEAP.hash(PASSWORD)))
        engine.dispose()

    def _hurry(self) -> None:
        """No test pulls the machine's own plug: nothing need be written through to the disk."""
        with self._admin.connect() as connection:
            for setting in self.hurries:
                connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
            connection.execute(text("SELECT pg_reload_conf()"))

    def database(self) -> str:
        """The address of a fresh seeded database."""
        self._made += 1
        name = f"ioc_{self._made}"
        with self._admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{TEMPLATE}"'))
        return url_of(self._uri).set(database=name).render_as_string(hide_password=False)

    def copy(self, address: str) -> str:
        """The address of a database that is what that one is now; nobody may be connected to it."""
        self._made += 1
        name, source = f"ioc_{self._made}", make_url(address).database
        with self._admin.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{source}"'))
        return url_of(self._uri).set(database=name).render_as_string(hide_password=False)

    def close(self) -> None:
        """At once: writing out what is thrown away anyway would take half a minute."""
        self._admin.dispose()
        postmaster = psutil.Process(int((self._folder / "postmaster.pid").read_text().split()[0]))
        postmaster.send_signal(signal.SIGQUIT)
        postmaster.wait(60)
        self._stop()


class ShiftedClock:
    """The practice world's first afternoon, carried on at the pace of the machine."""

    def __init__(self) -> None:
        self._machine = RealClock()
        self._shift = BEGINS - self._machine.now()

    def now(self) -> datetime:
        return to_millisecond(self._machine.now() + self._shift)


class Central:
    """One server on one database. `stop` and `start` keep its address; `twin` is a second one beside it."""

    def __init__(self, database_url: str, clock: Any = None) -> None:
        self.database_url, self.clock = database_url, clock or ShiftedClock()
        self._port = 0
        self._twins: list[Central] = []
        self._running = False
        self.start()

    def start(self) -> None:
        self.engine: Engine = connect(self.database_url)
        self.centre = Centre(self.engine, self.clock, head(), practice=True)
        self._server = Server(self.centre, port=self._port)
        self.url = self._server.url
        self._port = int(self.url.rsplit(":", 1)[1])
        self._thread = self._server.in_thread()
        self._running = True

    def stop(self) -> None:
        if self._running:
            self._running = False
            self._server.stop()
            self._thread.join()
            self.engine.dispose()

    def twin(self) -> "Central":
        made = Central(self.database_url, self.clock)
        self._twins.append(made)
        return made

    def close(self) -> None:
        for twin in self._twins:
            twin.stop()
        self.stop()

    def client(self, station: str = "03", user: str = "op03") -> "Client":
        return Client(self.url, station, user, self.clock)


class Client:
    """Signed-in calls as bytes and JSON, without the console's own code."""

    def __init__(self, url: str, station: str, user: str, clock: Any, *, password: str = PASSWORD) -> None:
        self.clock = clock
        self.base, self.station, self.user = url + "/api/v1", station, user
        self.session = requests.Session()
        self.session.trust_env = False
        asked = StationRequest(station=station, user="sup01", password=password)
        self.key = self.post("/auth/stations", asked, StationAnswer).station_key
        token = TokenRequest(station=station, station_key=self.key, user=user, password=password)
        self.token = self.post("/auth/token", token, TokenAnswer)
        self.session.headers["Authorization"] = f"Bearer {self.token.access}"
        self.actor = self.token.identity.actor()

    def raw(self, method: str, path: str, body: Any = None, **how: Any) -> requests.Response:
        data = body if isinstance(body, bytes | None) else msgspec.json.encode(body)
        return self.session.request(method, self.base + path, data=data, timeout=30, **how)

    def post(self, path: str, body: Any, kind: Any) -> Any:
        response = self.raw("POST", path, body)
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=kind)

    def get(self, path: str, kind: Any) -> Any:
        response = self.raw("GET", path)
        assert response.status_code == 200, response.text
        return msgspec.json.decode(response.content, type=kind)

    def command(self, body: Any, case: str | None = None, actor: Actor | None = None) -> Command:
        at = self.clock.now()
        return Command(id=new_id(), case=case or new_id(), at=at, by=actor or self.actor, body=body)

    def close(self) -> None:
        self.session.close()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Outside of pytest's own folder: each new pytest closes that to other users, and PostgreSQL, which
    never runs as root, may be one."""
    with TemporaryDirectory(prefix="ioc-postgres-") as folder:
        made = Cluster(Path(folder) / "pg")
        yield made
        made.close()


@pytest.fixture
def central(cluster: Cluster) -> Iterator[Central]:
    made = Central(cluster.database())
    yield made
    made.close()


__all__ = ["Central", "Client", "Cluster", "central", "cluster"]

"""The program an administrator types: users, stations, reference data, and serving on duty."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import requests
from sqlalchemy import create_engine, select, text

from console.central.__main__ import main
from console.central.clock import RealClock
from console.central.database import connect, url_of
from console.central.practice_start import make_database
from console.central.tables import users
from console.protocol.wire import Health, ReferenceAnswer
from tests.central.reports import REFERENCE
from tests.support.central import Client, Cluster

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "mật khẩu đủ dài"


@pytest.fixture
def database(cluster: Cluster) -> Iterator[str]:
    """A database with the schema and nothing else."""
    address = make_database(cluster._uri, "duty")
    assert main(["migrate", "--database", address]) == 0
    yield address
    admin = create_engine(url_of(cluster._uri), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE duty WITH (FORCE)"))
    admin.dispose()


def add_user(database: str, code: str, role: str, monkeypatch: pytest.MonkeyPatch, *more: str) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSWORD + "\n"))
    asked = ["user", "add", code, "--name", "Nguyễn Văn An", "--role", role, "--password-stdin", *more]
    return main([*asked, "--database", database])


def test_from_an_empty_database_to_a_server_on_duty(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add_user(database, "sup01", "supervisor", monkeypatch) == 0
    assert add_user(database, "lan", "dispatcher", monkeypatch) == 0
    assert main(["station", "add", "03", "--database", database]) == 0
    assert main(["seed-reference", "--database", database]) == 0
    command = [sys.executable, "-m", "console.central", "serve", "--port", "0", "--database", database]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            _is_on_duty(server.stdout.readline().decode().split()[1])
        finally:
            server.terminate()
        assert server.wait(60) == 0


def _is_on_duty(url: str) -> None:
    health = msgspec.json.decode(requests.get(f"{url}/api/v1/health", timeout=30).content, type=Health)
    assert (health.status, health.practice) == ("ok", False)
    desk = Client(url, "03", "lan", RealClock(), password=PASSWORD)
    assert desk.token.identity.name == "Nguyễn Văn An"
    answer: ReferenceAnswer = desk.get("/reference?after=0", ReferenceAnswer)
    assert len([i for i in answer.items if i.kind == "types"]) == len(REFERENCE.types)
    desk.close()


def test_a_user_who_ended_is_let_in_no_more_until_added_anew(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = connect(database)

    def active() -> bool | None:
        with engine.connect() as connection:
            return connection.scalar(select(users.c.active).where(users.c.code == "lan"))

    assert add_user(database, "lan", "operator", monkeypatch) == 0
    assert active() is True
    assert main(["user", "end", "lan", "--database", database]) == 0
    assert active() is False
    assert add_user(database, "lan", "operator", monkeypatch) == 0
    assert active() is True
    engine.dispose()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["user", "end", "nobody"], "no such user"),
        (["user", "add", "lan", "--role", "operator"], "--name and --role"),
        (["user", "add", "lan", "--name", "Lan"], "--name and --role"),
        (["station", "add", "3a"], "two digits"),
    ],
)
def test_what_cannot_be_done_is_said(
    database: str, asked: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*asked, "--database", database]) == 2
    assert told in capsys.readouterr().err


def test_an_account_needs_a_password_and_the_right_agency(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add_user(database, "ag", "agency", monkeypatch) == 2
    assert add_user(database, "lan", "operator", monkeypatch, "--agency", "H46.01") == 2
    assert add_user(database, "ag", "agency", monkeypatch, "--agency", "H46.01") == 0
    monkeypatch.setattr(sys.modules[__name__], "PASSWORD", "ngắn")
    assert add_user(database, "lan", "operator", monkeypatch) == 2
    assert "at least 8" in capsys.readouterr().err


def test_reference_data_is_seeded_once(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["seed-reference", "--database", database]) == 0
    assert main(["seed-reference", "--database", database]) == 0
    assert "already" in capsys.readouterr().out


def test_without_a_database_it_says_how_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IOC_DATABASE", raising=False)
    with pytest.raises(SystemExit, match="--database"):
        main(["migrate"])

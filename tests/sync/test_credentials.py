"""Where secrets lie: never in a plain file on duty."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.errors
import pytest

from console.domain.case import Role
from console.protocol.wire import Identity
from console.sync.credentials import (
    PRACTICE_FILE,
    Box,
    Credentials,
    KeyringBox,
    Known,
    PracticeBox,
    StoreBox,
    keyring_answers,
)


class Drawer(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


@pytest.fixture
def drawer() -> Iterator[Drawer]:
    before, made = keyring.get_keyring(), Drawer()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def store_box() -> StoreBox:
    pairs: dict[str, str] = {}

    def write(name: str, value: str | None) -> None:
        if value is None:
            pairs.pop(name, None)
        else:
            pairs[name] = value

    return StoreBox(pairs.get, write)


@pytest.fixture(params=["keyring", "practice", "store"])
def box(request: pytest.FixtureRequest, tmp_path: Path, drawer: Drawer) -> Box:
    kinds: dict[str, Box] = {
        "keyring": KeyringBox("https://ioc.example"),
        "practice": PracticeBox(tmp_path),
        "store": store_box(),
    }
    return kinds[request.param]


def test_a_secret_is_kept_replaced_and_dropped(box: Box) -> None:
    assert box.get("a") is None
    box.put("a", "1")
    box.put("b", "2")
    box.put("a", "3")
    assert (box.get("a"), box.get("b")) == ("3", "2")
    box.drop("a")
    box.drop("a")
    assert (box.get("a"), box.get("b")) == (None, "2")


def test_two_centres_do_not_mix(drawer: Drawer) -> None:
    KeyringBox("https://one").put("a", "1")
    assert KeyringBox("https://two").get("a") is None


def test_the_practice_file_says_so_and_is_for_its_owner_only(tmp_path: Path) -> None:
    PracticeBox(tmp_path).put("a", "1")
    file = tmp_path / PRACTICE_FILE
    assert "practice" in file.name
    assert file.stat().st_mode & 0o077 == 0


def test_whether_a_keyring_answers(drawer: Drawer) -> None:
    assert keyring_answers()
    assert drawer.kept == {}
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    assert not keyring_answers()


def test_credentials_by_their_names(box: Box) -> None:
    kept = Credentials(box, box, "03")
    assert kept.station_key is None
    kept.keep_station_key("key")
    assert Credentials(box, box, "03").station_key == "key"
    assert Credentials(box, box, "08").station_key is None
    kept.keep_refresh("op01", "r1")
    kept.forget_refresh("op01")
    assert kept.refresh("op01") is None
    known = Known(
        identity=Identity(user="op01", name="x", role=Role.OPERATOR, station="03"),
        seen=datetime(2024, 11, 4, tzinfo=UTC),
        verifier="v",
    )
    kept.remember(known)
    assert kept.known("op01") == known
    assert kept.known("op02") is None

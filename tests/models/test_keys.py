"""Where the key comes from."""

import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from console.models.failures import KeyMissing, PassphraseTooShort, StoreLocked
from console.models.keys import PRACTICE_KEY, SIDECAR, Source, practice_key, source_of, store_key
from console.models.store import open_store

PHRASE = "mười hai con thuyền"


class MemoryKeyring(KeyringBackend):
    """A keyring that answers, for as long as the test."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def answering() -> Iterator[MemoryKeyring]:
    before, ours = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


@pytest.fixture
def silent() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


class Person:
    """Answers what they are asked, and remembers whether it was for a new passphrase."""

    def __init__(self, says: str | None) -> None:
        self.says, self.asked = says, list[bool]()

    def __call__(self, new: bool) -> str | None:
        self.asked.append(new)
        return self.says


def test_the_keyring_keeps_it_and_nobody_is_asked(tmp_path: Path, answering: MemoryKeyring) -> None:
    person = Person(None)
    key = store_key(tmp_path, person)
    assert len(key) == 32
    open_store(tmp_path, key).close()
    assert store_key(tmp_path, person) == key
    assert person.asked == []
    for file in tmp_path.iterdir():
        assert key not in file.read_bytes()
        assert key.hex().encode() not in file.read_bytes()


def test_two_folders_have_two_keys(tmp_path: Path, answering: MemoryKeyring) -> None:
    assert store_key(tmp_path / "a", Person(None)) != store_key(tmp_path / "b", Person(None))


def test_a_store_whose_key_is_gone_stays_locked(tmp_path: Path, answering: MemoryKeyring) -> None:
    open_store(tmp_path, store_key(tmp_path, Person(None))).close()
    answering.kept.clear()
    with pytest.raises(StoreLocked):
        store_key(tmp_path, Person(None))
    assert answering.kept == {}


def test_a_locked_keyring_is_told(tmp_path: Path, answering: MemoryKeyring) -> None:
    answering.locked = True
    with pytest.raises(StoreLocked):
        store_key(tmp_path, Person(None))


@pytest.mark.usefixtures("silent")
def test_without_a_keyring_a_passphrase_makes_the_key(tmp_path: Path) -> None:
    person = Person(PHRASE)
    key = store_key(tmp_path, person)
    open_store(tmp_path, key).close()
    assert store_key(tmp_path, person) == key
    assert person.asked == [True, False]
    sidecar = (tmp_path / SIDECAR).read_bytes()
    assert key.hex().encode() not in sidecar
    assert PHRASE.encode() not in sidecar


@pytest.mark.usefixtures("silent")
def test_a_wrong_passphrase_does_not_open(tmp_path: Path) -> None:
    open_store(tmp_path, store_key(tmp_path, Person(PHRASE))).close()
    with pytest.raises(StoreLocked):
        open_store(tmp_path, store_key(tmp_path, Person("không phải câu ấy")))


@pytest.mark.usefixtures("silent")
def test_a_short_new_passphrase_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        store_key(tmp_path, Person("ngắn"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("silent")
def test_giving_up_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(KeyMissing):
        store_key(tmp_path, Person(None))


def test_once_under_a_passphrase_always_so(
    tmp_path: Path, answering: MemoryKeyring, request: pytest.FixtureRequest
) -> None:
    keyring.set_keyring(NoKeyring())
    key = store_key(tmp_path, Person(PHRASE))
    keyring.set_keyring(answering)
    assert source_of(tmp_path) is Source.PASSPHRASE
    assert store_key(tmp_path, Person(PHRASE)) == key


@pytest.mark.usefixtures("silent")
def test_a_store_of_a_keyring_that_went_away_is_not_taken_for_new(
    tmp_path: Path,
) -> None:
    keyring.set_keyring(MemoryKeyring())
    open_store(tmp_path, store_key(tmp_path, Person(None))).close()
    keyring.set_keyring(NoKeyring())
    with pytest.raises(StoreLocked):
        store_key(tmp_path, Person(PHRASE))


def test_practice_keeps_its_key_beside_and_says_so(tmp_path: Path) -> None:
    key = practice_key(tmp_path / "practice")
    assert practice_key(tmp_path / "practice") == key
    readme = (tmp_path / "practice" / "README.txt").read_text(encoding="utf-8")
    assert PRACTICE_KEY in readme
    assert "THỰC HÀNH" in readme
    assert stat.S_IMODE((tmp_path / "practice" / PRACTICE_KEY).stat().st_mode) == 0o600

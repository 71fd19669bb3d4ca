"""The file on the stick: what is in it comes out, and everything that is wrong with it has its own name."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from console.desk.errors import PassphraseTooShort
from console.desk.parcel import (
    MAGIC,
    Packed,
    Parcel,
    ParcelDamaged,
    ParcelElsewhere,
    ParcelLocked,
    ParcelNewer,
    ParcelPractice,
    ParcelUnreachable,
    file_name,
    read_parcel,
    seal,
    unseal,
    write_parcel,
)
from console.domain.command import AddNote, Command
from tests.desk.people import DISPATCHER, MONDAY, WORDS

PHRASE = "mười hai con cò"
HERE: dict[str, Any] = {"practice": False, "province": "44"}
PARCEL = Parcel(
    station="07",
    made_at=MONDAY,
    practice=False,
    province="44",
    letters=(
        Packed(
            number="2411-07001-2",
            title="Nắp cống",
            command=Command(id="a", case="b", at=MONDAY, by=DISPATCHER, body=AddNote(text=WORDS)),
        ),
    ),
)


@pytest.fixture(scope="module")
def sealed() -> bytes:
    return seal(PARCEL, PHRASE)


def with_head(sealed: bytes, **changed: object) -> bytes:
    """The same file with another head, whole by its digest."""
    start = len(MAGIC) + 4
    end = start + int.from_bytes(sealed[len(MAGIC) : start], "big")
    head = json.dumps(json.loads(sealed[start:end]) | changed).encode()
    body = MAGIC + len(head).to_bytes(4, "big") + head + sealed[end:-32]
    return body + hashlib.sha256(body).digest()


def test_what_goes_in_comes_out(sealed: bytes) -> None:
    assert unseal(sealed, PHRASE, **HERE) == PARCEL


def test_nothing_of_anybody_can_be_read_in_it_or_in_its_name(sealed: bytes) -> None:
    for words in (WORDS, DISPATCHER.name, DISPATCHER.user, "2411-07001-2", PHRASE):
        assert words.encode() not in sealed
    assert file_name("07", MONDAY) == "hop-thu-di-ban-07-20241104-0700.iochopthu"
    assert sealed != seal(PARCEL, PHRASE)


def test_each_thing_that_is_wrong_has_its_own_name(sealed: bytes) -> None:
    with pytest.raises(ParcelLocked):
        unseal(sealed, "mười hai con cá", **HERE)
    with pytest.raises(ParcelPractice):
        unseal(sealed, PHRASE, practice=True, province="44")
    with pytest.raises(ParcelElsewhere):
        unseal(sealed, PHRASE, practice=False, province="48")
    with pytest.raises(ParcelNewer):
        unseal(with_head(sealed, version=2, stretch="unknown"), PHRASE, **HERE)
    with pytest.raises(PassphraseTooShort):
        seal(PARCEL, "ngắn")


def test_every_cut_and_every_flipped_byte_is_found(sealed: bytes) -> None:
    for end in range(0, len(sealed), 37):
        with pytest.raises(ParcelDamaged):
            unseal(sealed[:end], PHRASE, **HERE)
    for at in range(0, len(sealed), 61):
        broken = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(ParcelDamaged):
            unseal(broken, PHRASE, **HERE)


@pytest.mark.parametrize(
    "stretch",
    [
        {"salt": "00" * 16, "memory_kib": 2**30},
        {"salt": "00" * 16, "time_cost": 0},
        {"salt": "no hex"},
        {"salt": ""},
        "nothing",
    ],
)
def test_a_strangers_head_is_damage(sealed: bytes, stretch: object) -> None:
    with pytest.raises(ParcelDamaged):
        unseal(with_head(sealed, stretch=stretch), PHRASE, **HERE)


def test_a_head_that_was_changed_does_not_open(sealed: bytes) -> None:
    with pytest.raises(ParcelLocked):
        unseal(with_head(sealed, province="48"), PHRASE, practice=False, province="48")


def test_on_the_disk(tmp_path: Path) -> None:
    file = tmp_path / file_name("07", MONDAY)
    write_parcel(file, PARCEL, PHRASE)
    assert read_parcel(file, PHRASE, **HERE) == PARCEL
    assert [found.name for found in tmp_path.iterdir()] == [file.name]
    with pytest.raises(ParcelUnreachable):
        write_parcel(tmp_path / "pulled out" / "x", PARCEL, PHRASE)
    with pytest.raises(ParcelUnreachable):
        read_parcel(tmp_path / "pulled out", PHRASE, **HERE)
    file.write_bytes(b"something else")
    with pytest.raises(ParcelDamaged):
        read_parcel(file, PHRASE, **HERE)

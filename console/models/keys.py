"""The key of the local store: 32 bytes, in the operating system's keyring where one answers.

Where none does (a bare Linux), the key is made from a passphrase by Argon2id and lies nowhere; only the
salt and the cost are kept beside the store. Practice mode keeps its key in its own folder, which says so.
`keyring` and `argon2` are imported by the way that needs them.
"""

import os
import secrets
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import msgspec

from console.models.failures import KeyMissing, PassphraseTooShort, StoreLocked, StoreUnwritable
from console.models.folder import FILE, SIDECAR

SERVICE = "ioc-console"
PRACTICE_KEY = "practice-only.key"
PRACTICE_README = "README.txt"
KEY_BYTES = 32
SHORTEST = 10

README = """\
Thư mục này là của chế độ THỰC HÀNH. Mọi người, số điện thoại và phản ánh trong đây đều do máy đặt ra.
Khóa mở kho dữ liệu nằm ngay bên cạnh, trong tệp practice-only.key: đừng bao giờ để dữ liệu thật ở đây.
Có thể xóa cả thư mục khi không dùng nữa.

This folder belongs to PRACTICE mode. All people, phones and reports in it are invented.
The key of its store lies beside it, in practice-only.key: never keep real data here.
The whole folder may be removed when it is no longer used.
"""

AskPassphrase = Callable[[bool], str | None]
"""Asks the person; True: a new one is to be chosen. None: they gave up."""


class Source(StrEnum):
    """Where the key of a folder's store comes from."""

    KEYRING = "keyring"
    PASSPHRASE = "passphrase"
    NEW_PASSPHRASE = "new_passphrase"


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Salt and cost of Argon2id, beside the store. Holds nothing secret."""

    kdf: str = "argon2id"
    salt: str
    time_cost: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 2


def store_key(folder: Path, ask: AskPassphrase) -> bytes:
    """The key for the store in `folder`; made on first use.

    Raises KeyMissing (nobody gave a passphrase), PassphraseTooShort, StoreLocked (the keyring is locked, or
    no longer has the key of a store that is there), StoreUnwritable. May wait for a person: not for the
    interface's thread.
    """
    source = source_of(folder)
    if source is Source.KEYRING:
        return _keyring_key(folder)
    passphrase = ask(source is Source.NEW_PASSPHRASE)
    if passphrase is None:
        raise KeyMissing
    return passphrase_key(folder, passphrase)


def source_of(folder: Path) -> Source:
    """Which way it goes; a store once under a passphrase stays so, also when a keyring turns up."""
    if (folder / SIDECAR).exists():
        return Source.PASSPHRASE
    if _keyring_answers(folder):
        return Source.KEYRING
    if (folder / FILE).exists():
        raise StoreLocked("keyring")
    return Source.NEW_PASSPHRASE


def _account(folder: Path) -> str:
    return f"store {folder.resolve()}"


def _keyring_answers(folder: Path) -> bool:
    import keyring.errors

    try:
        keyring.get_password(SERVICE, _account(folder))
    except keyring.errors.NoKeyringError:
        return False
    except keyring.errors.KeyringError as error:
        raise StoreLocked(type(error).__name__) from error
    return True


def _keyring_key(folder: Path) -> bytes:
    import keyring.errors

    kept = keyring.get_password(SERVICE, _account(folder))
    if kept is not None:
        return bytes.fromhex(kept)
    if (folder / FILE).exists():
        raise StoreLocked("key gone from keyring")
    key = secrets.token_bytes(KEY_BYTES)
    try:
        keyring.set_password(SERVICE, _account(folder), key.hex())
    except keyring.errors.KeyringError as error:
        raise StoreLocked(type(error).__name__) from error
    return key


def passphrase_key(folder: Path, passphrase: str) -> bytes:
    """The key out of a passphrase: about a tenth of a second of work. A wrong one shows at opening."""
    from argon2.low_level import Type, hash_secret_raw

    sidecar = folder / SIDECAR
    try:
        if sidecar.exists():
            stretch = msgspec.json.decode(sidecar.read_bytes(), type=Stretch)
        elif len(passphrase) < SHORTEST:
            raise PassphraseTooShort
        else:
            stretch = Stretch(salt=secrets.token_hex(16))
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(sidecar, msgspec.json.encode(stretch))
    except OSError as error:
        raise StoreUnwritable(type(error).__name__) from error
    except msgspec.DecodeError as error:
        raise StoreLocked("sidecar unreadable") from error
    return hash_secret_raw(
        secret=passphrase.encode(),
        salt=bytes.fromhex(stretch.salt),
        time_cost=stretch.time_cost,
        memory_cost=stretch.memory_kib,
        parallelism=stretch.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def practice_key(folder: Path) -> bytes:
    """The key of a practice store: a plain file in practice mode's own folder, with a README that says so."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / PRACTICE_README).write_text(README, encoding="utf-8")
        file = folder / PRACTICE_KEY
        if not file.exists():
            write_whole(file, secrets.token_bytes(KEY_BYTES).hex().encode())
        return bytes.fromhex(file.read_text(encoding="ascii").strip())
    except OSError as error:
        raise StoreUnwritable(type(error).__name__) from error


def write_whole(file: Path, content: bytes) -> None:
    """All of it or nothing, readable by this user only."""
    new = file.with_name(file.name + ".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)

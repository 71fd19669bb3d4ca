"""An outbox on its way on a USB stick: one encrypted file, and everything that can be wrong with it.

The file: MAGIC, the length of the head (4 bytes, big-endian), the head in plain JSON (version, practice,
province, how the passphrase is stretched), the letters under AES-256-GCM with everything before them as
associated data, and the SHA-256 of it all, which tells a damaged file from a wrong passphrase.
"""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

import msgspec

from console.desk.errors import PassphraseTooShort
from console.domain.command import Command
from console.models.failures import KnownFailure
from console.models.keys import KEY_BYTES, SHORTEST, Stretch, write_whole

MAGIC = b"IOC-OUTBOX\n"
VERSION = 1
SUFFIX = ".iochopthu"
NONCE_BYTES = 12
SHORTEST_PHRASE = SHORTEST
"""Characters of a new passphrase."""
BIGGEST = 256 * 1024 * 1024  # bytes of a file that is read at all
_DIGEST = hashlib.sha256().digest_size
_COSTLIEST = Stretch(salt="", time_cost=16, memory_kib=512 * 1024, lanes=8)


class ParcelFailure(KnownFailure):
    """Base of what can go wrong with such a file."""

    code = "parcel_failed"


class ParcelEmpty(ParcelFailure):
    """Nothing waits in this outbox: there is nothing to carry."""

    code = "parcel_empty"


class ParcelDamaged(ParcelFailure):
    """It is no such file, or not whole."""

    code = "parcel_damaged"


class ParcelNewer(ParcelFailure):
    """A newer program wrote it."""

    code = "parcel_newer"


class ParcelLocked(ParcelFailure):
    """The passphrase does not open it."""

    code = "parcel_locked"


class ParcelElsewhere(ParcelFailure):
    """It belongs to another province."""

    code = "parcel_elsewhere"


class ParcelPractice(ParcelFailure):
    """Practice and real work do not mix, either way."""

    code = "parcel_practice"


class ParcelUnreachable(ParcelFailure):
    """The file cannot be read or written there: the stick was pulled out, is full, or write-protected."""

    code = "parcel_unreachable"


class Packed(msgspec.Struct, frozen=True, kw_only=True):
    """One command, and how the list names its case."""

    number: str
    title: str
    command: Command


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """What one station's outbox held, in the order of sending."""

    station: str
    made_at: datetime
    practice: bool
    province: str
    letters: tuple[Packed, ...]


class _Head(msgspec.Struct, frozen=True, kw_only=True):
    version: int
    practice: bool = False
    province: str = ""
    stretch: Stretch = Stretch(salt="")
    nonce: str = ""


class _Version(msgspec.Struct, frozen=True):
    version: int


def file_name(station: str, at: datetime) -> str:
    """A name that says which station and when, and nothing of anybody. `at` in local time."""
    return f"hop-thu-di-ban-{station}-{at:%Y%m%d-%H%M}{SUFFIX}"


def write_parcel(file: Path, parcel: Parcel, passphrase: str) -> None:
    """Encrypt and write it, whole or not at all. Takes a tenth of a second and touches the disk: not for
    the interface's thread. Raises PassphraseTooShort, ParcelUnreachable."""
    sealed = seal(parcel, passphrase)
    try:
        write_whole(file, sealed)
    except OSError as error:
        raise ParcelUnreachable(type(error).__name__) from error


def read_parcel(file: Path, passphrase: str, *, practice: bool, province: str) -> Parcel:
    """Read and decrypt one for a desk of that province. Not for the interface's thread.

    Raises ParcelUnreachable, ParcelDamaged, ParcelNewer, ParcelElsewhere, ParcelPractice, ParcelLocked.
    """
    try:
        if file.stat().st_size > BIGGEST:
            raise ParcelDamaged("size")
        sealed = file.read_bytes()
    except OSError as error:
        raise ParcelUnreachable(type(error).__name__) from error
    return unseal(sealed, passphrase, practice=practice, province=province)


def seal(parcel: Parcel, passphrase: str) -> bytes:
    """The file's bytes. Raises PassphraseTooShort."""
    if len(passphrase) < SHORTEST:
        raise PassphraseTooShort
    head = _Head(
        version=VERSION,
        practice=parcel.practice,
        province=parcel.province,
        stretch=Stretch(salt=secrets.token_hex(16)),
        nonce=secrets.token_hex(NONCE_BYTES),
    )
    plain_head = msgspec.json.encode(head)
    before = MAGIC + len(plain_head).to_bytes(4, "big") + plain_head
    body = before + _lock(head, passphrase, msgspec.json.encode(parcel), before)
    return body + hashlib.sha256(body).digest()


def unseal(sealed: bytes, passphrase: str, *, practice: bool, province: str) -> Parcel:
    """The other way. Raises as `read_parcel`, but for what the disk does."""
    body, digest = sealed[:-_DIGEST], sealed[-_DIGEST:]
    if not body.startswith(MAGIC) or hashlib.sha256(body).digest() != digest:
        raise ParcelDamaged("digest")
    head, start = _head_of(body)
    if head.practice != practice:
        raise ParcelPractice
    if head.province != province:
        raise ParcelElsewhere
    plain = _unlock(head, passphrase, body[start:], body[:start])
    try:
        return msgspec.json.decode(plain, type=Parcel)
    except msgspec.DecodeError as error:
        raise ParcelDamaged(type(error).__name__) from None


def _head_of(body: bytes) -> tuple[_Head, int]:
    length_at = len(MAGIC)
    start = length_at + 4 + int.from_bytes(body[length_at : length_at + 4], "big")
    plain = body[length_at + 4 : start]
    try:
        if msgspec.json.decode(plain, type=_Version).version > VERSION:
            raise ParcelNewer
        head = msgspec.json.decode(plain, type=_Head)
    except msgspec.DecodeError:
        raise ParcelDamaged("head") from None
    cost = head.stretch
    most = _COSTLIEST
    if cost.time_cost > most.time_cost or cost.memory_kib > most.memory_kib or cost.lanes > most.lanes:
        raise ParcelDamaged("cost")  # a stranger's file must not eat the machine's memory
    return head, start


def _lock(head: _Head, passphrase: str, plain: bytes, before: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import (
        AESGCM,
    )  # here: only who carries an outbox waits for it

    return AESGCM(_key(passphrase, head.stretch)).encrypt(bytes.fromhex(head.nonce), plain, before)


def _unlock(head: _Head, passphrase: str, locked: bytes, before: bytes) -> bytes:
    """Raises ParcelLocked, ParcelDamaged."""
    from argon2.exceptions import HashingError
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        nonce = bytes.fromhex(head.nonce)
        return AESGCM(_key(passphrase, head.stretch)).decrypt(nonce, locked, before)
    except InvalidTag:
        raise ParcelLocked from None
    except (ValueError, HashingError) as error:
        raise ParcelDamaged(type(error).__name__) from None


def _key(passphrase: str, stretch: Stretch) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        secret=passphrase.encode(),
        salt=bytes.fromhex(stretch.salt),
        time_cost=stretch.time_cost,
        memory_cost=stretch.memory_kib,
        parallelism=stretch.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )

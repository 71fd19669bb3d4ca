"""Where this desk keeps its station key and its refresh tokens: never in a plain file on duty.

The operating system's keyring where there is one; otherwise the encrypted store. Practice mode keeps
them in a file of its own folder, which says so: its server and its world are worth nothing to anybody.
"""

import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from console.protocol.wire import Identity

SERVICE = "ioc-console"
PRACTICE_FILE = "credentials-practice-only.json"


class Box(Protocol):
    """Named secrets, as text."""

    def get(self, name: str) -> str | None: ...
    def put(self, name: str, value: str) -> None: ...
    def drop(self, name: str) -> None: ...


class KeyringBox:
    """The operating system's keyring. `server` keeps desks of two centres apart."""

    def __init__(self, server: str) -> None:
        import keyring  # a tenth of a second, that practice mode and the store's box do without

        self._keyring, self._service = keyring, f"{SERVICE} {server}"

    def get(self, name: str) -> str | None:
        return self._keyring.get_password(self._service, name)

    def put(self, name: str, value: str) -> None:
        self._keyring.set_password(self._service, name, value)

    def drop(self, name: str) -> None:
        if self.get(name) is not None:
            self._keyring.delete_password(self._service, name)


class PracticeBox:
    """A plain file in the practice folder, one per desk."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / PRACTICE_FILE

    def get(self, name: str) -> str | None:
        return self._read().get(name)

    def put(self, name: str, value: str) -> None:
        self._write({**self._read(), name: value})

    def drop(self, name: str) -> None:
        self._write({key: value for key, value in self._read().items() if key != name})

    def _read(self) -> dict[str, str]:
        try:
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def _write(self, values: dict[str, str]) -> None:
        whole = self._file.with_suffix(".new")
        whole.write_text(json.dumps(values, indent=1), encoding="utf-8")
        os.chmod(whole, 0o600)
        whole.replace(self._file)


class StoreBox:
    """The desk's encrypted store, through `SyncPort.secret` and `keep_secret`."""

    def __init__(self, read: Callable[[str], str | None], write: Callable[[str, str | None], None]) -> None:
        self._read, self._write = read, write

    def get(self, name: str) -> str | None:
        return self._read(name)

    def put(self, name: str, value: str) -> None:
        self._write(name, value)

    def drop(self, name: str) -> None:
        self._write(name, None)


def keyring_answers() -> bool:
    """Whether a keyring takes and gives back a secret here (on bare Linux none does)."""
    import keyring.errors

    box = KeyringBox("probe")
    try:
        box.put("probe", "1")
        box.drop("probe")
    except (keyring.errors.KeyringError, OSError):
        return False
    return True


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A user who signed in at this desk. `verifier`: Argon2id of the password, for signing in offline."""

    identity: Identity
    seen: datetime  # centre's time of the last sign-in that it confirmed
    verifier: str


class Credentials:
    """Typed names on top of two boxes: `tokens` (keyring) and `vault` (always encrypted, or practice)."""

    def __init__(self, tokens: Box, vault: Box, station: str) -> None:
        self._tokens, self._vault, self.station = tokens, vault, station

    @property
    def station_key(self) -> str | None:
        """The key the centre gave at enrolment; None before."""
        return self._tokens.get(f"station.{self.station}")

    def keep_station_key(self, key: str) -> None:
        """This workstation is enrolled."""
        self._tokens.put(f"station.{self.station}", key)

    def refresh(self, user: str) -> str | None:
        """The refresh token of a user; None: signed out."""
        return self._tokens.get(f"refresh.{user}")

    def keep_refresh(self, user: str, token: str) -> None:
        """The next refresh token; the one before is spent."""
        self._tokens.put(f"refresh.{user}", token)

    def forget_refresh(self, user: str) -> None:
        """Signed out, or the centre takes it no more."""
        self._tokens.drop(f"refresh.{user}")

    def known(self, user: str) -> Known | None:
        """What is remembered of a user for signing in offline."""
        kept = self._vault.get(f"known.{user}")
        return msgspec.json.decode(kept, type=Known) if kept else None

    def remember(self, known: Known) -> None:
        """Remember a user after the centre confirmed the password."""
        self._vault.put(f"known.{known.identity.user}", msgspec.json.encode(known).decode())

"""Where a desk works: which centre, which number, which folder, and how its store is opened."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from console.desk.errors import DeskError
from console.models.folder import opens_unasked
from console.options import PRACTICE_DESK, Options
from console.settings import Settings, data_folder, read_settings, settings_file

if TYPE_CHECKING:
    from console.desk.sync_port import SyncPort
    from console.sync.credentials import Box

log = logging.getLogger(__name__)


class NoServer(DeskError):
    """The settings name no centre or no desk. `file`: where to write them."""

    code = "no_server"

    def __init__(self, file: Path) -> None:
        super().__init__(file.name)
        self.file = file


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """`url` is known for practice mode only when its centre is up."""

    url: str
    station: str
    folder: Path
    practice: bool
    settings: Settings

    @property
    def opens_unasked(self) -> bool:
        """Whether the store opens without a question: the sign-in need not wait for it."""
        return not self.practice and opens_unasked(self.folder)

    def boxes(self, port: SyncPort) -> tuple[Box, Box]:
        """Where tokens and where sign-in verifiers are kept; asks the keyring, so not on the interface's
        thread."""
        from console.sync.credentials import KeyringBox, PracticeBox, StoreBox, keyring_answers

        if self.practice:
            practice = PracticeBox(self.folder)
            return practice, practice
        vault = StoreBox(port.secret, port.keep_secret)
        return (KeyringBox(self.url) if keyring_answers() else vault), vault


def practice_place(options: Options) -> Place:
    """Practice: a folder for each desk beside its centre's."""
    station = options.desk or PRACTICE_DESK
    folder = options.practice_place / f"desk-{station}"
    return Place(url="", station=station, folder=folder, practice=True, settings=Settings())


def duty_place(options: Options, file: Path | None = None) -> Place:
    """On duty: what the settings say. Raises NoServer, SettingsUnreadable."""
    settings = read_settings(file)
    station = options.desk or settings.station
    if not settings.server or not station:
        raise NoServer(file or settings_file())
    named = Path(settings.data_folder) if settings.data_folder else data_folder()
    folder = options.folder or named
    return Place(url=settings.server, station=station, folder=folder, practice=False, settings=settings)

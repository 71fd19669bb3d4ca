"""A console's disk: what is left of the encrypted file after a kill or a power cut."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from console.models import store
from console.models.folder import FILE
from console.models.store import open_store
from tests.desk.people import KEY
from tests.worlds.seams import Killed

NAMES = (FILE, f"{FILE}-wal", "store.check")


def make_template(folder: Path) -> None:
    """An empty store, made once: copying it is a hundred times as quick."""
    open_store(folder, KEY).close()


class Disk:
    """The folder of one console; each life has a new one with what the last one left."""

    def __init__(self, root: Path, template: Path) -> None:
        self._root, self._life = root, 0
        self.folder = root / "0"
        _copy(template, self.folder)
        self.durable = 0  # bytes of the log that a power cut leaves
        self.armed = ""  # kill at the next commit: "before", "after"

    def freeze(self, power: bool = False) -> None:
        """The process or the machine is gone at this moment: from now on there is only what lies there."""
        old = self.folder
        self._life += 1
        self.folder = self._root / str(self._life)
        _copy(old, self.folder)
        log = self.folder / f"{FILE}-wal"
        if power and log.exists() and log.stat().st_size > self.durable:
            with log.open("r+b") as file:
                file.truncate(self.durable)
        self.armed = ""

    @contextmanager
    def watching(self) -> Iterator[None]:
        """A store opened inside has its commits in the world's hands."""
        connect = store.connect
        store.connect = lambda file, key: Watched(connect(file, key), self)
        try:
            yield
        finally:
            store.connect = connect

    def opened(self) -> None:
        """What lies there now counts as lying there."""
        self.durable = self.log_size()

    def log_size(self) -> int:
        """Bytes of the log."""
        log = self.folder / f"{FILE}-wal"
        return log.stat().st_size if log.exists() else 0


def _copy(old: Path, new: Path) -> None:
    new.mkdir(parents=True)
    for name in NAMES:
        if (old / name).exists():
            shutil.copyfile(old / name, new / name)


class Watched:
    """The store's driver, with the moments before and after each commit in the world's hands."""

    def __init__(self, driver: Any, disk: Disk) -> None:
        self._driver, self._disk = driver, disk
        self._lossy = False

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        if sql == "COMMIT":
            return self._commit()
        if sql.startswith("PRAGMA synchronous"):
            self._lossy = "NORMAL" in sql
        return self._driver.execute(sql, parameters)

    def _commit(self) -> Any:
        disk = self._disk
        if disk.armed == "before":
            disk.freeze()
            raise Killed
        done = self._driver.execute("COMMIT")
        if not self._lossy:
            disk.durable = disk.log_size()
        if disk.armed == "after":
            disk.freeze()
            raise Killed
        return done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

"""One program per store: a lock of the operating system on a file beside it, gone with its process."""

import os
import sys
from pathlib import Path

from console.models.failures import StoreBusy

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class StoreLock:
    """Held from `__init__` to `release`. Raises StoreBusy when another holds it."""

    def __init__(self, file: Path) -> None:
        self._handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise StoreBusy(file.name) from error

    def release(self) -> None:
        """Give it back; the file stays, so that no two programs ever lock two files of one name."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

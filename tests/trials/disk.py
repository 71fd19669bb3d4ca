"""A small disk of our own that can be filled up and emptied again: a tmpfs, which takes root."""

import errno
import os
import subprocess
from contextlib import suppress
from pathlib import Path

BLOCK = bytes(64 * 1024)


class SmallDisk:
    """A tmpfs of so many MiB at `folder`, from `with` to its end."""

    def __init__(self, folder: Path, mebibytes: int) -> None:
        self.folder, self._size = folder, f"size={mebibytes}m,mode=0755"
        self._ballast = folder / "ballast"

    def __enter__(self) -> "SmallDisk":
        self.folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["mount", "-t", "tmpfs", "-o", self._size, "tmpfs", str(self.folder)], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=True)

    def fill(self, spare: int = 0) -> None:
        """Nothing more fits but for `spare` bytes."""
        with self._ballast.open("ab", buffering=0) as file:
            with suppress(OSError):
                while file.write(BLOCK):
                    pass
            for piece in (4096, 1):
                _write_on(file.fileno(), bytes(piece))
            os.ftruncate(file.fileno(), max(0, file.tell() - spare))

    def free(self) -> None:
        """There is room again."""
        self._ballast.unlink(missing_ok=True)


def _write_on(file: int, piece: bytes) -> None:
    """Until the disk is full."""
    try:
        while os.write(file, piece):
            pass
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise


def may_mount() -> bool:
    """Whether this user may."""
    return os.geteuid() == 0

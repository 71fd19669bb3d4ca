"""The list as a CSV file: written beside its place and put there when it is whole. Blocking; no Qt."""

import errno
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Generic, Protocol, TypeVar

from console.desk.errors import DeskError
from console.ui.queue.lines import BOM, csv_of

R = TypeVar("R", contravariant=True)


class ExportFull(DeskError):
    """The disk that the list was to be written to is full; nothing is left of the file."""

    code = "export_full"


class ExportUnwritable(DeskError):
    """The list cannot be written there; nothing is left of the file."""

    code = "export_unwritable"


class ExportMoved(DeskError):
    """The list changed too often under the writing; nothing is left of the file."""

    code = "export_moved"


class HasLines(Protocol[R]):
    """How rows become texts."""

    @property
    def heads(self) -> Sequence[str]:
        """The first line."""

    def of(self, row: R, /) -> Sequence[str]:
        """The texts of one row."""


class ListFile(Generic[R]):
    """One file. Raises ExportFull, ExportUnwritable from each method but `discard`."""

    def __init__(self, file: Path, lines: HasLines[R]) -> None:
        self._file, self._lines = file, lines
        self._part = file.with_name(f"{file.name}.part")
        self._out: IO[str] | None = None

    def begin(self) -> None:
        """An empty file with its heads; also to begin again."""
        try:
            self.discard()
            self._out = open(self._part, "w", encoding="utf-8", newline="")  # noqa: SIM115  closed by finish
            self._out.write(BOM + csv_of([self._lines.heads]))
        except OSError as error:
            self._fail(error)

    def put(self, rows: Sequence[Any]) -> None:
        """More of the list."""
        assert self._out is not None
        try:
            self._out.write(csv_of(self._lines.of(row) for row in rows))
        except OSError as error:
            self._fail(error)

    def finish(self) -> None:
        """All of it is on the disk, under its name."""
        assert self._out is not None
        try:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()
            os.replace(self._part, self._file)
        except OSError as error:
            self._fail(error)

    def discard(self) -> None:
        """Leave nothing behind."""
        if self._out is not None:
            with suppress(OSError):  # what could not be written is not wanted any more
                self._out.close()
            self._out = None
        with suppress(OSError):
            self._part.unlink(missing_ok=True)

    def _fail(self, error: OSError) -> None:
        self.discard()
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (ExportFull if full else ExportUnwritable)(errno.errorcode.get(error.errno or 0, "")) from None

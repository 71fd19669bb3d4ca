"""A file written beside its place and put there when it is whole. Blocking; no Qt."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from console.desk.errors import DeskError
from console.ui.queue.list_file import ExportFull, ExportUnwritable

_OPEN_ON_WINDOWS = (5, 32, 33)  # access denied, sharing and locking violation


class ReportFileOpen(DeskError):
    """Another program has the file open: it is as it was, and nothing of the report is lost."""

    code = "report_file_open"


def write_whole(data: bytes, file: Path) -> None:
    """In the place of what was there. Raises ReportFileOpen, ExportFull, ExportUnwritable: only what was
    there is left then."""
    if held_by_office(file).exists():
        raise ReportFileOpen
    part = file.with_name(f"{file.name}.part")
    try:
        try:
            part.write_bytes(data)
            os.replace(part, file)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        if file.exists() and getattr(error, "winerror", 0) in _OPEN_ON_WINDOWS:
            raise ReportFileOpen from error
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (ExportFull if full else ExportUnwritable)(errno.errorcode.get(error.errno or 0, "")) from error


def held_by_office(file: Path) -> Path:
    """What LibreOffice lays beside a file that it has open: elsewhere than on Windows nothing else tells."""
    return file.with_name(f".~lock.{file.name}#")

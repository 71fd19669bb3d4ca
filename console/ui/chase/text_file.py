"""A text as a file: written beside its place and put there when it is whole. Blocking; no Qt."""

import errno
import os
from pathlib import Path

from console.ui.queue.list_file import ExportFull, ExportUnwritable


def write_text(file: Path, text: str) -> None:
    """Raises ExportFull, ExportUnwritable: nothing is left of the file then."""
    part = file.with_name(f"{file.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="\r\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise (ExportFull if error.errno == errno.ENOSPC else ExportUnwritable) from None

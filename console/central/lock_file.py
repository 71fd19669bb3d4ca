"""A lock on a file that the system lets go when its holder ends, however it ends."""

import sys
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def lock_file(handle: IO[bytes]) -> bool:
        """Take it without waiting; whether it was free."""
        handle.seek(0)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock_file(handle: IO[bytes]) -> bool:
        """Take it without waiting; whether it was free."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

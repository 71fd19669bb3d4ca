"""A guard against one fault of PySide6 6.12.0 under Python 3.11.

There every call of a Qt method that returns nothing takes one reference from `None` and never gives it
back, so that after some tens of thousands of calls the interpreter ends with "deallocating None".
From Python 3.12 on `None` is immortal and the fault has no effect; PySide6 6.11 does not have it.
"""

import ctypes
import sys

FAR = 1 << 60  # more calls than any run makes


def keep_none() -> None:
    """Give `None` so many references that they never run out. Does nothing from Python 3.12 on."""
    if sys.version_info >= (3, 12) or sys.getrefcount(None) >= FAR // 2:
        return
    # the count is the first word of every CPython object
    ctypes.c_ssize_t.from_address(id(None)).value += FAR

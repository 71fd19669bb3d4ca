"""Memory that was freed goes back to the system.

What reading in a million cases and forty thousand stories leaves behind is freed in small pieces, and the C
library keeps such pieces for itself: at a million cases a tenth of the whole program.
"""

import ctypes
import sys


def give_back() -> None:
    """Some milliseconds, in a thread that may wait; Python goes on meanwhile. Nothing where the C library
    knows no such thing (malloc_trim(3) is the GNU one's)."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)

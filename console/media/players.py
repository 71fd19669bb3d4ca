"""Programs of the system that play a sound file, in the order in which they are tried."""

import shutil
import sys

PROGRAMS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))
"""Of PipeWire, PulseAudio, ALSA, macOS, each with its options."""


def plays_here() -> bool:
    """Whether this system brings one; whether it has anything to play on turns out by playing."""
    return sys.platform == "win32" or any(shutil.which(command[0]) for command in PROGRAMS)

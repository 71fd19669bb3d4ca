"""The sounds themselves, made of sines: short, soft at both ends, each to be told from the others by ear."""

import io
import math
import struct
import wave
from enum import StrEnum
from functools import cache
from typing import NamedTuple

RATE = 22_050
_EDGE_S = 0.008  # of each tone, rising and falling: without it there is a click


class Sound(StrEnum):
    """In the order in which one goes before another."""

    RING = "ring"
    CRITICAL = "critical"
    OVERDUE = "overdue"
    LOST = "lost"
    TICK = "tick"  # a second call during a call


class _Tone(NamedTuple):
    hertz: tuple[float, ...]  # together; none: a rest
    seconds: float
    loud: float = 0.5


_REST = _Tone((), 0.12)
_WARBLE = (_Tone((784.0, 988.0), 0.16), _Tone((659.0, 831.0), 0.16))
_CALL = (_Tone((880.0,), 0.12), _Tone((1319.0,), 0.2))
_TONES: dict[Sound, tuple[_Tone, ...]] = {
    Sound.RING: (*_WARBLE, *_WARBLE, *_WARBLE),
    Sound.CRITICAL: (*_CALL, _REST, _REST, *_CALL),  # twice
    Sound.OVERDUE: (_Tone((523.0,), 0.18), _REST, _Tone((440.0,), 0.32)),
    Sound.LOST: (_Tone((392.0,), 0.22), _Tone((294.0,), 0.22), _Tone((220.0,), 0.3)),
    Sound.TICK: (_Tone((1200.0,), 0.05, 0.1),),
}


@cache
def wave_of(sound: Sound) -> bytes:
    """The sound as a WAV file: one channel, 16 bits. Takes some 30 ms at the first call."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(map(_samples, _TONES[sound])))
    return out.getvalue()


def seconds_of(sound: Sound) -> float:
    """How long it is heard."""
    return sum(tone.seconds for tone in _TONES[sound])


def _samples(tone: _Tone) -> bytes:
    count, edge = int(tone.seconds * RATE), int(_EDGE_S * RATE)
    loud = tone.loud * 32_767 / max(1, len(tone.hertz))
    turns = [2 * math.pi * hertz / RATE for hertz in tone.hertz]
    values = (
        int(loud * min(1.0, at / edge, (count - at) / edge) * sum(math.sin(turn * at) for turn in turns))
        for at in range(count)
    )
    return struct.pack(f"<{count}h", *values)

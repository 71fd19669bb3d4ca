"""The bytes of the sounds, read as any player reads them."""

import io
import struct
import wave

import pytest

from console.ui.sound.tones import RATE, Sound, seconds_of, wave_of


def samples(sound: Sound) -> tuple[int, ...]:
    with wave.open(io.BytesIO(wave_of(sound))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        count = file.getnframes()
        return struct.unpack(f"<{count}h", file.readframes(count))


def loudness(values: tuple[int, ...]) -> float:
    return (sum(value * value for value in values) / len(values)) ** 0.5


@pytest.mark.parametrize("sound", Sound)
def test_it_is_short_soft_at_both_ends_and_never_cut_off(sound: Sound) -> None:
    values = samples(sound)
    assert 0.04 < len(values) / RATE < 1.5
    assert len(values) / RATE == pytest.approx(seconds_of(sound), abs=0.01)
    assert max(map(abs, values[:5] + values[-5:])) < 800
    assert 1000 < max(map(abs, values)) < 32_000


def test_each_is_another_and_the_tick_is_the_quiet_one() -> None:
    assert len({wave_of(sound) for sound in Sound}) == len(Sound)
    assert all(loudness(samples(Sound.TICK)) * 3 < loudness(samples(one)) for one in list(Sound)[:-1])


def test_utmost_urgency_is_heard_twice() -> None:
    values = samples(Sound.CRITICAL)
    half = (len(values) + int(0.24 * RATE)) // 2
    assert values[half : half + 4000] == values[:4000]
    assert not any(values[half - 2000 : half - 100])

"""A short shift of eight hours, with two outages, in which all act at once: both boards are right at its end.
`make shift N=20` plays longer ones."""

import pytest

from tests.worlds.shift import play, shift
from tests.worlds.world import place


@pytest.mark.parametrize("seed", [1, 2])
def test_at_the_end_of_a_shift_every_number_is_that_of_a_recount(seed: int) -> None:
    with place() as root:
        world = play(shift(seed, beats=24), root)
    assert world.misses == []
    given = world.centre.books.given.values()
    assert sum(one.accepted for one in given) > 60
    for name in ("taken", "in_time", "missed"):
        assert sum(console.people.calls[name] for console in world.consoles) > 0, name

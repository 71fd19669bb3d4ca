"""Each deliberate bug is caught by a history that is known for it, in which all is well without the bug.

Where histories have changed and that one no longer catches it, the first ones of all are looked through.
"""

import pytest

from tests.worlds.mutations import BY_HAND, CAUGHT_BY, MUTATIONS, catching, switched_on
from tests.worlds.steps import history
from tests.worlds.world import play

WITHIN = 150


def test_there_are_enough_and_each_has_its_history() -> None:
    assert len(MUTATIONS) >= 15
    assert CAUGHT_BY.keys() | BY_HAND.keys() == MUTATIONS.keys()
    assert max(CAUGHT_BY.values()) < WITHIN


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_bug_is_caught(name: str) -> None:
    assert play(catching(name)).misses == []
    with switched_on(MUTATIONS[name]):
        for told in (catching(name), *map(history, range(WITHIN))):
            if play(told).misses:
                return
    pytest.fail(f"{MUTATIONS[name].what}: none of {WITHIN} histories notices")

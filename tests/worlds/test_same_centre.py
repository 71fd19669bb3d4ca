"""The model of the centre says what the real one says: the same histories against FastAPI on PostgreSQL."""

import pytest

from tests.support.central import Central, Cluster
from tests.worlds.both import BothBooks
from tests.worlds.seams import Time
from tests.worlds.shrink import told_in_words
from tests.worlds.steps import history
from tests.worlds.world import World, place

SEEDS = range(10)
WHOLE = 1_000  # commands of a transaction: a request is one, as it is at the real centre with so few


@pytest.mark.parametrize("seed", SEEDS)
def test_both_centres_say_the_same(cluster: Cluster, seed: int) -> None:
    told = history(seed)
    centrals: list[Central] = []
    made: list[BothBooks] = []

    def both(time: Time) -> BothBooks:
        centrals.append(Central(cluster.database(), time))
        made.append(BothBooks(time, centrals[0]))
        return made[0]

    try:
        with place() as root:
            world = World(told, root, both, chunk=WHOLE)
            misses = world.run()
    finally:
        made[0].close()
        centrals[0].close()
    assert made[0].differences == []
    assert misses == [], told_in_words(told, misses)
    assert made[0].compared > 10

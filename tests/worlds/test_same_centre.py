"""The model of the centre says what the real one says: the same histories against FastAPI on PostgreSQL."""

import pytest

from tests.support.central import Central, Cluster
from tests.worlds.both import BothBooks
from tests.worlds.mutations import MUTATIONS, switched_on
from tests.worlds.seams import Time
from tests.worlds.shrink import told_in_words
from tests.worlds.steps import history
from tests.worlds.world import World, place

SEEDS = range(10)
WHOLE = 1_000  # commands of a transaction: a request is one, as it is at the real centre with so few


def played(cluster: Cluster, seed: int) -> tuple[BothBooks, list[str]]:
    """A history against both."""
    told = history(seed)
    made: list[tuple[Central, BothBooks]] = []

    def both(time: Time) -> BothBooks:
        central = Central(cluster.database(), time)
        made.append((central, BothBooks(time, central)))
        return made[0][1]

    try:
        with place() as root:
            misses = World(told, root, both, chunk=WHOLE).run()
    finally:
        for central, books in made:
            books.close()
            central.close()
    return made[0][1], misses


@pytest.mark.parametrize("seed", SEEDS)
def test_both_centres_say_the_same(cluster: Cluster, seed: int) -> None:
    books, misses = played(cluster, seed)
    assert books.differences == []
    assert misses == [], told_in_words(history(seed), misses)
    assert books.compared > 10


def test_a_model_that_says_otherwise_is_noticed(cluster: Cluster) -> None:
    with switched_on(MUTATIONS["folded_backwards"]):
        assert any(played(cluster, seed)[0].differences for seed in SEEDS)

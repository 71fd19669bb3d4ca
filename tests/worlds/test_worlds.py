"""Three hundred histories of consoles, agencies and a centre, in which everything goes wrong that may; each
ends with everybody equal. `make worlds N=100000` plays more of them."""

import os
import subprocess
import sys

import pytest

from tests.worlds.mutations import MUTATIONS, switched_on
from tests.worlds.shrink import kind_of, shortest, told_in_words
from tests.worlds.steps import History, history
from tests.worlds.world import play

BLOCKS, EACH = 10, 30


def wrong(told: History) -> list[str]:
    return play(told).misses


@pytest.mark.parametrize("block", range(BLOCKS))
def test_whatever_happens_all_end_equal(block: int) -> None:
    for seed in range(block * EACH, (block + 1) * EACH):
        told = history(seed)
        if wrong(told):
            short = shortest(told, wrong)
            pytest.fail(told_in_words(short, wrong(short)))


def test_a_seed_is_the_same_history_every_time() -> None:
    first, again = play(history(11)), play(history(11))
    assert first.trace == again.trace
    assert len(first.trace) > 50
    assert first.centre.books.events == again.centre.books.events


def test_also_in_another_process_with_other_hashes() -> None:
    code = (
        "from tests.worlds.world import play; from tests.worlds.steps import history; "
        "print(play(history(11)).fingerprint)"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hashes},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for hashes in ("1", "2")
    ]
    assert told == [play(history(11)).fingerprint] * 2


def test_a_failing_seed_tells_its_shortest_history() -> None:
    with switched_on(MUTATIONS["gone_before_the_answer"]):
        told = history(0)
        misses = wrong(told)
        assert misses
        short = shortest(told, wrong, plays=60)
        assert kind_of(wrong(short)) == kind_of(misses)
        assert len(short.steps) < len(told.steps) / 4
        words = told_in_words(short, wrong(short))
    assert words.startswith("seed 0: ")
    assert f"{len(short.steps)} steps:" in words
    assert wrong(short) == []

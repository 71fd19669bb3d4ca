"""Cycles are collected by the interface thread and by nobody else."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from console.ui.collect_here import CollectHere, collect_due


class Knot:
    """An object that only the cycle collector can free."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def as_in_a_program_of_its_own() -> Iterator[None]:
    """Nothing is set apart before, and all modules are again afterwards (`tests.conftest`)."""
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.enable()
    gc.collect()
    gc.freeze()


def test_another_thread_never_collects_and_this_one_does(qtbot: QtBot) -> None:
    here = CollectHere()
    here.start()
    freed_in: list[int] = []
    knot = Knot()
    weakref.finalize(knot, lambda: freed_in.append(threading.get_ident()))
    del knot
    thread = threading.Thread(target=lambda: [Knot() for _ in range(20_000)])
    thread.start()
    thread.join()
    assert freed_in == []
    qtbot.waitUntil(lambda: bool(freed_in), timeout=5000)
    assert freed_in == [threading.get_ident()]
    here.stop()
    assert gc.isenabled()


def test_nothing_is_collected_before_it_is_due() -> None:
    gc.collect()
    assert collect_due() is None


def test_what_was_set_apart_is_looked_through_again_once_it_has_grown(qtbot: QtBot) -> None:
    here = CollectHere()
    gc.disable()
    _make_all_due()
    knot = Knot()
    freed = weakref.finalize(knot, lambda: None)
    here.collect()
    assert gc.get_freeze_count() > 0
    del knot
    _make_all_due()
    here.collect()
    apart = freed.alive
    assert apart, "set apart: not looked through"
    grown: list[list[object]] = [[] for _ in range(gc.get_freeze_count())]
    while freed.alive:
        _make_all_due()
        here.collect()
    assert grown
    here.stop()
    assert gc.get_freeze_count() == 0


def _make_all_due() -> None:
    """As after a long stretch of work: every generation is over its threshold."""
    kept = list[list[list[object]]]()
    for _ in range(gc.get_threshold()[2] + 1):
        for _ in range(gc.get_threshold()[1] + 1):
            kept.append([[] for _ in range(gc.get_threshold()[0] + 1)])
            gc.collect(0)
        gc.collect(1)
    kept.append([[] for _ in range(gc.get_threshold()[0] + 1)])

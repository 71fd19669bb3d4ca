"""Calls through the real window by keys alone: each leads to what it should, and costs few keys."""

import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from pytestqt.qtbot import QtBot

from benchmarks.intake_model import beyond_the_narrative, seconds
from benchmarks.intake_table import BEGIN, END, table
from console.desk.desk import Desk
from console.domain.telephone import LineState, Offer
from tests.desk.test_calls import Hands
from tests.journeys.call_script import Script
from tests.journeys.scripted import script
from tests.ui.conftest import Stage, collected_here, desk, stage
from tests.ui.test_main_window import window_on

__all__ = ["collected_here", "desk", "stage"]  # fixtures
PAGE = Path(__file__).parents[2] / "docs" / "intake.md"


@pytest.fixture
def at_the_desk(stage: Stage, desk: Desk, qtbot: QtBot) -> Iterator[Script]:
    desk.set_line(Hands(desk))
    desk.ear.line_is(LineState(kind="practice", up=True, offers=frozenset(Offer)))
    yield Script(stage, desk, window_on(stage, desk, qtbot, 1920, 1080))
    stage.settle()


def test_every_call_leads_to_what_it_should(at_the_desk: Script) -> None:
    wrong = [fault for call in script() for fault in at_the_desk.take(call)]
    assert wrong == [], "\n".join(wrong)


def test_a_call_takes_few_keys_and_less_than_a_minute() -> None:
    calls = script()
    assert len(calls) >= 24
    assert median(beyond_the_narrative(call.keys) for call in calls) <= 25
    assert max(seconds(call.keys) for call in calls) <= 60


def test_the_page_shows_what_the_script_gives() -> None:
    shown = re.search(f"{BEGIN}\n(.*){END}", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert shown[1] == table(), "python -m benchmarks.intake_table writes it anew"

"""What is typed into an act is on disk half a second later, and offered again on its case."""

import asyncio

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from console.desk.desk import Desk
from console.domain.command import AddNote, Assign, Command, Refer
from console.domain.identity import new_id
from console.ui.case.acts_more import NOTE
from console.ui.case.case_pane import CasePane
from console.ui.case.unfinished import PAUSE_MS
from console.ui.words import t
from tests.desk.centre import TinyCentre
from tests.desk.people import DISPATCHER, LEAD, MONDAY, OTHER_LEAD, REFERENCE, SUPERVISOR
from tests.ui.case.test_case_pane import pane_on, show, text_of
from tests.ui.conftest import PATIENCE, Stage

WORDS = "Hen goi lai sau ba gio chieu"


def write(stage: Stage, pane: CasePane, case: str, key: str = "N") -> None:
    """Begin an act and type; nothing is sent."""
    show(stage, pane, case)
    pane.begin(case, key)
    stage.until(lambda: pane.composer is not None)
    QTest.keyClicks(text_of(pane), WORDS)


def reaches_disk(stage: Stage, desk: Desk, case: str) -> None:
    """Until the words are there."""

    async def there() -> None:
        async with asyncio.timeout(PATIENCE):
            while not any(WORDS in one.values.values() for one in await desk.composed(case)):
                await asyncio.sleep(0.01)

    stage.run(there())


def on_disk(stage: Stage, desk: Desk, case: str) -> list[str]:
    return [str(value) for one in stage.run(desk.composed(case)) for value in one.values.values()]


def test_a_pause_later_it_is_on_disk_and_another_program_offers_it(
    stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    """The first desk is never told that it ends: its file is read by the next as a kill leaves it."""
    case = stage.log(desk).case
    write(stage, pane_on(stage, desk, qtbot), case)
    assert PAUSE_MS < 500
    reaches_disk(stage, desk, case)
    again = pane_on(stage, desk, qtbot)
    show(stage, again, case)
    assert again.line.isVisible()
    again.line.buttons[NOTE.slot].click()
    assert text_of(again).toPlainText() == WORDS
    assert not again.line.isVisible()
    stage.settle()


def test_given_it_is_gone_from_the_disk(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    case = stage.log(desk).case
    pane = pane_on(stage, desk, qtbot)
    write(stage, pane, case)
    reaches_disk(stage, desk, case)
    assert pane.composer is not None
    pane.composer.submit()
    stage.until(lambda: pane.composer is None)
    stage.settle()
    assert on_disk(stage, desk, case) == []
    assert not pane.line.isVisible()


def test_only_looked_at_leaves_nothing(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    case = stage.log(desk).case
    pane = pane_on(stage, desk, qtbot)
    show(stage, pane, case)
    pane.begin(case, "A")
    stage.until(lambda: pane.composer is not None)
    pane.acting.put_away()
    stage.settle()
    assert on_disk(stage, desk, case) == []
    assert not pane.line.isVisible()


def test_after_a_restart_it_says_what_stands_there_now(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    case = stage.log(desk).case
    write(stage, pane_on(stage, desk, qtbot), case, "A")
    reaches_disk(stage, desk, case)
    stage.run(desk.act(case, Assign(lead=OTHER_LEAD, expects=None)))
    again = pane_on(stage, desk, qtbot)
    show(stage, again, case)
    again.line.buttons["assign"].click()
    assert again.composer is not None
    assert text_of(again).toPlainText() == WORDS
    agency = REFERENCE.agency(OTHER_LEAD)
    assert agency is not None
    assert agency.short in again.composer.trouble.text()
    stage.settle()


def test_where_the_act_can_no_longer_be_done_the_words_become_a_note(
    stage: Stage, desk: Desk, qtbot: QtBot
) -> None:
    case = stage.log(desk).case
    centre = TinyCentre(REFERENCE, MONDAY)
    desk.sync_port.apply_verdicts(centre.judge(desk.sync_port.next_batch(9)), centre.now)
    write(stage, pane_on(stage, desk, qtbot), case, "A")
    reaches_disk(stage, desk, case)
    refer = Refer(to="enquiry", note="đã giải đáp")
    centre.judge([Command(id=new_id(), case=case, at=stage.wall.at, by=SUPERVISOR, body=refer)])
    desk.sync_port.apply_changes(centre.changes(0))
    again = pane_on(stage, desk, qtbot)
    show(stage, again, case)
    again.begin(case, "A")  # its letter leads there, as its button does
    assert again.composer is not None
    assert again.composer.act is NOTE
    assert text_of(again).toPlainText() == WORDS
    assert t("act.unfinished.asNote") in again.composer.trouble.text()
    again.composer.submit()
    stage.until(lambda: again.composer is None)
    stage.settle()
    assert stage.run(desk.outbox()).waiting[-1].detail == WORDS
    assert not again.line.isVisible()
    assert on_disk(stage, desk, case) == []


def test_discarded_by_mistake_it_comes_back(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    case = stage.log(desk).case
    pane = pane_on(stage, desk, qtbot)
    write(stage, pane, case)
    pane.acting.put_away()
    assert pane.line.isVisible()
    pane.line.away.click()
    stage.settle()
    assert on_disk(stage, desk, case) == []
    assert stage.notices.undo_last()
    stage.settle()
    assert WORDS in on_disk(stage, desk, case)
    assert pane.line.isVisible()


def test_it_outlives_the_desk_that_was_closed(stage: Stage, qtbot: QtBot) -> None:
    desk = stage.desk("again", actor=DISPATCHER)
    done = stage.log(desk, forward=True)
    write(stage, pane_on(stage, desk, qtbot), done.case, "A")
    reaches_disk(stage, desk, done.case)
    stage.settle()
    (kept,) = stage.run(desk.composed(done.case))
    desk.close()
    reopened = stage.desk("again", actor=DISPATCHER)
    assert stage.run(reopened.composed(done.case)) == (kept,)
    assert (kept.kind, kept.lead) == ("assign", LEAD)
    assert stage.run(reopened.act(done.case, AddNote(text="ghi chú"))).number == done.number


def test_many_unfinished_acts_do_not_widen_the_pane(stage: Stage, desk: Desk, qtbot: QtBot) -> None:
    case = stage.log(desk).case
    pane = pane_on(stage, desk, qtbot)
    show(stage, pane, case)
    narrow = pane.minimumSizeHint().width()
    for key in "ANXFU":
        write(stage, pane, case, key)
        pane.acting.put_away()
    stage.settle()
    assert len(pane.line.buttons) == 5
    assert pane.line.isVisible()
    assert pane.minimumSizeHint().width() <= narrow

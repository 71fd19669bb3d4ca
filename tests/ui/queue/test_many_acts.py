"""One act on many cases, on a real desk: asked with a count, done one by one, refused by name, undone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from shiboken6 import isValid

from console.desk.desk import Desk
from console.desk.progress import Progress
from console.desk.rows import View
from console.domain.case import Status
from console.domain.command import Assign, Close, Resolve
from console.ui.queue.errands import ListErrands
from console.ui.queue.many_acts import ManyActs
from console.ui.queue.many_forms import AssignForm, MergeForm
from console.ui.queue.many_sheet import ManySheet
from console.ui.queue.queue_room import QueueRoom
from console.ui.queue.remind_form import RemindForm
from console.ui.words import t
from tests.desk.people import LEAD, OPERATOR, OTHER_LEAD, REFERENCE
from tests.ui.conftest import Stage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def acts(crowded: QueueRoom, crowd: Desk, stage: Stage) -> Iterator[ManyActs]:
    stage.notices.live_in(crowded)
    made = ListErrands(crowded, crowd, stage.theme, stage.tasks, stage.notices).acts
    yield made
    if made.sheet is not None:
        made.sheet.reject()


def begin(acts: ManyActs, stage: Stage, room: QueueRoom, key: Qt.Key) -> ManySheet:
    QTest.keyClick(room.table, key)
    stage.until(lambda: acts.sheet is not None)
    sheet = acts.sheet
    assert sheet is not None
    stage.until(sheet.isActiveWindow)
    return sheet


def choose(room: QueueRoom, *rows: int) -> list[str]:
    found = [room.state.row(row) for row in rows]
    room.select_many([row.id for row in found if row is not None])
    return list(room.selection)


def submit(sheet: ManySheet, stage: Stage) -> None:
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    stage.settle()


def leads(stage: Stage, desk: Desk, ids: list[str]) -> set[str | None]:
    return {row.lead for row in stage.run(desk.rows(ids)).values()}


def form_of(sheet: ManySheet) -> object:
    return getattr(sheet.question, "__self__", None)


def test_many_are_forwarded_after_a_counted_question_and_undone_together(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    ids = choose(crowded, 0, 1, 2, 3)
    before = leads(stage, crowd, ids)
    sheet, form = begin(acts, stage, crowded, Qt.Key.Key_A), None
    form = form_of(sheet)
    assert isinstance(form, AssignForm)
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    assert t("many.A.missing") in sheet.sentence.text()
    form.picker.choose(OTHER_LEAD)
    agency = REFERENCE.agency(OTHER_LEAD)
    assert agency is not None
    assert t("many.A.ask", n=4, agency=agency.name) in sheet.sentence.text()
    submit(sheet, stage)
    assert acts.sheet is None
    assert leads(stage, crowd, ids) == {OTHER_LEAD}
    assert crowded.selection == ()
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("many.A.done", n=4, agency=agency.name)
    stage.notices.undo_last()
    stage.settle()
    assert leads(stage, crowd, ids) == before
    assert set(crowded.selection) == set(ids)


def test_those_that_the_rules_refuse_are_listed_with_the_reason_and_stay_chosen(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    ids = choose(crowded, 0, 1, 2)
    closed = ids[0]
    stage.run(crowd.act(closed, Assign(lead=LEAD, expects=None)))
    stage.run(crowd.act(closed, Resolve(result="Đã thay nắp cống mới")))
    stage.run(crowd.act(closed, Close(public_answer="Đã thay nắp cống", publish=True)))
    sheet = begin(acts, stage, crowded, Qt.Key.Key_A)
    form = form_of(sheet)
    assert isinstance(form, AssignForm)
    form.picker.choose(LEAD)
    submit(sheet, stage)
    assert acts.sheet is None, "nothing opens by itself"
    assert stage.notices.shown is not None
    assert t("many.left", n=1) in stage.notices.shown.text
    stage.notices.look()
    sheet = acts.sheet
    assert sheet is not None
    assert sheet.refusals.count() == 1
    row = stage.run(crowd.row(closed))
    assert row is not None
    lines = [sheet.refusals.item(at).text() for at in range(sheet.refusals.count())]
    assert any(line.startswith(f"{row.number}: ") for line in lines)
    assert closed in crowded.selection
    sheet.reject()
    assert acts.sheet is None
    assert t("many.refused.list") in [action.text() for action in acts.menu().actions()]


def test_a_storm_is_merged_into_the_oldest_of_the_chosen(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    ids = choose(crowded, 5, 3, 4)
    rows = stage.run(crowd.rows(ids))
    oldest = min(rows.values(), key=lambda row: row.entered_ms)
    sheet = begin(acts, stage, crowded, Qt.Key.Key_M)
    assert t("many.M.ask", n=2, number=oldest.number) in sheet.sentence.text()
    submit(sheet, stage)
    after = stage.run(crowd.rows(ids))
    assert after.pop(oldest.id).status.is_open
    assert {row.status for row in after.values()} == {Status.MERGED}


def test_one_is_merged_into_another_by_its_number_and_a_wrong_number_is_told(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    target = crowded.state.row(9)
    assert target is not None
    crowded.table.go(2)
    case = crowded.chosen
    sheet = begin(acts, stage, crowded, Qt.Key.Key_M)
    form = form_of(sheet)
    assert isinstance(form, MergeForm)
    QTest.keyClicks(form.field.other, "2411-00001-1")
    submit(sheet, stage)
    assert "2411-00001-1" in sheet.sentence.text()
    form.field.other.clear()
    QTest.keyClicks(form.field.other, target.number)
    submit(sheet, stage)
    view = stage.run(crowd.case(case))
    assert view is not None
    assert view.case.merged_into == target.id


def test_a_note_goes_to_all_and_what_was_typed_outlasts_esc(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    ids = choose(crowded, 0, 1)
    sheet = begin(acts, stage, crowded, Qt.Key.Key_N)
    assert sheet.effect.text() == t("many.N.effect")
    QTest.keyClicks(sheet.focusWidget(), "Nuoc dang rut")
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert acts.sheet is None
    sheet = begin(acts, stage, crowded, Qt.Key.Key_N)
    submit(sheet, stage)
    for case in ids:
        view = stage.run(crowd.case(case))
        assert view is not None
        assert view.events[-1].data["text"] == "Nuoc dang rut"
    assert stage.notices.shown is not None
    assert stage.notices.shown.undo is None


def test_a_long_one_runs_while_one_works_on_and_stopped_leaves_the_rest_chosen(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    ids = choose(crowded, *range(40))
    sheet, told = begin(acts, stage, crowded, Qt.Key.Key_N), list[Progress]()
    crowd.works.subscribe(told.extend)
    QTest.keyClicks(sheet.focusWidget(), "x")
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: bool(crowd.works.running) and crowd.works.running[0].done >= 3)
    assert not sheet.isVisible()
    assert crowded.focusWidget() is crowded.table
    QTest.keyClick(crowded.table, Qt.Key.Key_N)
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("progress.busy")
    crowd.works.stop(told[0].id)
    stage.settle()
    stage.until(lambda: not isValid(sheet))
    assert (told[0].what, told[0].total) == ("add_note", 40)
    assert crowd.works.running == ()
    assert acts.sheet is None
    left = set(crowded.selection)
    assert 0 < len(left) < len(ids) - 2
    noted = [case for case in ids if stage.run(crowd.case(case)).events[-1].kind == "add_note"]  # type: ignore[union-attr]
    assert set(noted) == set(ids) - left


def test_the_next_one_at_the_desk_does_not_go_on_with_it(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    ids = choose(crowded, *range(40))
    sheet = begin(acts, stage, crowded, Qt.Key.Key_N)
    QTest.keyClicks(sheet.focusWidget(), "x")
    QTest.keyClick(sheet, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: acts.work is not None and acts.work.progress.done >= 3)
    crowd.sign_in(OPERATOR)
    stage.settle()
    assert 0 < len(crowded.selection) < len(ids)


def test_letters_for_a_single_case_say_so_while_several_are_chosen(
    acts: ManyActs, crowded: QueueRoom, stage: Stage
) -> None:
    choose(crowded, 0, 1)
    QTest.keyClick(crowded.table, Qt.Key.Key_C)
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("many.single", key="C")


def test_the_menu_offers_what_the_letters_do(acts: ManyActs, crowded: QueueRoom) -> None:
    choose(crowded, 0, 1)
    texts = [action.text() for action in acts.menu().actions()]
    assert texts[0] == f"{t('many.A.title', n=2)}\tA"
    assert [text.split("\t")[1] for text in texts if text] == [
        "A",
        "M",
        "N",
        "D",
        "Ctrl+C",
        "Ctrl+E",
        "Ctrl+P",
        "Esc",
    ]


def test_who_may_not_is_told_before_anything_is_typed(
    stage: Stage, crowd_folder: object, crowded: QueueRoom, crowd: Desk, acts: ManyActs
) -> None:
    crowd.sign_in(OPERATOR)
    crowded.show_view(View.OPEN)
    stage.settle()
    choose(crowded, 0, 1)
    QTest.keyClick(crowded.table, Qt.Key.Key_A)
    stage.settle()
    assert acts.sheet is None
    assert stage.notices.shown is not None


def test_one_reminder_for_many_is_filled_in_for_each(
    acts: ManyActs, crowded: QueueRoom, crowd: Desk, stage: Stage
) -> None:
    ids = choose(crowded, 0, 1, 2)
    for case in ids:
        lead = stage.run(crowd.rows([case]))[case].lead
        stage.run(crowd.act(case, Assign(lead=LEAD, expects=lead)))
    stage.settle()
    sheet = begin(acts, stage, crowded, Qt.Key.Key_D)
    form = form_of(sheet)
    assert isinstance(form, RemindForm)
    assert t("many.D.ask", n=3, agencies=1) in sheet.sentence.text()
    form.edit.text.setPlainText("{number} của {agency}, {nobody}")
    submit(sheet, stage)
    assert "{nobody}" in sheet.sentence.text()
    form.edit.text.setPlainText("{number} của {agency}")
    submit(sheet, stage)
    agency = REFERENCE.agency(LEAD)
    assert agency is not None
    for case in ids:
        view = stage.run(crowd.case(case))
        assert view is not None
        assert view.case.reminders == 1
        assert view.events[-1].data["text"] == f"{view.case.number} của {agency.name}"
    stage.settle()

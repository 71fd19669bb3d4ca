"""The administration room by keys: what is typed is kept, looked at, published; what hinders is said."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from console.domain.case import Role
from console.reference import KINDS, key_of
from console.reference.shapes import NOT_TYPED, made
from console.ui.admin.item_pane import BLANK, FILE, FORM, HISTORY
from console.ui.admin.words import PEOPLE, STATIONS
from console.ui.words import t
from tests.desk.people import SUPERVISOR
from tests.ui.admin.conftest import Scene
from tests.ui.conftest import Stage

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_every_list_is_shown_and_its_form_gives_back_what_it_shows(scene: Scene) -> None:
    for kind in KINDS:
        scene.shows(kind)
        assert scene.room.items.name.text()
        items = getattr(scene.desk.reference, kind)
        if not items or kind in NOT_TYPED:
            continue
        scene.room.items.over.setChecked(True)
        scene.settle()
        assert len(scene.room.model.lines) == len(items)
        scene.room.items.over.setChecked(False)
        scene.settle()
        for line in scene.room.model.lines[:3]:
            scene.room.show_item(line)
            scene.settle()
            assert made(kind, scene.room.pane.form.values()) == (line.item, ()), line.key
    assert scene.room.edits == (), "looking is not editing"


def test_a_change_begins_today_is_kept_and_counted_and_goes_to_the_centre(scene: Scene) -> None:
    scene.shows("reject_reasons", "joke")
    scene.types("text_en", "A hoax")
    form = scene.room.pane.form
    assert form.edits["valid_from"].value() == "2024-11-04", "what held until yesterday stays on record"
    assert scene.room.pane.does.text().startswith("Thêm 1 · Kết thúc 1")
    again = scene.make()  # the program was closed meanwhile
    scene.stage.settle()
    again.index.choose("reject_reasons")
    scene.stage.settle()
    again.table.go(next(at for at, line in enumerate(again.model.lines) if line.code == "joke"))
    scene.stage.until(lambda: again.editing.line is not None)
    assert again.pane.form.values()["text_en"] == "A hoax"
    again.deleteLater()
    scene.room.pane.note.setText("đùa")
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.room.pane.good.text() == t("admin.published", code="joke")
    assert scene.room.edits == ()
    scene.pull()
    spans = [r for r in scene.desk.reference.reject_reasons if r.code == "joke"]
    assert [(r.text_en, r.valid_to is None) for r in spans] == [("A prank", False), ("A hoax", True)]
    scene.press(Qt.Key.Key_H, CTRL)
    assert scene.room.pane.page == HISTORY
    (change,) = scene.room.pane.history.changes
    assert (change.note, len(change.lines)) == ("đùa", 2)
    said = scene.room.pane.history.said.text().splitlines()
    assert "joke: khoảng mới từ 04/11/2024" in said
    assert "joke · Nội dung tiếng Anh: A prank → A hoax" in said
    scene.press(Qt.Key.Key_U, CTRL)
    scene.pull()
    (back,) = [r for r in scene.desk.reference.reject_reasons if r.code == "joke"]
    assert (back.text_en, back.valid_to) == ("A prank", None)


def test_an_end_alone_is_written_into_the_span_itself(scene: Scene) -> None:
    scene.shows("reject_reasons", "joke")
    scene.types("valid_to", "+7")
    assert scene.room.pane.form.edits["valid_from"].value() == "2023-07-01"
    assert scene.room.pane.form.edits["valid_to"].value() == "2024-11-11"
    assert scene.room.pane.does.text().startswith("Sửa 1")


def test_bad_input_is_said_at_its_field_and_what_was_typed_stays(scene: Scene) -> None:
    scene.shows("retention", "workstation")
    scene.types("closed_months", "nhiều")
    below = scene.room.pane.form._below["closed_months"]
    assert below.text() == t("admin.unfit", hint=t("admin.hint.count"))
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.room.pane.against.text() == t("admin.faults", n=1)
    assert scene.room.pane.form.values()["closed_months"] == "nhiều"
    assert scene.centre.lines == []
    assert scene.room.edits[0].values["closed_months"] == "nhiều"


@pytest.mark.parametrize(
    ("kind", "code", "field", "text", "said"),
    [
        ("routes", "animal.bite/44", "lead", "H00.00", "Cơ quan H00.00 chưa có"),
        ("types", "animal.bite", "category", "khong-co", "Lĩnh vực khong-co chưa có"),
        ("agencies", "H46.05", "valid_to", "nay", "mục này còn dùng mã sẽ hết"),
        ("canned", "close.01", "short", "ad", "phụ âm"),
        ("hours", "office", "valid_to", "01/01/2024", "không còn mục nào"),
    ],
)
def test_what_would_not_fit_is_said_before_and_after_the_key(
    scene: Scene, kind: str, code: str, field: str, text: str, said: str
) -> None:
    scene.shows(kind, code)
    scene.types(field, text)
    assert said.lower() in scene.room.pane.against.text().lower()
    scene.press(Qt.Key.Key_Return, CTRL)
    assert said.lower() in scene.room.pane.against.text().lower()
    assert scene.centre.lines == []


def test_offline_it_stays_a_draft_and_says_so(scene: Scene) -> None:
    scene.centre.away = True
    scene.shows("reject_reasons", "joke")
    scene.types("text", "Trêu đùa")
    assert scene.room.pane.does.text()
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.room.pane.against.text() == t("error.admin_offline")
    assert [edit.values["text"] for edit in scene.room.edits] == ["Trêu đùa"]
    scene.press(Qt.Key.Key_H, CTRL)
    assert scene.room.pane.history.said.text() == t("admin.history.away")
    scene.shows(PEOPLE)
    assert (scene.room.pane.page, scene.room.pane.blank.text()) == (BLANK, t("admin.away"))
    scene.centre.away = False
    scene.shows("reject_reasons", "joke")
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.room.pane.good.text()


def test_what_somebody_else_changed_is_shown_and_overtaken_only_by_a_second_key(scene: Scene) -> None:
    scene.shows("reject_reasons", "joke")
    scene.types("text", "Trêu đùa")
    scene.centre.touched["joke"] = scene.desk.reference.version + 1
    scene.press(Qt.Key.Key_Return, CTRL)
    assert t("admin.overtake") in scene.room.pane.against.text()
    assert scene.centre.lines == []
    scene.pull()
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.room.pane.good.text()


def test_discarding_can_be_undone(scene: Scene) -> None:
    scene.shows("reject_reasons", "joke")
    scene.types("text", "Trêu đùa")
    scene.press(Qt.Key.Key_Delete, CTRL)
    assert scene.room.edits == ()
    assert scene.room.pane.form.values()["text"] != "Trêu đùa"
    assert scene.stage.notices.undo_last()
    scene.settle()
    assert scene.room.pane.form.values()["text"] == "Trêu đùa"


def test_a_new_item_is_a_row_while_it_is_written_and_needs_its_fields(scene: Scene) -> None:
    scene.shows("reject_reasons")
    scene.press(Qt.Key.Key_Insert)
    assert scene.room.pane.form.edits["code"].focusProxy().hasFocus()
    scene.types("code", "moi")
    assert (scene.room.model.lines[0].key, scene.room.model.lines[0].code) == ("", "moi")
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.room.pane.against.text() == t("admin.faults", n=2)
    scene.types("text", "Lý do mới")
    scene.types("text_en", "A new reason")
    scene.press(Qt.Key.Key_Return, CTRL)
    scene.pull()
    assert "moi" in [reason.code for reason in scene.desk.reference.reject_reasons]


def test_questions_get_codes_branches_and_a_preview_that_answers(scene: Scene) -> None:
    scene.shows("reject_reasons")
    scene.shows("types", "construction.crack")
    edit = scene.room.pane.form.edits["questions"]
    edit.show_value([])
    edit.edited.emit()
    for _ in range(2):
        scene.press(Qt.Key.Key_Q, ALT)
    body = edit.value()
    body[0]["text"], body[1]["text"] = "Ai bị thương?", "Nặng không?"
    body[0]["code"] = body[1]["code"] = ""
    edit.show_value(body)
    first, second = edit.value()
    assert (first["code"], second["code"]) == ("ai_bi_thuong", "nang_khong")
    assert [answer["code"] for answer in first["answers"]] == ["co", "khong"]
    first["answers"][0]["opens"] = ["nang_khong"]
    edit.show_value([first, second])
    scene.settle()
    assert [row.question.code for row in edit.preview._shown()] == ["ai_bi_thuong"]
    edit.preview.answered.emit("ai_bi_thuong", "co")
    scene.settle()
    assert [row.question.code for row in edit.preview._shown()] == ["ai_bi_thuong", "nang_khong"]
    second["answers"][0]["opens"] = ["ai_bi_thuong"]
    edit.show_value([first, second])
    edit.edited.emit()
    scene.settle()
    assert "thành vòng" in scene.room.pane.against.text()


def test_people_lose_rights_visibly_and_get_a_code_that_is_shown_once(scene: Scene) -> None:
    scene.shows(PEOPLE, "sup02")
    role = scene.room.pane.form.edits["role"]
    role.show_value("operator")
    role.edited.emit()
    scene.settle()
    assert scene.room.pane.does.text().startswith("Sẽ không còn được: ")
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.centre.persons["sup02"].role is Role.OPERATOR
    scene.room.pane.extra.click()
    scene.settle()
    assert "ABCD-2345" in scene.room.pane.good.text()
    assert "ABCD" not in str(scene.room.edits)
    scene.shows("types")
    scene.shows(PEOPLE, "adm01")
    role = scene.room.pane.form.edits["role"]
    role.show_value("operator")
    role.edited.emit()
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.room.pane.against.text() == t("error.admin_last_administrator")
    scene.shows(STATIONS, "03")
    scene.room.pane.extra.click()
    scene.settle()
    assert scene.centre.desks["03"].enrolled_at is None


def test_a_file_is_shown_before_it_is_published_and_its_faults_by_line(scene: Scene, tmp_path: Path) -> None:
    scene.shows("days")
    bad, good = tmp_path / "bad.csv", tmp_path / "days.csv"
    bad.write_text("day,kind,name\n2026-13-01,off,X\n", encoding="utf-8")
    scene.room.files.bring(bad)
    scene.settle()
    assert scene.room.pane.page == FILE
    assert "Dòng 2: cột day" in scene.room.pane.file_text.text()
    good.write_text("day,kind,name\n2027-09-03,off,Nghỉ thêm\n", encoding="utf-8")
    scene.room.files.bring(good)
    scene.settle()
    assert "2027-09-03" in scene.room.pane.file_text.text()
    scene.press(Qt.Key.Key_Return, CTRL)
    assert [line.key for line in scene.centre.lines] == ["2027-09-03@2027-09-03"]
    out = tmp_path / "out.csv"
    scene.room.files.export(out)
    scene.settle()
    assert out.read_text("utf-8-sig").splitlines()[0] == "day,kind,name"


def test_a_supervisor_reads_and_changes_nothing(stage: Stage) -> None:
    scene = Scene(stage, SUPERVISOR)
    scene.room.show()
    scene.settle()
    scene.shows("reject_reasons", "joke")
    pane = scene.room.pane
    assert pane.page == FORM
    assert not pane.publish.isVisible()
    assert not scene.room.items.new.isVisible()
    scene.press(Qt.Key.Key_Return, CTRL)
    assert scene.centre.lines == []
    assert [key_of(r) for r in scene.desk.reference.reject_reasons]
    scene.room.close()
    scene.room.deleteLater()

"""Lists in their own form (JSON): what CSV cannot say. What nobody could answer or reach is told."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from console.domain.form import FRAMES
from console.domain.questions import asked
from console.reference import FOLDER, assemble, bundled, load, to_wire
from console.reference.__main__ import main
from console.reference.diff import apply, plan
from console.reference.reading import BadFile, read_file

TYPE = "drainage.manhole"


def a_type() -> dict[str, Any]:
    """A bundled type as it stands in its file."""
    made: dict[str, Any] = msgspec.to_builtins(bundled().type(TYPE), str_keys=True)
    return made


def read(kind: str, bodies: object, tmp_path: Path) -> list[Any]:
    file = tmp_path / "in.json"
    file.write_text(bodies if isinstance(bodies, str) else json.dumps(bodies), encoding="utf-8")
    return read_file(file, kind, bundled(), date(2026, 1, 1))


def problems(kind: str, bodies: object, tmp_path: Path) -> list[str]:
    with pytest.raises(BadFile) as caught:
        read(kind, bodies, tmp_path)
    return list(caught.value.sentences)


def question(code: str, *answers: tuple[str, list[str]]) -> dict[str, Any]:
    made = [{"code": c, "text": c, "text_en": c, "opens": opens} for c, opens in answers]
    return {"code": code, "text": code, "text_en": code, "answers": made}


def test_questions_with_branches_are_brought_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "reference"
    folder.mkdir()
    for file in FOLDER.glob("*.json"):
        (folder / file.name).write_bytes(file.read_bytes())
    body = a_type() | {"questions": [question("a", ("yes", ["b"]), ("no", [])), question("b")]}
    (tmp_path / "types.json").write_text(json.dumps([body]), encoding="utf-8")
    arguments = ["import", str(tmp_path / "types.json"), "--kind", "types", "--folder", str(folder)]
    assert main([*arguments, "--apply"]) == 0
    assert f"sửa types {TYPE}@" in capsys.readouterr().out
    kind = load(folder).type(TYPE)
    assert kind is not None
    assert [q.code for q in asked(kind, {"a": "yes"})] == ["a", "b"]
    assert main([*arguments, "--apply"]) == 0
    assert "giữ nguyên: 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("questions", "said"),
    [
        ([question("a", ("yes", ["gone"]))], "câu hỏi a mở câu gone không có trong loại việc này"),
        (
            [question("a", ("yes", ["c"])), question("b", ("yes", ["c"])), question("c")],
            "câu hỏi c được hai câu hỏi khác nhau mở",
        ),
        (
            [question("a", ("yes", ["b"])), question("b", ("yes", ["a"])), question("c")],
            "các câu hỏi a, b mở lẫn nhau thành vòng",
        ),
        ([question("a", ("yes", ["a"]))], "các câu hỏi a mở lẫn nhau"),
        ([question("a"), question("a")], "có hai câu hỏi cùng mã a"),
        ([question("a", ("yes", []), ("yes", []))], "câu hỏi a có hai câu trả lời cùng mã yes"),
        ([question("a", *((str(n), []) for n in range(10)))], "câu hỏi a có hơn 9 câu trả lời"),
    ],
)
def test_questions_that_cannot_work_are_told(
    questions: list[dict[str, Any]], said: str, tmp_path: Path
) -> None:
    (sentence,) = problems("types", [a_type() | {"questions": questions}], tmp_path)
    assert sentence.startswith(f"Mục 1: {said}")


def test_two_answers_of_one_question_may_open_the_same(tmp_path: Path) -> None:
    questions = [question("a", ("once", ["b"]), ("often", ["b"]), ("no", [])), question("b")]
    assert read("types", [a_type() | {"questions": questions}], tmp_path)


@pytest.mark.parametrize(
    ("bodies", "said"),
    [
        ("[{]", "Tệp không phải JSON"),
        ({"types": []}, "phải là một danh sách"),
        ([], "không có dòng dữ liệu"),
        ([3], "Mục 1: không đọc được"),
        ([{"code": "x.y"}], "Mục 1 (x.y): không đọc được; sửa chỗ này"),
        ([a_type(), a_type()], "Mục 2: trùng với mục 1"),
    ],
)
def test_what_is_no_list_of_items_is_told(bodies: object, said: str, tmp_path: Path) -> None:
    assert said in problems("types", bodies, tmp_path)[0]


def a_text(**changed: str) -> dict[str, str]:
    fitting = {"code": "close.90", "use": "close", "title": "Xong", "text": "Đã xong.", "short": "xn"}
    return fitting | changed


@pytest.mark.parametrize(
    ("kind", "texts", "said"),
    [
        ("canned", [a_text(short="xong")], "tên ngắn 'xong' phải gồm 2 đến 8 phụ âm"),
        ("canned", [a_text(use="intake")], "thuộc danh mục phrases"),
        ("phrases", [a_text()], "mẫu câu close thuộc danh mục canned"),
        ("canned", [a_text(), a_text(code="close.91")], "tên ngắn xn dùng cho hai mẫu câu close"),
        ("canned", [a_text(short="xl")], "tên ngắn xl dùng cho hai mẫu câu close"),
    ],
)
def test_short_names_that_cannot_be_typed_or_mean_two_texts_are_told(
    kind: str, texts: list[dict[str, str]], said: str, tmp_path: Path
) -> None:
    assert said in problems(kind, texts, tmp_path)[0]


def test_one_short_name_may_serve_two_acts_and_a_text_may_have_none(tmp_path: Path) -> None:
    texts = [a_text(), a_text(code="return.90", use="return"), a_text(code="close.91", short="")]
    assert len(read("canned", texts, tmp_path)) == 3


def test_a_day_is_given_to_items_that_name_none(tmp_path: Path) -> None:
    body = a_type()
    del body["valid_from"]
    (made,) = read("types", [body], tmp_path)
    assert made.valid_from == date(2026, 1, 1)


def test_a_list_that_csv_cannot_hold_says_so(tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("code\nx\n", encoding="utf-8")
    with pytest.raises(BadFile, match="chỉ nhập được từ tệp JSON"):
        read_file(file, "canned", bundled(), None)


def a_form(*frames: str | dict[str, Any], **changed: object) -> dict[str, Any]:
    made = [{"name": one} if isinstance(one, str) else one for one in frames or FRAMES]
    return {"code": "own", "name": "Riêng", "types": [TYPE], "frames": made} | changed


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ([a_form("type", "questions", "content", "reporter")], "thiếu khung place"),
        ([a_form(*FRAMES, "weather")], "không có khung weather; chọn trong type, questions"),
        ([a_form(*FRAMES, "note")], "khung note có hai lần"),
        ([a_form(*FRAMES[:-1], {"name": "note", "required": ["pin"]})], "note.pin không đặt bắt buộc được"),
        ([a_form(*FRAMES[:-1], {"name": "note", "without": ["note"]})], "note.note không bỏ ra được"),
        ([a_form(types=["no.such"])], "loại việc hoặc lĩnh vực no.such chưa có"),
        ([a_form(types=[])], "biểu mẫu default cũng dùng cho mọi loại việc"),
        ([a_form(types=["power.outage"])], "biểu mẫu supply cũng dùng cho power.outage"),
        ([a_form(), a_form(code="two")], f"biểu mẫu two cũng dùng cho {TYPE}"),
    ],
)
def test_forms_that_cannot_be_are_told(forms: list[dict[str, Any]], said: str, tmp_path: Path) -> None:
    assert said in problems("forms", forms, tmp_path)[0]


def test_a_form_is_brought_in_and_may_replace_a_bundled_one(tmp_path: Path) -> None:
    (own,) = read("forms", [a_form("place", "type", "questions", "reporter", "content")], tmp_path)
    known = apply(bundled(), plan(bundled(), [to_wire("forms", own, 0)]))
    form = assemble(known, 2, True).form_for(bundled().type(TYPE), date(2026, 1, 2))
    assert form is not None
    assert form.frames[0].name == "place"
    assert read("forms", [a_form(code="supply", types=["power.outage"])], tmp_path)

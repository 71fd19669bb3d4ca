"""Which type a text tells of: learnt from cases, known from names, explained, and bounded."""

import pytest

from console.desk.learning import types
from console.desk.learning.features import Told, features, keys
from console.desk.learning.types import TypeModel
from tests.desk.people import REFERENCE, WARDS

MANHOLE, SNAKE, LAMP = "drainage.manhole", "animal.wild", "lighting.out"
HERE, THERE = WARDS[0].code, WARDS[1].code


def told(type_: str, text: str, times: int = 12, commune: str = HERE) -> list[Told]:
    return [Told(type_, commune, keys(text))] * times


@pytest.fixture
def model() -> TypeModel:
    return TypeModel(REFERENCE)


def first(model: TypeModel, text: str, commune: str = "") -> str:
    found = model.guesses(text, commune)
    return found[0].type if found else ""


def test_without_any_case_names_and_keywords_tell() -> None:
    found = TypeModel(REFERENCE).guesses("co cai nap cong bi vo o day")[0]
    assert (found.type, found.words, found.cases) == (MANHOLE, ("nap cong",), 0)


def test_cases_teach_words_that_no_name_has_and_are_counted(model: TypeModel) -> None:
    text = "Xe qua kêu lục cục suốt đêm"
    assert first(model, text) != MANHOLE
    model.learn(told(MANHOLE, "Tấm sắt giữa ngõ kêu lục cục", 9))
    model.learn(told(LAMP, "Đêm qua cả xóm không thấy gì", 9))
    found = model.guesses(text)[0]
    assert (found.type, found.words, found.cases) == (MANHOLE, ("kêu lục cục",), 9)
    assert found.chance > 0.3


def test_learnt_with_marks_is_found_without_and_marks_part_what_is_spelled_alike(model: TypeModel) -> None:
    model.learn(told(SNAKE, "Thấy con gì trong mía"))
    model.learn(told(LAMP, "Nghe ai nói mỉa hoài"))
    assert (first(model, "trong mia co gi"), first(model, "ai noi mia")) == (SNAKE, LAMP)
    assert (first(model, "mía"), first(model, "mỉa")) == (SNAKE, LAMP)


def test_what_is_told_of_everything_tells_nothing(model: TypeModel) -> None:
    for kind in REFERENCE.types:
        model.learn(told(kind.code, "Tôi xin gọi nhờ tổng đài ạ", 5))
    best = model.guesses("Tôi xin gọi nhờ tổng đài ạ")
    assert not best or best[0].chance < 0.1


def test_what_a_commune_calls_about_tips_the_balance(model: TypeModel) -> None:
    model.learn(told(SNAKE, "Chỗ này ghê lắm", commune=HERE))
    model.learn(told(LAMP, "Chỗ này ghê lắm", commune=THERE))
    assert (first(model, "chỗ này ghê", HERE), first(model, "chỗ này ghê", THERE)) == (SNAKE, LAMP)


def test_what_the_last_hours_brought_tips_it_too(model: TypeModel) -> None:
    model.learn(told(SNAKE, "Chỗ này ghê lắm") + told(LAMP, "Chỗ này ghê lắm"))
    night = [model.guesses("chỗ này ghê", lately={kind: 40})[0] for kind in (SNAKE, LAMP)]
    assert [one.type for one in night] == [SNAKE, LAMP]
    assert LAMP not in [one.type for one in model.guesses("alo chị ơi", lately={LAMP: 40})]


def test_only_types_in_force_are_proposed(model: TypeModel) -> None:
    among = frozenset(code for code in model.codes if code != MANHOLE)
    assert MANHOLE not in [one.type for one in model.guesses("nắp cống vỡ", among=among)]
    assert len(model.guesses("nắp cống vỡ", among=among)) == 3


@pytest.mark.parametrize("text", ["", "  \n", "zzz qqq", "½ ⅔", "1 2 3", "\u0301"])
def test_a_text_that_tells_nothing_gets_no_answer(model: TypeModel, text: str) -> None:
    model.learn(told(MANHOLE, "Nắp cống vỡ đôi"))
    assert model.guesses(text) == ()


def test_unseen_signs_between_letters_shift_no_word(model: TypeModel) -> None:
    model.learn(told(MANHOLE, "Nắp cống vỡ đôi"))
    found = model.guesses("gì\u200dđó\u200dghê nắp cống")[0]
    assert (found.type, found.words) == (MANHOLE, ("nap cong",))


def test_both_ways_of_taking_a_text_apart_agree() -> None:
    text = "Hố ga mất nắp, hố ga ở ngõ 12 Nguyễn Trãi"
    assert frozenset(one.key for one in features(text)) == keys(text)


def test_the_rarest_are_forgotten_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "MOST_FEATURES", 1)  # twice the words of the names then
    model = TypeModel(REFERENCE)
    room, lesson = len(model._counts), told(MANHOLE, "Tấm sắt kêu lục cục", 3)
    for turn in range(room):
        once = told(LAMP, f"chuyện{turn} lạ{turn}", 1)
        model.make_room(sum(len(one.keys) for one in once + lesson))
        model.learn(once + lesson[: turn < 3])
    assert len(model._ids) <= room
    assert model.guesses("kêu lục cục")[0].type == MANHOLE
    assert first(model, "nap cong vo") == MANHOLE


def test_how_long_a_type_takes_is_told_of_enough_cases(model: TypeModel) -> None:
    model.learn([Told(LAMP, HERE, frozenset(), lasted_s=float(hours * 3600)) for hours in range(1, 10)])
    assert model.usual_s(LAMP) is None
    model.learn([Told(LAMP, HERE, frozenset(), lasted_s=90_000.0)] * 2)
    assert model.usual_s(LAMP) == 6 * 3600


def test_a_type_that_the_reference_does_not_have_tells_nothing(model: TypeModel) -> None:
    model.learn(told("gone.long", "Tấm sắt kêu lục cục"))
    assert (model.learnt, model.guesses("kêu lục cục")) == (0, ())

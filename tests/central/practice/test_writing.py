"""How things are worded."""

from random import Random

import pytest

from console.central.practice.people import practice_users, reporter, staff
from console.central.practice.words import words
from console.central.practice.writing import as_written, bare, describe
from console.domain.case import Channel, Role
from console.domain.zone import local_day
from console.reference import bundled
from tests.central.practice.province import END


def test_every_type_can_be_told_of() -> None:
    assert {t.code for t in bundled().types} == set(words().sayings)
    for saying in words().sayings.values():
        assert len(saying.titles) == len(saying.says) >= 3
        assert all("{p}" in said for said in saying.says)


@pytest.mark.parametrize("channel", Channel)
def test_every_sentence_is_long_enough_and_whole(channel: Channel) -> None:
    rng = Random(4)
    for type_ in bundled().types:
        for _ in range(8):
            title, text = describe(type_.code, channel, "đường Hữu Nghị", rng)
            assert title in words().sayings[type_.code].titles
            assert len(text) >= 10
            assert "{" not in text


def test_bare_text_has_no_diacritics() -> None:
    assert bare("Đường Nguyễn Hữu Cảnh ngập") == "Duong Nguyen Huu Canh ngap"


def test_written_texts_have_habits() -> None:
    text = "Nước máy không chảy được, mọi người rất khổ với nhau, đường trước nhà cũng ngập nhiều quá."
    made = {as_written(text, Random(n)) for n in range(200)}
    assert len(made) > 60
    assert text in made
    assert any(" k " in t or " ko " in t for t in made)
    assert any(t.isascii() for t in made)


def test_the_same_caller_is_the_same_person() -> None:
    assert reporter(1, 5, True) == reporter(1, 5, True)
    assert reporter(1, 5, True) != reporter(1, 6, True)
    assert not any(reporter(1, n, True).anonymous for n in range(100))


def test_staff_and_agencies_can_sign_in() -> None:
    users = practice_users(bundled(), local_day(END))
    assert len({u.user for u in users}) == len(users)
    roles = [u.role for u in staff().values()]
    assert roles.count(Role.OPERATOR) == 4
    assert roles.count(Role.DISPATCHER) == 5 + 3
    assert roles.count(Role.SUPERVISOR) == 2
    agencies = [u for u in users if u.role is Role.AGENCY]
    assert all(u.user == f"ag-{u.agency}" for u in agencies)
    assert len(agencies) > 150

"""Case numbers and their check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.number import BadNumber, CaseNumber, damm, make_number, parse_number, spoken_number

months = st.builds("{:02d}{:02d}".format, st.integers(0, 99), st.integers(1, 12))
stations = st.builds("{:02d}".format, st.integers(0, 99))
numbers = st.builds(make_number, months, stations, st.integers(1, 999_999))


@pytest.mark.parametrize("number", ["2311-07042-3", "2311-03485-3", "2311-03489-0"])
def test_numbers_of_the_design(number: str) -> None:
    assert str(parse_number(number)) == number


def test_the_checks_of_damms_thesis() -> None:
    assert damm("572") == 4
    assert damm("5724") == 0


@given(numbers, st.data())
def test_a_wrong_digit_is_found(number: str, data: st.DataObject) -> None:
    digits = number.replace("-", "")
    place = data.draw(st.integers(0, len(digits) - 1))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != digits[place]]))
    assert damm(digits[:place] + wrong + digits[place + 1 :]) != 0


@given(numbers, st.data())
def test_two_neighbours_exchanged_are_found(number: str, data: st.DataObject) -> None:
    digits = number.replace("-", "")
    pairs = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
    place = data.draw(st.sampled_from(pairs))
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert damm(swapped) != 0


@given(months, stations, st.integers(1, 999_999))
def test_made_and_read(month: str, station: str, counter: int) -> None:
    number = make_number(month, station, counter)
    read = parse_number(number)
    assert isinstance(read, CaseNumber)
    assert (read.month, read.station, read.counter, str(read)) == (month, station, counter, number)
    assert parse_number(number.replace("-", "")) == parse_number(f" {number.replace('-', ' ')} ") == read


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", BadNumber.EMPTY),
        (" - ", BadNumber.EMPTY),
        ("2311", BadNumber.SHAPE),
        ("2311-0704a-3", BadNumber.SHAPE),
        ("2311-07000-0", BadNumber.SHAPE),
        ("2311-070042-0", BadNumber.SHAPE),
        ("٢٣١١-07042-3", BadNumber.SHAPE),
        ("9" * 100_000, BadNumber.SHAPE),
        ("2313-07042-3", BadNumber.MONTH),
        ("2300-07042-3", BadNumber.MONTH),
        ("2311-07042-4", BadNumber.CHECK),
        ("2311-07024-3", BadNumber.CHECK),
    ],
)
def test_what_is_wrong_is_said(text: str, why: BadNumber) -> None:
    assert parse_number(text) == why


@pytest.mark.parametrize(
    ("month", "station", "counter"),
    [("2313", "07", 1), ("231", "07", 1), ("2311", "7", 1), ("2311", "07", 0)],
)
def test_no_number_is_made_of_bad_parts(month: str, station: str, counter: int) -> None:
    with pytest.raises(ValueError):
        make_number(month, station, counter)


def test_read_aloud_in_groups() -> None:
    assert spoken_number("2311-03485-3") == "hai ba một một – không ba, bốn tám năm – ba"

"""Reports are told believably, and the same ones for the same seed."""

from collections import Counter
from datetime import datetime, timedelta

from console.central.practice.generator import generate
from console.domain.area import Area, metres_between
from console.domain.case import Channel
from console.domain.command import LogReport, Merge
from console.domain.number import CaseNumber, parse_number
from console.domain.phone import parse_phone
from console.domain.zone import local_day
from console.reference import bundled
from tests.central.practice.province import COUNT, END, START, lives


def logs() -> list[LogReport]:
    found = [told.commands[0].body for told in lives()]
    assert all(isinstance(body, LogReport) for body in found)
    return found  # type: ignore[return-value]


def test_the_same_seed_tells_the_same_and_another_seed_does_not() -> None:
    first, again, other = (list(generate(bundled(), seed, 60, START, END)) for seed in (7, 7, 8))
    assert first == again
    assert {t.case for t in first}.isdisjoint(t.case for t in other)


def test_lives_are_in_time_order_and_end_with_the_period() -> None:
    assert len(lives()) == COUNT
    assert len({told.case for told in lives()}) == COUNT
    ids = [command.id for told in lives() for command in told.commands]
    assert len(set(ids)) == len(ids)
    for told in lives():
        times = [command.at for command in told.commands]
        assert times == sorted(times)
        assert times[0] >= START
        assert times[-1] <= END
        assert {command.case for command in told.commands} == {told.case}


def test_points_lie_in_their_communes() -> None:
    area = bundled().built(Area)
    for log in logs():
        outline = area.outlines(local_day(log.happened_at))[log.place.commune]
        if log.place.point is not None:
            assert outline.holds(log.place.point.lon, log.place.point.lat)
    assert 20 < sum(log.place.point is None for log in logs()) < COUNT / 8


def test_channels_are_mixed_and_stations_number_their_own() -> None:
    shares = Counter(log.channel for log in logs())
    assert 0.52 < shares[Channel.PHONE] / COUNT < 0.68
    assert 0.12 < shares[Channel.PORTAL] / COUNT < 0.25
    assert 0.18 < shares[Channel.APP] / COUNT < 0.3
    numbers = [parse_number(log.number) for log in logs()]
    assert all(isinstance(number, CaseNumber) for number in numbers)
    assert len({log.number for log in logs()}) == COUNT
    for told, number in zip(lives(), numbers, strict=True):
        first = told.commands[0]
        assert isinstance(number, CaseNumber)
        assert number.station == first.by.station
        assert (number.station == "00") == (first.body.channel is not Channel.PHONE)  # type: ignore[union-attr]


def test_rush_hours_and_the_flood_night() -> None:
    hours = Counter((told.commands[0].at + timedelta(hours=7)).hour for told in lives())
    assert hours[8] > 4 * hours[3]
    begin = datetime.fromisoformat("2024-10-27T17:30:00+07:00")
    night = [log for log in logs() if begin <= log.happened_at < begin + timedelta(hours=20)]
    south = [log for log in night if bundled().unit(log.place.commune).parent in ("456", "457")]  # type: ignore[union-attr]
    assert COUNT * 0.1 < len(south) < COUNT * 0.15
    assert sum(log.type.startswith("flood.") for log in south) > len(south) * 0.7


def test_planted_duplicates_are_near_their_originals_and_some_were_found() -> None:
    by_id = {told.case: told for told in lives()}
    planted = [told for told in lives() if told.duplicate_of]
    assert len(planted) > COUNT * 0.03
    for told in planted:
        log, original = told.commands[0].body, by_id[str(told.duplicate_of)].commands[0].body
        assert isinstance(log, LogReport)
        assert isinstance(original, LogReport)
        assert log.type == original.type
        assert log.place.commune == original.place.commune
        assert log.place.point
        assert original.place.point
        assert metres_between(log.place.point, original.place.point) < 500
        assert (
            timedelta(0) <= log.happened_at - original.happened_at + timedelta(hours=8) < timedelta(hours=46)
        )
        assert log.reporter.phone is None or log.reporter.phone != original.reporter.phone
    merges = [c for told in lives() for c in told.commands if isinstance(c.body, Merge)]
    assert len(merges) > 10
    for merge in merges:
        assert by_id[merge.case].duplicate_of == merge.body.into  # type: ignore[union-attr]


def test_people_call_again_and_phones_are_phones() -> None:
    phones = Counter(log.reporter.phone for log in logs() if log.reporter.phone)
    assert sum(times > 1 for times in phones.values()) > 20
    assert max(phones.values()) >= 5
    assert all(parse_phone(phone) == phone for phone in phones)
    assert any(log.reporter.anonymous for log in logs())


def test_types_are_many_and_answers_fit_their_questions() -> None:
    assert len({log.type for log in logs()}) > 80
    for log in logs():
        type_ = bundled().type(log.type)
        assert type_ is not None
        known = {q.code: {a.code for a in q.answers} for q in type_.questions}
        assert all(answer in known[question] for question, answer in log.answers.items())
        assert log.urgency.rank >= type_.urgency.rank


def test_descriptions_are_varied() -> None:
    assert len({log.description for log in logs()}) > COUNT * 0.9
    assert all(len(log.description) >= 10 for log in logs())
    assert not any("{" in log.description or "  " in log.description for log in logs())
    assert not any("đường đường" in log.description.lower() for log in logs())
    written = [log.description for log in logs() if log.channel is not Channel.PHONE]
    assert 0.1 < sum(text.isascii() for text in written) / len(written) < 0.25

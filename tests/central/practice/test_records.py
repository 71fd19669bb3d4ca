"""What was told is accepted by the rules, and looks like a switchboard's day."""

from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest

from console.central.practice.records import NotAccepted, folded
from console.central.practice.script import Told
from console.domain.case import Case, Status
from console.domain.command import Accept
from console.domain.deadline import outcome
from console.reference import bundled
from tests.central.practice.province import COUNT, END, folded_records, lives


def running(cases: list[Case]) -> list[Case]:
    return [c for c in cases if c.deadline is not None and c.deadline.resting_since is None]


def test_every_command_was_accepted_once() -> None:
    commands = {command.id for told in lives() for command in told.commands}
    events = [event for record in folded_records() for event in record.events]
    assert len(folded_records()) == COUNT
    assert {event.id for event in events} == commands
    assert sorted(event.seq for event in events) == list(range(1, len(events) + 1))


def test_sequence_follows_time_and_revision_the_last_event() -> None:
    events = sorted((e for r in folded_records() for e in r.events), key=lambda e: e.seq)
    assert [e.at for e in events] == sorted(e.at for e in events)
    for record in folded_records():
        assert record.case.revision == record.events[-1].seq
        assert [e.seq for e in record.events] == sorted(e.seq for e in record.events)


def test_every_status_is_there_and_the_open_ones_are_a_days_work() -> None:
    cases = [record.case for record in folded_records()]
    assert {case.status for case in cases} == set(Status)
    open_ones = [case for case in cases if case.status.is_open]
    assert 100 <= len(open_ones) <= 180
    clocks = running(open_ones)
    due = [case.deadline for case in clocks if case.deadline]
    assert 4 <= sum(d.due < END for d in due) <= 25
    assert 4 <= sum(d.near <= END <= d.due for d in due) <= 20
    assert {d.stage for d in due} == {"assign", "resolve"}


def test_ends_are_in_time_by_extension_and_late() -> None:
    ends = Counter(outcome(r.case) for r in folded_records() if r.case.status is Status.CLOSED)
    assert ends["met"] > 3 * ends["late"] > 0
    assert ends["metExtended"] > 10
    states = {x.state for r in folded_records() for x in r.case.extensions}
    assert states >= {"granted", "refused", "pending"}


def test_events_tell_nothing_of_the_reporter() -> None:
    for record in folded_records():
        reporter = record.case.reporter
        if reporter is not None and reporter.phone:
            assert reporter.phone not in str(msgspec.to_builtins([e.data for e in record.events]))


def test_a_life_against_the_rules_is_told() -> None:
    told = lives()[0]
    log = told.commands[0]
    wrong = msgspec.structs.replace(log, id="x", body=Accept())

    def against() -> Iterator[Told]:
        yield msgspec.structs.replace(told, commands=(log, wrong))

    with pytest.raises(NotAccepted, match="accept: wrong_status"):
        list(folded(bundled(), against()))

"""What waits to be sorted when practice begins: real reports by the rules, with a storm among them."""

from collections import Counter

from console.central.practice.inbox import SHARE, STORM, with_inbox
from console.domain.display import display_status
from console.reference import bundled
from tests.central.practice.province import COUNT, END, folded_records


def test_the_inbox_comes_behind_the_province_and_waits_to_be_sorted() -> None:
    before = folded_records()
    cases = [record.case for record in with_inbox(bundled(), iter(before), 1, COUNT, END)]
    inbox = cases[len(before) :]
    assert len(inbox) == COUNT // SHARE
    assert {display_status(case) for case in inbox} == {"triage"}
    assert len({case.number for case in cases}) == len({case.revision for case in cases}) == len(cases)
    assert all(case.entered_at < END for case in inbox)
    assert min(case.revision for case in inbox) > max(record.case.revision for record in before)
    storm = Counter((case.type, case.place.text) for case in inbox).most_common(1)[0]
    assert storm[0][0] == STORM
    assert storm[1] >= 7
    assert 2 <= sum(case.place.point is None for case in inbox) <= 4

"""What holds on the case's day is what counts, also once a type has a newer span."""

from dataclasses import replace
from datetime import timedelta

import msgspec

from console.domain.case import Role, Status
from console.domain.category import ReportType
from console.domain.proposals import propose_agency
from console.domain.refusal import Code
from console.domain.rights import may
from console.domain.zone import local_day
from tests.support.builders import NOW, POTHOLE, REFERENCE, TOWN, actor, case_in

TODAY = local_day(NOW)
NEW = TODAY + timedelta(days=1)


def spans(**changed: object) -> tuple[ReportType, ...]:
    """All types, this one with another span from tomorrow on."""
    stands = REFERENCE.type(POTHOLE)
    assert stands is not None
    ended = msgspec.structs.replace(stands, valid_to=TODAY)
    later = msgspec.structs.replace(stands, valid_from=NEW, **changed)
    return (*(t for t in REFERENCE.types if t.code != POTHOLE), ended, later)


def test_a_case_of_before_is_closed_by_the_rule_of_its_day() -> None:
    reference = replace(REFERENCE, types=spans(sensitive=True))
    for days, said in ((0, None), (1, Code.NEEDS_SUPERVISOR)):
        case = case_in(Status.RESOLVED, at=NOW + timedelta(days=days))
        assert may(actor(Role.DISPATCHER), "close", case, reference) is said


def test_an_agency_is_proposed_by_the_type_of_the_day() -> None:
    other = next(t for t in REFERENCE.types if t.code != POTHOLE)
    routes = tuple(r for r in REFERENCE.routes if r.type != POTHOLE)
    reference = replace(REFERENCE, types=spans(category=other.category), routes=routes)
    for day in (TODAY, NEW):
        kind = reference.type_on(POTHOLE, day)
        assert kind is not None
        assert propose_agency(reference, POTHOLE, TOWN, day) == propose_agency(reference, kind, TOWN, day)

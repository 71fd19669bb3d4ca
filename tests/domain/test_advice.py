"""When past cases are heard beside the rules."""

import pytest

from console.domain.advice import Past, lead_by_past, urgency_by_past
from console.domain.category import Urgency
from console.domain.proposals import Proposal

RULE = Proposal(lead="A", supporting=("C",), reason_vi="", reason_en="")


def past(*leads: tuple[str, int]) -> Past:
    return Past(type="x", commune="y", leads=leads)


@pytest.mark.parametrize(
    ("leads", "with_rule", "without"),
    [
        ((), "", ""),
        ((("B", 2),), "", ""),
        ((("B", 3),), "", "B"),
        ((("B", 7), ("A", 1)), "", "B"),
        ((("B", 8), ("A", 2)), "B", "B"),
        ((("B", 8), ("A", 3)), "", "B"),
        ((("A", 80), ("B", 1)), "", "A"),
        ((("B", 5), ("A", 4)), "", ""),
    ],
)
def test_the_rule_wins_unless_the_past_clearly_speaks_against_it(
    leads: tuple[tuple[str, int], ...], with_rule: str, without: str
) -> None:
    assert (lead_by_past(past(*leads), RULE), lead_by_past(past(*leads), None)) == (with_rule, without)


def urgent(**cases: int) -> Past:
    return Past(type="x", commune="y", urgencies=tuple((Urgency(name), n) for name, n in cases.items()))


def test_urgency_is_raised_by_many_like_cases_and_never_lowered() -> None:
    mostly_high = urgent(critical=5, high=12, normal=3)
    assert urgency_by_past(mostly_high, Urgency.NORMAL) is Urgency.HIGH
    assert urgency_by_past(mostly_high, Urgency.HIGH) is None
    assert urgency_by_past(mostly_high, Urgency.CRITICAL) is None
    assert urgency_by_past(urgent(critical=5, high=11, normal=3), Urgency.NORMAL) is None  # too few
    assert urgency_by_past(urgent(critical=30, normal=9), Urgency.LOW) is Urgency.CRITICAL
    assert urgency_by_past(urgent(), Urgency.LOW) is None

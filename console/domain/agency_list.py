"""The list of one agency: what it leads and is open, by deadline. The same at desk and centre.

Numbers, types and communes: nobody's name, phone or words.
"""

from collections.abc import Iterable
from datetime import datetime

from console.domain.case import Case
from console.domain.chase_words import fields_of
from console.domain.display import DueState, due_text
from console.domain.reference import Reference
from console.domain.zone import ZONE

MOST_LINES = 500
PARTS = (
    (DueState.OVER, "QUÁ HẠN"),
    (DueState.SOON, "SẮP ĐẾN HẠN"),
    (DueState.OK, "TRONG HẠN"),
    (DueState.PAUSED, "TẠM DỪNG TÍNH HẠN"),
    (DueState.NONE, "ĐÃ BÁO KẾT QUẢ, CHỜ ĐÓNG"),
)
_FAR = datetime.max.replace(tzinfo=ZONE)


def list_text(cases: Iterable[Case], reference: Reference, now: datetime) -> str:
    """In parts by how the deadline stands, each by the nearest one."""
    by_state: dict[DueState, list[Case]] = {}
    for case in cases:
        by_state.setdefault(due_text(case, now).state, []).append(case)
    ended = (DueState.MET, DueState.MET_EXTENDED, DueState.LATE)
    by_state[DueState.NONE] = [c for state in (DueState.NONE, *ended) for c in by_state.get(state, ())]
    lines: list[str] = []
    left = MOST_LINES
    for state, title in PARTS:
        part = sorted(by_state.get(state, ()), key=lambda case: _due_of(case))
        if part:
            lines += [f"{title}: {len(part)}", *(_line(case, reference, now) for case in part[:left]), ""]
            left -= min(left, len(part))
    return "\n".join(lines).strip()


def _due_of(case: Case) -> datetime:
    return case.deadline.due if case.deadline is not None else _FAR


def _line(case: Case, reference: Reference, now: datetime) -> str:
    values = fields_of(case, reference, now)
    words = [case.number, values["type"], values["commune"]]
    if case.deadline is not None:
        resting = case.deadline.resting_since is not None
        words += [f"hạn {values['due']}", "đang chờ bổ sung" if resting else values["left"]]
    return "- " + " · ".join(word for word in words if word)

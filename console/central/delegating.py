"""Who may decide in a supervisor's place: a supervisor writes down their own absence, and nobody else's."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import Connection, select

from console.central.problems import Refuse
from console.central.tables import users
from console.domain.case import Role
from console.domain.delegation import Delegation
from console.protocol.administration import ReferenceImport
from console.protocol.wire import Identity, ReferenceItem
from console.reference import read_item

KIND = "delegations"
LONGEST = timedelta(days=92)


def may_bring(who: Identity, asked: ReferenceImport) -> bool:
    """Administrators anything; supervisors this list alone. Nothing of it is ever taken out."""
    if who.role is Role.ADMIN:
        return True
    theirs = all(item.kind == KIND and not item.deleted for item in asked.items)
    return who.role is Role.SUPERVISOR and bool(asked.items) and theirs


def check(connection: Connection, who: Identity, changed: Sequence[ReferenceItem]) -> None:
    """Raises Refuse (misfits), each with a sentence that says what to do."""
    found = [read_item(item) for item in changed if item.kind == KIND and not item.deleted]
    if not found:
        return
    sought = {one.to for one in found} | {one.by for one in found}
    query = select(users.c.code, users.c.role).where(users.c.code.in_(sought), users.c.active)
    roles = dict(connection.execute(query).all())
    wrong = [sentence for one in found for sentence in _misfits(one, who, roles)]
    if wrong:
        raise Refuse(422, "misfits", "The delegation does not fit", "\n".join(wrong))


def _misfits(one: Delegation, who: Identity, roles: dict[str, str]) -> Iterator[str]:
    if who.role is Role.SUPERVISOR and one.by != who.user:
        yield "Chỉ trưởng ca vắng mặt được ủy quyền việc duyệt của mình."
    if roles.get(one.by) != Role.SUPERVISOR.value:
        yield f"{one.by_name} không phải trưởng ca đang làm việc; chọn trưởng ca khác."
    if roles.get(one.to) != Role.DISPATCHER.value:
        yield f"{one.to_name} không phải điều phối viên đang làm việc; chọn người khác."
    if one.since.tzinfo is None or one.until.tzinfo is None or one.until < one.since:
        yield "Thời điểm kết thúc ủy quyền phải sau thời điểm bắt đầu; sửa lại thời gian."
    elif one.until - one.since > LONGEST:
        yield f"Ủy quyền dài nhất {LONGEST.days} ngày; rút ngắn thời gian rồi gia hạn sau nếu cần."

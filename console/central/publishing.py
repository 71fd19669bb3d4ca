"""A change of reference data at the centre: nobody's is written over, nothing that does not fit gets in, and
what stood before is kept."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, func, select, update

from console.central import delegating
from console.central.admin_history import Touched, read, record
from console.central.clock import Clock
from console.central.hub import tell
from console.central.problems import Refuse, not_allowed
from console.central.references import References, store
from console.central.tables import cases, reference_items, reference_state
from console.domain.case import Role, Status
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.protocol.administration import HistoryAnswer, ReferenceImport
from console.protocol.wire import Identity, ImportChange, ReferenceItem
from console.reference import KINDS, key_of
from console.reference.diff import Plan, plan
from console.reference.fitting import InUse, Misfit, misfits

ITEMS = reference_items.c
OPEN = [status.value for status in Status if status.is_open]
TOLD = 40  # misfits in one answer


class Publishing:
    """One table for all processes; changes go one by one."""

    def __init__(self, engine: Engine, references: References, clock: Clock) -> None:
        self._engine, self._references, self._clock = engine, references, clock

    def bring(self, who: Identity, asked: ReferenceImport, *, dry_run: bool) -> tuple[ImportChange, ...]:
        """What storing this changes; a dry run changes nothing. Raises Refuse, ReferenceUnreadable."""
        if not delegating.may_bring(who, asked):
            raise not_allowed()
        with self._engine.begin() as connection:
            connection.execute(select(reference_state.c.version).with_for_update())
            current = self._references.current(connection)
            made = plan(current, asked.items)
            if asked.expects is not None:
                _check_untouched(connection, made, asked)
            if made.changed:
                self._check(connection, current, made)
                delegating.check(connection, who, made.changed)
            if made.changed and not dry_run:
                self._store(connection, who, current, made, asked.note)
            return made.lines

    def history(self, who: Identity, kind: str, code: str, before: int | None) -> HistoryAnswer:
        """Who changed what, the newest first. Raises Refuse."""
        if who.role not in (Role.ADMIN, Role.SUPERVISOR):
            raise not_allowed()
        with self._engine.connect() as connection:
            return read(connection, kind, code, before)

    def _check(self, connection: Connection, current: Reference, made: Plan) -> None:
        in_use = InUse(types=_open_types(connection, made), agencies=_open_leads(connection, made))
        found = misfits(current, made, local_day(self._clock.now()), in_use)
        if found:
            raise Refuse(422, "misfits", "The change does not fit the rest", _told(found))

    def _store(
        self, connection: Connection, who: Identity, current: Reference, made: Plan, note: str
    ) -> None:
        version = current.version + 1
        store(connection, made.changed, version)
        connection.execute(update(reference_state).values(version=version))
        record(connection, who, self._clock.now(), version, note, _touched(current, made.changed))
        tell(connection, "notice", {"code": "reference", "version": version})


def _check_untouched(connection: Connection, made: Plan, asked: ReferenceImport) -> None:
    """Raises Refuse where something of these codes changed after the version that was written over."""
    codes = {(item.kind, _code(item.key)) for item in (*made.changed, *asked.items)}
    newer = select(ITEMS.kind, ITEMS.key).where(ITEMS.version > asked.expects)
    found = sorted(f"{kind} {key}" for kind, key in connection.execute(newer) if (kind, _code(key)) in codes)
    if found:
        raise Refuse(409, "changed_meanwhile", "Somebody else changed it meanwhile", "\n".join(found[:TOLD]))


def _code(key: str) -> str:
    return key.partition("@")[0]


def _told(found: Sequence[Misfit]) -> str:
    lines = [f"{one.kind} {one.key}: {one.sentence}" for one in found[:TOLD]]
    return "\n".join([*lines, f"(+{len(found) - TOLD})"] if len(found) > TOLD else lines)


def _touched(current: Reference, changed: Sequence[ReferenceItem]) -> list[Touched]:
    had: dict[tuple[str, str], Any] = {
        (kind, key_of(item)): item
        for kind in KINDS
        if any(one.kind == kind for one in changed)
        for item in getattr(current, kind)
    }
    found = []
    for one in changed:
        old = had.get((one.kind, one.key))
        before = None if old is None else msgspec.to_builtins(old, str_keys=True)
        found.append(Touched(one.kind, one.key, before, one.body))
    return found


def _open_types(connection: Connection, made: Plan) -> dict[str, int]:
    """Open cases by type, where types change: a few of all types ever do."""
    codes = {_code(item.key) for item in made.changed if item.kind == "types"}
    if not codes:
        return {}
    bodies = select(cases.c.body).where(cases.c.status.in_(OPEN))
    found: dict[str, int] = {}
    for body in connection.execute(bodies.execution_options(yield_per=500)).scalars():
        code = msgspec.json.decode(body, type=_Typed).type
        if code in codes:
            found[code] = found.get(code, 0) + 1
    return found


class _Typed(msgspec.Struct):
    type: str


def _open_leads(connection: Connection, made: Plan) -> dict[str, int]:
    codes = {_code(item.key) for item in made.changed if item.kind == "agencies"}
    if not codes:
        return {}
    query = select(cases.c.lead, func.count()).where(cases.c.status.in_(OPEN), cases.c.lead.in_(codes))
    return dict(connection.execute(query.group_by(cases.c.lead)).all())

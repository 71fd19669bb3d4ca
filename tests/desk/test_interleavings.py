"""Whatever the order of acts, verdicts, lost answers, pulls and restarts: at the end both sides are equal
and every command was answered or came back to its author."""

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from console.desk.desk import Desk
from console.desk.errors import RefusedHere
from console.desk.rows import Sending, View
from console.domain.case import Channel, Reporter
from console.domain.category import Urgency
from console.domain.command import (
    AddNote,
    AnyBody,
    Assign,
    Close,
    Command,
    EditReport,
    FieldChange,
    Merge,
    Reject,
    Resolve,
    SetUrgency,
)
from console.domain.identity import new_id
from console.domain.refusal import Code
from tests.desk.centre import TinyCentre, over_the_wire
from tests.desk.people import (
    DISPATCHER,
    LEAD,
    MONDAY,
    OTHER_LEAD,
    REFERENCE,
    SUPERVISOR,
    Wall,
    open_at,
    report,
)

pick = st.integers(0, 99)
leads = st.sampled_from([LEAD, OTHER_LEAD])


class TwoSides(RuleBasedStateMachine):
    """One desk on a real file, the tiny centre, and somebody else who acts at the centre directly."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.wall = Wall(MONDAY)
        self.centre = TinyCentre(REFERENCE, MONDAY)
        self.given: set[str] = set()
        self.gone: set[str] = set()
        self.desk = self.open()

    def open(self) -> Desk:
        where = Path(self.folder.name) / "desk"
        return self.runner.run(open_at(where, self.wall, DISPATCHER))

    def teardown(self) -> None:
        try:
            self.settle()
        finally:
            self.desk.close()
            self.runner.close()
            self.folder.cleanup()

    # what one may do at the desk

    @rule(forward=st.booleans(), urgency=st.sampled_from(list(Urgency)))
    def log(self, forward: bool, urgency: Urgency) -> None:
        draft = self.run(self.desk.open_draft())
        assign = Assign(lead=LEAD, expects=None) if forward else None
        body = report(draft, urgency=urgency, channel=Channel.PHONE, reporter=Reporter(anonymous=True))
        self.given |= set(self.run(self.desk.log_report(draft, body, assign)).commands)

    @rule(which=pick, text=st.sampled_from(["đã gọi lại", "tổ trực đã đi", "gấp"]))
    def note(self, which: int, text: str) -> None:
        self.act(which, AddNote(text=text))

    @rule(which=pick, lead=leads)
    def forward(self, which: int, lead: str) -> None:
        if (row := self.case_here(which)) is not None:
            self.act(which, Assign(lead=lead, expects=row.lead))

    @rule(which=pick, urgency=st.sampled_from(list(Urgency)))
    def urgency(self, which: int, urgency: Urgency) -> None:
        self.act(which, SetUrgency(urgency=urgency, reason="dân báo thêm"))

    @rule(which=pick, title=st.sampled_from(["Nắp cống sập", "Hố ga mất nắp"]))
    def edit(self, which: int, title: str) -> None:
        if (row := self.case_here(which)) is not None:
            self.act(which, EditReport(fields={"title": FieldChange(row.title, title)}))

    @rule(which=pick)
    def end(self, which: int) -> None:
        self.act(which, Resolve(result="Đã thay nắp cống mới"))
        self.act(which, Close(public_answer="Đơn vị đã thay nắp cống mới.", publish=True))

    @rule(which=pick, into=pick)
    def merge(self, which: int, into: int) -> None:
        if (other := self.case_here(into)) is not None:
            self.act(which, Merge(into=other.id))

    @rule(which=pick)
    def undo(self, which: int) -> None:
        held = [row for row in self.box().waiting if row.state is Sending.HELD]
        if held:
            row = held[which % len(held)]
            if self.run(self.desk.undo([row.id])):
                self.given.discard(row.id)

    @rule(which=pick)
    def answer_what_came_back(self, which: int) -> None:
        if attention := self.box().attention:
            row = attention[which % len(attention)]
            try:
                done = self.run(self.desk.give_again(row.id, AddNote(text="giữ lại lời đã viết")))
                self.given |= set(done.commands)
                self.gone.add(row.id)
            except RefusedHere:
                self.run(self.desk.let_go(row.id))
                self.gone.add(row.id)

    # what the wire does

    @rule(seconds=st.integers(1, 15))
    def time_passes(self, seconds: int) -> None:
        self.wall.pass_(seconds=seconds)
        self.centre.now = self.wall.at

    @rule(limit=st.integers(1, 5), lost=st.booleans())
    def send(self, limit: int, lost: bool) -> None:
        verdicts = self.centre.judge(self.desk.sync_port.next_batch(limit))
        if not lost:
            self.desk.sync_port.apply_verdicts(verdicts, self.centre.now)

    @rule()
    def centre_fails_on_one(self) -> None:
        if batch := self.desk.sync_port.next_batch(1):
            self.desk.sync_port.apply_verdicts([self.centre.refuse(batch[0], Code.FAILED)], None)

    @rule(limit=st.integers(1, 4))
    def pull(self, limit: int) -> None:
        port = self.desk.sync_port
        port.apply_changes(self.centre.changes(port.cursor() or 0, limit))

    @precondition(lambda self: self.centre.cases)
    @rule(which=pick, lead=leads, note=st.booleans())
    def somebody_else_acts(self, which: int, lead: str, note: bool) -> None:
        cases = sorted(self.centre.cases)
        case = self.centre.cases[cases[which % len(cases)]]
        bodies: list[AnyBody] = [Reject(reason=REFERENCE.reject_reasons[0].code, text="Ngoài phạm vi xử lý")]
        bodies += [Assign(lead=lead, expects=case.lead)]
        body = AddNote(text="từ bàn khác") if note else bodies[which % 2]
        self.centre.judge([Command(id=new_id(), case=case.id, at=MONDAY, by=SUPERVISOR, body=body)])

    @rule()
    def restart(self) -> None:
        self.desk.close()
        self.desk = self.open()

    # what must hold

    @invariant()
    def counts_are_true(self) -> None:
        counts = self.run(self.desk.counts())
        for view in (View.OPEN, View.MINE):
            assert len(self.run(self.desk.queue(view, limit=500)).rows) == counts[view]

    @invariant()
    def nothing_is_lost(self) -> None:
        box = self.box()
        here = {row.id for row in (*box.attention, *box.waiting, *box.sent)}
        binned = {row.id for row in self.run(self.desk.binned())}
        lost = self.given - here - binned - set(self.centre.verdicts)
        assert not lost
        assert self.gone <= binned

    def settle(self) -> None:
        """Everyone goes on until nothing is left to do; then both sides hold the same."""
        for _ in range(50):
            self.wall.pass_(seconds=20)
            while batch := self.desk.sync_port.next_batch(100):
                self.desk.sync_port.apply_verdicts(self.centre.judge(batch), self.centre.now)
            attention = self.box().attention
            if not attention:
                break
            self.run(self.desk.let_go(attention[0].id))
        port = self.desk.sync_port
        port.apply_changes(self.centre.changes(port.cursor() or 0))
        assert self.box().waiting == self.box().attention == ()
        here = {row.id for row in self.run(self.desk.queue(View.OPEN, limit=1000)).rows}
        assert here == {case.id for case in self.centre.cases.values() if case.status.is_open}
        for case_id, case in self.centre.cases.items():
            view = self.run(self.desk.case(case_id))
            assert view is not None
            assert view.case == over_the_wire(case)
            assert list(view.events) == self.centre.events[case_id]
            assert view.waiting == ()
            assert (view.row.waiting, view.row.attention) == (False, False)

    def run(self, what):  # type: ignore[no-untyped-def]
        return self.runner.run(what)

    def box(self):  # type: ignore[no-untyped-def]
        return self.run(self.desk.outbox())

    def case_here(self, which: int):  # type: ignore[no-untyped-def]
        rows = self.run(self.desk.queue(View.OPEN, limit=100)).rows
        return rows[which % len(rows)] if rows else None

    def act(self, which: int, body: AnyBody) -> None:
        if (row := self.case_here(which)) is None:
            return
        try:
            self.given |= set(self.run(self.desk.act(row.id, body)).commands)
        except RefusedHere:
            return  # the rules said no at once: nothing was stored, which `nothing_is_lost` goes on to check


TestTwoSides = TwoSides.TestCase
TestTwoSides.settings = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)

"""What people at a console do, chosen by two small numbers out of what is there."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple

import msgspec

from console.desk import bin, outbox
from console.desk.call_rows import LiveCall
from console.desk.desk import Desk
from console.desk.drafts import open_drafts
from console.desk.rows import Done, Draft, OutboxItem
from console.domain import command as bodies
from console.domain import fields
from console.domain.case import Case, Reporter
from console.domain.category import Urgency
from console.domain.command import AnyBody, EditReport, FieldChange
from console.domain.identity import new_id
from console.domain.rights import can
from console.domain.telephone import Answered, CallKind, CallState, Ended, Ending, Rang
from console.models.letters import HELD, WAITING
from tests.desk.people import LEAD, OTHER_LEAD, report
from tests.worlds.author import Author, holdings

replace = msgspec.structs.replace
WORDS = (
    "Nắp cống vỡ giữa làn xe máy, đã có người ngã",
    "Ổ gà sâu trước cổng chợ, nước đọng không thấy",
    "Đèn đường tắt cả đoạn từ cầu đến ngã tư",
    "Cây đổ chắn nửa đường, xe tải không qua được",
)
SHORT = ("Nắp cống vỡ", "Ổ gà trước chợ", "Đèn đường tắt", "Cây đổ chắn đường")
MOST_LOOKED_AT = 6
IN_TIME_S = 20
LEADS = (LEAD, OTHER_LEAD)
AUDIENCES = ("internal", "agency")


class Intent(NamedTuple):
    """An act that is about to be done. `effect` once it is; its answer is None where a kill swallowed it."""

    do: Callable[[], Awaitable[Any]]
    effect: Callable[[Any], None]


class Operator:
    """The people at one console."""

    def __init__(self, author: Author) -> None:
        self._author = author
        self.calls = Counter[str]()  # of today, as the board counts them
        self.ms_talked = 0
        self.last: dict[str, tuple[tuple[str, ...], str]] = {}  # case -> commands of its report, its draft

    def intend(self, desk: Desk, what: str, a: int, b: int) -> Intent | None:
        """None: there is nothing to do it with."""
        if (body := getattr(self, f"_{what}", None)) is not None:
            intent: Intent | None = body(desk, a, b)
            return intent
        for n in range(a, a + MOST_LOOKED_AT):
            if (case := self._case(desk, n)) is None:
                return None
            made = _body(what, case, b, lambda m: self._case(desk, m))
            if can(desk.actor, type(made), case, desk.reference) is None:
                return self._act(desk, case.id, made)
        return None

    def _case(self, desk: Desk, n: int) -> Case | None:
        ids = holdings(desk).store.read("SELECT id FROM case_row ORDER BY id")
        return holdings(desk).cases.get(str(ids[n % len(ids)][0])) if ids else None

    def _given(self, done: Done | None) -> None:
        if done is None:
            self._author.expects_letters = True
            return
        for id_ in done.commands:
            self._author.given.setdefault(id_, done.case)

    def _act(self, desk: Desk, case_id: str, body: AnyBody) -> Intent:
        return Intent(lambda: desk.act(case_id, body), self._given)

    def _reveal(self, desk: Desk, a: int, b: int) -> Intent | None:
        case = self._case(desk, a)
        return Intent(lambda: desk.reveal(case.id, "gọi lại"), lambda _: None) if case else None

    def _read(self, desk: Desk, a: int, b: int) -> Intent | None:
        case = self._case(desk, a)
        return Intent(lambda: desk.mark_read(case.id), lambda _: None) if case else None

    # drafts

    def _draft(self, desk: Desk, n: int) -> Draft | None:
        here = open_drafts(holdings(desk))
        return here[n % len(here)] if here else None

    def _open(self, desk: Desk, a: int, b: int) -> Intent:
        def effect(draft: Draft | None) -> None:
            if draft is None:
                self._author.expects_draft = True
            else:
                self._author.typed(draft.id, draft.description)

        return Intent(desk.open_draft, effect)

    def _type(self, desk: Desk, a: int, b: int) -> Intent | None:
        draft = self._draft(desk, a)
        if draft is None:
            return None
        words = f"{WORDS[b % len(WORDS)]} ({a})"
        return Intent(
            lambda: desk.save_draft(replace(draft, description=words)),
            lambda _: self._author.typed(draft.id, words),
        )

    def _discard(self, desk: Desk, a: int, b: int) -> Intent | None:
        draft = self._draft(desk, a)
        if draft is None:
            return None
        return Intent(lambda: desk.discard_draft(draft.id), lambda _: self._author.ended_draft(draft.id))

    def _save(self, desk: Desk, a: int, b: int, forward: bool = False) -> Intent | None:
        draft = self._draft(desk, a)
        if draft is None:
            return None
        urgency = tuple(Urgency)[b % 4]
        body = report(draft, description=draft.description or WORDS[b % 4], urgency=urgency)
        assign = bodies.Assign(lead=LEADS[a % 2], expects=None) if forward else None
        note = bodies.AddNote(text=SHORT[b % 4]) if b % 3 == 0 else None

        def effect(done: Done | None) -> None:
            self._given(done)
            self._author.ended_draft(draft.id)
            if done is not None:
                self.last[done.case] = (done.commands, draft.id)

        return Intent(lambda: desk.log_report(draft, body, assign, note), effect)

    def _save_forward(self, desk: Desk, a: int, b: int) -> Intent | None:
        return self._save(desk, a, b, forward=True)

    # the telephone

    def _call(self, desk: Desk, state: CallState) -> LiveCall | None:
        return next((call for call in desk.calls() if call.state is state), None)

    def _ring(self, desk: Desk, a: int, b: int) -> Intent:
        async def do() -> None:
            desk.ear.heard(Rang(call=new_id(), number=f"09123456{a:02d}"))

        return Intent(do, lambda _: None)

    def _answer(self, desk: Desk, a: int, b: int) -> Intent | None:
        call = self._call(desk, CallState.RINGING)
        if call is None or self._call(desk, CallState.TALKING) is not None:
            return None
        waited = (desk.clock.now() - call.rang_at).total_seconds()

        async def do() -> None:
            desk.ear.heard(Answered(call=call.line))
            self.calls += Counter(taken=1, in_time=int(waited <= IN_TIME_S))

        return Intent(do, lambda _: None)

    def _hang_up(self, desk: Desk, a: int, b: int) -> Intent | None:
        call = self._call(desk, CallState.TALKING)
        if call is None or call.answered_at is None:
            return None

        async def do() -> None:
            desk.ear.heard(Ended(call=call.line, how=Ending.CALLER))
            ended = next(one for one in desk.calls() if one.id == call.id)
            self.ms_talked += (ended.ended_at - ended.answered_at) // timedelta(milliseconds=1)
            self.calls["ended"] += 1
            self.calls["talk_s"] = self.ms_talked // 1000
            await desk.settle_call(call.id, CallKind.ENQUIRY)

        return Intent(do, lambda _: None)

    def _miss(self, desk: Desk, a: int, b: int) -> Intent | None:
        call = self._call(desk, CallState.RINGING)
        if call is None:
            return None

        async def do() -> None:
            desk.ear.heard(Ended(call=call.line, how=Ending.MISSED))
            self.calls["missed"] += 1

        return Intent(do, lambda _: None)

    # the outbox

    def _undo(self, desk: Desk, a: int, b: int) -> Intent | None:
        held = holdings(desk).letters.in_state(HELD) or holdings(desk).letters.in_state(WAITING)
        if not held:
            return None
        row = held[a % len(held)]
        ids, draft = self.last.get(row.case, ((row.id,), ""))
        if row.id not in ids or b % 2:
            ids, draft = (row.id,), ""
        gone = tuple(id_ for id_ in ids if id_ in {x.id for x in held if x.state == HELD})

        def effect(done: bool | None) -> None:
            if done is False:
                return
            left = holdings(desk).letters
            self._author.undid(gone if done is None else tuple(x for x in ids if left.get(x) is None))
            if draft:
                self._author.expects_draft = True

        return Intent(lambda: desk.undo(ids), effect)

    def _attention(self, desk: Desk, n: int) -> OutboxItem | None:
        rows = outbox.outbox(holdings(desk)).attention
        return outbox.item(holdings(desk), rows[n % len(rows)].id) if rows else None

    def _let_go(self, desk: Desk, a: int, b: int) -> Intent | None:
        item = self._attention(desk, a)
        if item is None:
            return None
        return Intent(lambda: desk.let_go(item.row.id), lambda _: self._author.settled.add(item.row.case))

    def _again(self, desk: Desk, a: int, b: int) -> Intent | None:
        item = self._attention(desk, a)
        if item is None:
            return None
        body = _mended(item) if b % 3 else item.command.body

        def effect(done: Done | None) -> None:
            self._given(done)
            self._author.settled.add(item.row.case)
            if done is not None:
                self._author.moved |= set(done.commands)

        return Intent(lambda: desk.give_again(item.row.id, body), effect)

    def _bin_back(self, desk: Desk, a: int, b: int) -> Intent | None:
        rows = bin.binned(holdings(desk))
        return Intent(lambda: desk.out_of_bin(rows[a % len(rows)].id), lambda _: None) if rows else None


def _mended(item: OutboxItem) -> AnyBody:
    """As its author would: on what stands there now."""
    body, now = item.command.body, item.now
    if now is not None and isinstance(body, bodies.Assign):
        return replace(body, expects=now.lead)
    if now is not None and isinstance(body, EditReport):
        changed = {n: FieldChange(fields.plain(now, n), change.new) for n, change in body.fields.items()}
        return EditReport(fields=changed)
    return bodies.AddNote(text="Ghi lại sau khi bị từ chối")


def _edit(case: Case, **wanted: Any) -> EditReport:
    return EditReport(fields={n: FieldChange(fields.plain(case, n), new) for n, new in wanted.items()})


def _reporter(n: int) -> Any:
    return msgspec.to_builtins(Reporter(name=f"Người báo {n}", phone=f"+8498765432{n % 10}"))


def _body(what: str, case: Case, b: int, other: Callable[[int], Case | None]) -> AnyBody:
    urgency = tuple(Urgency)[b % 4]
    made: dict[str, Callable[[], AnyBody]] = {
        "note": lambda: bodies.AddNote(text=f"{SHORT[b % 4]} {b}", audience=AUDIENCES[b % 5 == 0]),
        "assign": lambda: bodies.Assign(lead=LEADS[b % 2], expects=case.lead),
        "urgency": lambda: bodies.SetUrgency(urgency=urgency, reason="dân báo thêm"),
        "title": lambda: _edit(case, title=SHORT[b % 4]),
        "description": lambda: _edit(case, description=f"{WORDS[b % 4]} {b}"),
        "edit_two": lambda: _edit(case, title=SHORT[b % 4], reporter=_reporter(b)),
        "resolve": lambda: bodies.Resolve(result="Đã thay nắp cống mới"),
        "close": lambda: bodies.Close(public_answer="Đơn vị đã thay nắp cống mới.", publish=b % 2 == 0),
        "reject": lambda: bodies.Reject(reason="not_true", text="Đã xác minh, không đúng."),
        "merge": lambda: bodies.Merge(into=(other(b) or case).id),
        "unmerge": lambda: bodies.Unmerge(note="nhầm"),
        "reopen": lambda: bodies.Reopen(reason="vẫn còn", on_line=True),
        "callback": lambda: bodies.RecordCallback(reached=b % 2 == 0),
        "watch": lambda: bodies.Watch(on=b % 2 == 0),
        "grant": bodies.GrantExtension,
        "refuse": lambda: bodies.RefuseExtension(reason="Đã gia hạn"),
        "remind": lambda: bodies.Remind(text="Đề nghị xử lý"),
    }  # fmt: skip
    return made[what]()

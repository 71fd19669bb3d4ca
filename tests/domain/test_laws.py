"""Laws that hold for every history: no impossible state, the same result each time, no ring of merges."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.case import Actor, Case, Channel, Event, Reporter, Role, Status
from console.domain.category import Urgency
from console.domain.command import (
    Accept,
    AddCall,
    AddNote,
    AnyBody,
    Approve,
    AskApproval,
    AskExtension,
    AskInfo,
    Assign,
    Close,
    Command,
    Decline,
    DropRequest,
    EditReport,
    FieldChange,
    GiveInfo,
    GrantExtension,
    LogReport,
    Merge,
    RecordCallback,
    Refer,
    RefuseExtension,
    Reject,
    Relate,
    ReleaseContact,
    Remind,
    Reopen,
    Resolve,
    Return,
    Rework,
    SetUrgency,
    TellCitizen,
    Unmerge,
    Watch,
    Withdraw,
)
from console.domain.deadline import ASSIGN, RESOLVE, outcome
from console.domain.display import display_status
from console.domain.fold import Accepted, Outcome, Refused, fold
from console.domain.number import make_number
from console.domain.place import Place
from console.domain.rights import can
from console.domain.table import FROM
from tests.support.builders import (
    ABUSE,
    AGENCY,
    DISPATCHER,
    NOW,
    OPERATOR,
    OUTAGE,
    POTHOLE,
    POWER,
    REFERENCE,
    ROADS,
    SUPERVISOR,
    TOWN,
    VILLAGE,
    actor,
)

CASES = ("a", "b", "c")
PEOPLE = (OPERATOR, DISPATCHER, SUPERVISOR, SUPERVISOR, AGENCY, AGENCY, actor(Role.AGENCY, POWER))


def said(rng: Random) -> str:
    return rng.choice(["Đã xem", "Ổ gà sâu trước chợ, nguy hiểm", "Chờ vật tư", ""])


def due(rng: Random) -> datetime:
    return NOW + timedelta(days=rng.randint(-2, 60))


def report(rng: Random) -> AnyBody:
    return LogReport(
        number=make_number("2411", "07", rng.randint(1, 4)),
        channel=rng.choice(list(Channel)),
        type=rng.choice([POTHOLE, OUTAGE, ABUSE]),
        urgency=rng.choice(list(Urgency)),
        title=said(rng),
        description="Ổ gà sâu trước chợ, nguy hiểm",
        place=Place(commune=TOWN),
        reporter=rng.choice([Reporter(anonymous=True), Reporter(phone="+84912345678")]),
        happened_at=NOW,
    )


VALUES: dict[str, list[object]] = {
    "title": ["Đã xem", "Hố", ""],
    "type": [POTHOLE, OUTAGE, ABUSE, "no.such"],
    "urgency": [urgency.value for urgency in Urgency],
    "description": ["Ổ gà sâu trước chợ, nguy hiểm", "ngắn"],
    "place": [{"commune": TOWN}, {"commune": VILLAGE}, {"commune": "999"}],
    "happened_at": ["2024-11-01T00:00:00Z", "2024-11-04T07:00:00Z", "2030-01-01T00:00:00Z"],
    "reporter": [{"anonymous": True}, {}, None],
}


def edit(rng: Random) -> AnyBody:
    names = rng.sample(list(VALUES), rng.randint(0, 3))
    return EditReport(
        fields={name: FieldChange(rng.choice(VALUES[name]), rng.choice(VALUES[name])) for name in names}
    )


def assign(rng: Random) -> AnyBody:
    by_hand = due(rng) if rng.random() < 0.3 else None
    return Assign(lead=rng.choice([ROADS, POWER]), expects=rng.choice([None, ROADS, POWER]), due=by_hand)


BODIES: dict[str, Callable[[Random], AnyBody]] = {
    "log_report": report,
    "edit_report": edit,
    "assign": assign,
    "accept": lambda rng: Accept(),
    "return": lambda rng: Return(reason=said(rng)),
    "ask_info": lambda rng: AskInfo(question=said(rng)),
    "give_info": lambda rng: GiveInfo(answer=said(rng)),
    "ask_extension": lambda rng: AskExtension(new_due=due(rng), reason=said(rng)),
    "grant_extension": lambda rng: GrantExtension(),
    "refuse_extension": lambda rng: RefuseExtension(reason=said(rng)),
    "resolve": lambda rng: Resolve(result=said(rng)),
    "rework": lambda rng: Rework(missing=said(rng)),
    "close": lambda rng: Close(public_answer=said(rng), publish=rng.random() < 0.5),
    "reject": lambda rng: Reject(reason=rng.choice(["joke", "mood"]), text=said(rng)),
    "merge": lambda rng: Merge(into=rng.choice(CASES)),
    "unmerge": lambda rng: Unmerge(),
    "refer": lambda rng: Refer(to=rng.choice(["113", "116"])),
    "reopen": lambda rng: Reopen(reason=said(rng), on_line=rng.random() < 0.5),
    "record_callback": lambda rng: RecordCallback(
        reached=rng.random() < 0.5,
        satisfied=rng.choice([None, 0, 3, 6]),
        again_at=rng.choice([None, NOW, NOW + timedelta(days=3), NOW + timedelta(days=300)]),
    ),
    "add_note": lambda rng: AddNote(text=said(rng)),
    "add_call": lambda rng: AddCall(text=said(rng), phone=rng.choice([None, "+84912345678", "912"])),
    "set_urgency": lambda rng: SetUrgency(urgency=rng.choice(list(Urgency))),
    "watch": lambda rng: Watch(on=rng.random() < 0.5),
    "release_contact": lambda rng: ReleaseContact(
        agency=rng.choice([ROADS, POWER]), reason=said(rng), on=rng.random() < 0.7
    ),
    "relate": lambda rng: Relate(to=rng.choice(CASES), on=rng.random() < 0.7),
    "withdraw": lambda rng: Withdraw(expects=rng.choice([None, ROADS, POWER]), reason=said(rng)),
    "ask_approval": lambda rng: AskApproval(
        act=Reject(reason="joke", text=said(rng))
        if rng.random() < 0.5
        else Close(public_answer=said(rng), publish=True)
    ),
    "approve": lambda rng: Approve(request=""),
    "decline": lambda rng: Decline(request="", reason=said(rng)),
    "drop_request": lambda rng: DropRequest(request=""),
    "tell_citizen": lambda rng: TellCitizen(text=said(rng)),
    "remind": lambda rng: Remind(text=said(rng), level=rng.randint(1, 4)),
}
RARE = {"edit_report", "add_note", "add_call", "set_urgency", "watch", "refer", "relate", "tell_citizen"}
RARE |= {"release_contact"}
DECIDES = {"approve", "decline", "drop_request"}


def likely(case: Case) -> list[tuple[str, Actor]]:
    """Kinds and people that the case may well be waiting for."""
    found = [
        (kind, by)
        for kind in BODIES
        for by in PEOPLE
        if kind not in RARE
        and (kind not in DECIDES or case.request is not None)
        and can(by, kind, case, REFERENCE) is None
    ]
    return found or [("add_note", OPERATOR)]


def history(seed: int, length: int) -> list[Command]:
    """Lives of three cases told in turns: mostly what may well come next, at times anything by anybody."""
    rng = Random(seed)
    commands = list[Command]()
    cases: dict[str, Case] = {}
    for step in range(length):
        case = CASES[step] if step < len(CASES) else rng.choice(CASES)
        kind, by = rng.choice(list(BODIES)), rng.choice(PEOPLE)
        if case not in cases:
            kind, by = "log_report", OPERATOR
        elif rng.random() < 0.7:
            kind, by = rng.choice(likely(cases[case]))
        body = BODIES[kind](rng)
        now = cases.get(case)
        if isinstance(body, Assign | Withdraw) and rng.random() < 0.7:
            body = msgspec.structs.replace(body, expects=now.lead if now else None)
        if isinstance(body, Approve | Decline | DropRequest) and now and now.request and rng.random() < 0.9:
            body = msgspec.structs.replace(body, request=now.request.id)
        at = NOW + timedelta(minutes=rng.randint(-60, 4 * 24 * 60))
        commands.append(Command(id=f"{step:04d}", case=case, at=at, by=by, body=body))
        result = fold(cases.get(case), commands[-1], REFERENCE, cases.get)
        if isinstance(result, Accepted):
            cases[case] = result.case
    return commands


histories = st.builds(history, st.integers(0, 1 << 32), st.integers(1, 60))


def run(commands: list[Command]) -> Iterator[tuple[Case | None, Command, Outcome, dict[str, Case]]]:
    """Each command with the case before it, its outcome, and all cases after it."""
    cases: dict[str, Case] = {}
    for command in commands:
        before = cases.get(command.case)
        outcome = fold(before, command, REFERENCE, cases.get)
        if isinstance(outcome, Accepted):
            cases[command.case] = outcome.case
        yield before, command, outcome, cases


RUNNING = {Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED}
ENDED = {Status.RESOLVED, Status.CLOSED, Status.REJECTED, Status.MERGED}


def problems(case: Case) -> list[str]:
    """What is impossible about a case; none for one that commands have made."""
    pending = [e for e in case.extensions if e.state == "pending"]
    led = case.status in RUNNING | {Status.RESOLVED}
    wrong = {
        "two requests wait": len(pending) > 1,
        "a request waits where nobody works": bool(pending)
        and case.status not in {Status.ASSIGNED, Status.IN_PROGRESS, Status.NEED_INFO, Status.MERGED},
        "nobody leads": led and case.lead is None,
        "somebody leads a new case": case.status is Status.NEW and case.lead is not None,
        "its lead supports": case.lead in case.supporting,
        "a deadline after the end": case.status in ENDED and case.deadline is not None,
        "no deadline": case.status not in ENDED and case.deadline is None,
        "the wrong stage": _wrong_stage(case),
        "rests elsewhere than in need_info": _rests(case) != (case.status is Status.NEED_INFO),
        "question and status differ": bool(case.question) != _is_asked(case),
        "back_to and status differ": (case.back_to is not None) != _is_asked(case),
        "merged into nothing": (case.status is Status.MERGED) != (case.merged_into is not None),
        "merged from nothing": (case.status is Status.MERGED) != (case.merged_from is not None),
        "resolved without a result": case.status is Status.RESOLVED
        and not (case.result and case.resolved_at),
        "closed without an answer": case.status is Status.CLOSED
        and not (case.public_answer or case.referred_to),
        "rejected without a reason": case.status is Status.REJECTED and not case.reject_reason,
        "ended without a time": case.status in (Status.CLOSED, Status.REJECTED) and case.closed_at is None,
        "an end of one that goes on": case.closed_at is not None
        and case.status not in (Status.CLOSED, Status.REJECTED),
        "in progress without being accepted": case.status is Status.ASSIGNED and case.accepted_at is not None,
        "original later than due": case.deadline is not None and case.deadline.original > case.deadline.due,
        "near later than due": case.deadline is not None and case.deadline.near > case.deadline.due,
        "judged without a result": bool(outcome(case)) and case.resolved_at is None,
        "asked for what cannot be": case.request is not None and case.status not in FROM[case.request.kind],
        "released to a stranger": not set(case.released_to) <= {case.lead, *case.supporting},
        "instructed without the case": not set(case.instructions) <= set(case.supporting),
        "related to itself": case.id in case.related,
        "empty words": not case.title or len(case.description) < 10,
    }
    return [what for what, so in wrong.items() if so]


def _rests(case: Case) -> bool:
    return case.deadline is not None and case.deadline.resting_since is not None


def _is_asked(case: Case) -> bool:
    return Status.NEED_INFO in (case.status, case.merged_from)


def _wrong_stage(case: Case) -> bool:
    at = case.back_to if case.status is Status.NEED_INFO else case.status
    if case.deadline is None:
        return False
    return case.deadline.stage != (ASSIGN if at is Status.NEW else RESOLVE)


often = settings(max_examples=120, deadline=None)


@often
@given(histories)
def test_no_history_reaches_an_impossible_state(commands: list[Command]) -> None:
    for _, command, _, cases in run(commands):
        for case in cases.values():
            assert problems(case) == [], (command.kind, case)
            assert display_status(case)


@often
@given(histories)
def test_folding_is_deterministic_and_touches_nothing_else(commands: list[Command]) -> None:
    first = [(outcome, dict(cases)) for _, _, outcome, cases in run(commands)]
    second = [(outcome, dict(cases)) for _, _, outcome, cases in run(commands)]
    assert first == second
    before: dict[str, Case] = {}
    for command, (result, after) in zip(commands, first, strict=True):
        changed = {id for id in after if after[id] != before.get(id)}
        assert changed <= ({command.case} if isinstance(result, Accepted) else set())
        before = after


@often
@given(histories)
def test_merges_never_make_a_ring_or_chain_to_a_lost_case(commands: list[Command]) -> None:
    for _, _, _, cases in run(commands):
        for start in cases.values():
            seen, step = set[str](), start
            while step.merged_into is not None:
                assert step.id not in seen
                seen.add(step.id)
                step = cases[step.merged_into]


@often
@given(histories)
def test_what_is_accepted_comes_back_the_same_over_the_wire(commands: list[Command]) -> None:
    for _, command, result, _ in run(commands):
        again = msgspec.json.decode(msgspec.json.encode(command), type=Command)
        assert again == command
        if isinstance(result, Accepted):
            assert msgspec.json.decode(msgspec.json.encode(result.case), type=Case) == result.case
            assert (
                msgspec.json.decode(msgspec.json.encode(result.events), type=tuple[Event, ...])
                == result.events
            )
            assert [event.id for event in result.events] == [command.id]


@often
@given(histories)
def test_a_refusal_is_given_again_for_the_same_case(commands: list[Command]) -> None:
    for before, command, result, cases in run(commands):
        if isinstance(result, Refused):
            assert cases.get(command.case) == before
            assert fold(before, command, REFERENCE, cases.get) == result


def test_the_histories_do_reach_every_status_and_every_act() -> None:
    """The laws would hold for histories in which nothing happens: so this looks."""
    reached, done = set[Status](), set[str]()
    for seed in range(60):
        for _, command, result, cases in run(history(seed, 60)):
            reached.update(case.status for case in cases.values())
            if isinstance(result, Accepted):
                done.add(command.kind)
    assert reached == set(Status)
    assert done == set(BODIES)

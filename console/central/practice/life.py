"""What becomes of a report: forwarded, accepted, returned, asked about, late, extended, resolved, closed.

Each function appends to the script what one stage of a life brings, by chance. Shares and minutes are
composed so that a province of 2,000 reports in two months has some 130 open ones at its end.
"""

from datetime import datetime, timedelta

from console.central.practice.script import Script
from console.central.practice.words import words
from console.domain.case import Actor, Channel, Role
from console.domain.category import Urgency
from console.domain.command import (
    Accept,
    AddNote,
    AskExtension,
    AskInfo,
    Assign,
    Close,
    EditReport,
    FieldChange,
    GiveInfo,
    GrantExtension,
    Merge,
    RecordCallback,
    Refer,
    RefuseExtension,
    Reject,
    Reopen,
    Resolve,
    Return,
    Rework,
    SetUrgency,
    ShowContact,
    Unmerge,
    Watch,
)
from console.domain.zone import local_day

ROUND_UP = timedelta(minutes=30)


def live(script: Script, merge_into: str | None = None) -> None:
    """The whole life after the logging."""
    if merge_into is not None and _merge(script, merge_into):
        return
    if _ends_early(script):
        return
    _edited(script)
    _asked(script, 0.04)
    if script.ended is not None or _not_yet_seen(script):
        return
    _forward(script, first=True)
    if script.ended is None:
        _worked_on(script)
        _finished(script)


def _not_yet_seen(script: Script) -> bool:
    """Came last over the portal or the app and waits there until somebody sorts it: the triage queue."""
    log = script.log
    if log is None or not script.last or script.pressing:
        return False
    return log.channel in (Channel.PORTAL, Channel.APP) and script.chance(0.85)


def _line(script: Script, kind: str) -> str:
    return script.pick(words().lines.acts[kind])


def _merge(script: Script, into: str) -> bool:
    """Part of an earlier case; a few are parted again and go on. True: it stays merged."""
    script.act(script.dispatcher(), Merge(into=into), script.now + script.between(3, 50))
    if not script.chance(0.08):
        script.ended = script.now
        return True
    script.act(script.dispatcher(), Unmerge(note=""), script.after(20, 300))
    return False


def _ends_early(script: Script) -> bool:
    """Not a field report, or not accepted."""
    if script.chance(0.025) and not script.pressing:
        to = script.pick(("enquiry", "enquiry", "complaint", "other", "115"))
        refer = Refer(to=to, note=_line(script, "refer"))
        script.act(script.operator, refer, script.now + script.between(1, 6))
        script.ended = script.now
    elif script.chance(0.025) and not script.pressing:
        _reject(script, script.after(20, 240))
        if script.chance(0.06):
            script.act(script.supervisor(), Reopen(reason=_line(script, "reopen")), script.after(60, 2000))
            script.ended = None
    return script.ended is not None


def _reject(script: Script, at: datetime) -> None:
    reference = script.kit.reference
    reason = script.pick(tuple(reference.rejects(local_day(at))))
    script.act(script.dispatcher(), Reject(reason=reason.code, text=_line(script, "reject")), at)
    script.ended = script.now


def _edited(script: Script) -> None:
    """Somebody mends a word, or weighs it anew."""
    log = script.log
    if log is not None and script.chance(0.03):
        change = FieldChange(log.title, f"{log.title} (bổ sung)")
        script.act(script.operator, EditReport(fields={"title": change}), script.now + script.between(1, 9))
    if script.chance(0.035):
        rank = max(0, min(3, script.urgency.rank + script.pick((1, 1, -1))))
        urgency = list(Urgency)[rank]
        body = SetUrgency(urgency=urgency, reason=_line(script, "urgency"))
        script.act(script.dispatcher(), body, script.now + script.between(2, 30))
        script.urgency = urgency


def _asked(script: Script, share: float, due: datetime | None = None) -> datetime | None:
    """A question back; most are answered, some never, and those are not accepted in the end.

    The clock rests meanwhile: the deadline that follows from `due` is given back.
    """
    if not script.chance(share):
        return due
    by = script.agency if script.lead and script.chance(0.6) else script.operator
    script.act(
        by, AskInfo(question=_line(script, "question")), script.after(3, 15 if script.pressing else 120)
    )
    asked = script.now
    if script.chance(0.8):
        script.act(
            script.operator,
            GiveInfo(answer=_line(script, "answer")),
            script.after(5, 60 if script.pressing else 2600),
        )
    else:
        _reject(script, script.after(5000, 14000))
    return script.kit.rested(script.type, script.urgency, due, asked, script.now) if due else None


def _forward(script: Script, *, first: bool) -> None:
    """To the agency that the rules propose; at the second time to another one."""
    log = script.log
    proposal = script.kit.proposal(log) if log is not None else None
    if log is None or proposal is None:
        script.ended = script.now
        return
    others = [code for code in proposal.supporting if code != script.lead]
    lead = proposal.lead if first or not others or script.lead != proposal.lead else others[0]
    supporting = tuple(code for code in proposal.supporting if code != lead)
    by, at = _forwarder(script, log.channel)
    instruction = _line(script, "urgent" if script.pressing else "instruction")
    body = Assign(lead=lead, expects=script.lead, supporting=supporting, instruction=instruction)
    script.act(by, body, at)
    script.lead = lead


def _forwarder(script: Script, channel: Channel) -> tuple[Actor, datetime]:
    """Who forwards and when: an operator who may at once; else within minutes where it presses, or hours."""
    at_once = script.operator.role is Role.DISPATCHER and channel is Channel.PHONE
    if at_once and script.chance(0.7):
        return script.operator, script.now + timedelta(seconds=script.rng.randint(2, 40))
    by = script.dispatcher()
    if script.pressing:
        return by, script.now + script.between(1, 40)
    if script.chance(0.1):
        return by, script.after(120, 700)
    return by, script.after(10, 300 if channel is Channel.PHONE else 420)


def _worked_on(script: Script) -> None:
    """From forwarding to a result; may stop for good on the way."""
    start = script.now
    due = script.kit.due(script.type, script.urgency, start)
    length = due - start
    if script.chance(0.07 * script.unrest):
        _returned(script, length)
        if script.ended is not None:
            return
    if script.chance(0.93):
        accept = Accept(note=_line(script, "accept"))
        script.act(script.agency, accept, script.now + script.between(3, _minutes(length) * 0.25))
    _talked_about(script, length)
    due = _asked(script, 0.03 * script.unrest, due) or due
    if script.ended is not None:
        return
    if script.chance(0.1):
        due = _extended(script, due, length)
    at = start + (due - start) * _share_used(script)
    awake = script.waking(at)
    _resolve(script, at if at <= due < awake else awake)  # somebody stays on rather than be late


def _minutes(length: timedelta) -> float:
    return length.total_seconds() / 60


def _share_used(script: Script) -> float:
    """The part of its time that the work takes: mostly within, some late, a few very late."""
    drawn = script.rng.random()
    if drawn < 0.87:
        return max(script.rng.uniform(0.08, 0.96), script.rng.uniform(0.08, 0.96))
    return script.rng.uniform(1.03, 1.7) if drawn < 0.965 else script.rng.uniform(1.8, 5.0)


def _returned(script: Script, length: timedelta) -> None:
    """Back from the agency; on to another one, or not accepted after all."""
    script.act(script.agency, Return(reason=_line(script, "return")), _within(script, length, 0.2))
    if script.chance(0.08):
        _reject(script, script.after(60, 900))
    if script.ended is None:
        _wait_then_forward(script)


def _wait_then_forward(script: Script) -> None:
    note = AddNote(text=_line(script, "note"))
    if script.pressing:
        script.act(script.dispatcher(), note, script.after(1, 15))
    elif script.chance(0.85):
        script.act(script.dispatcher(), note, script.after(120, 3000))
    _forward(script, first=False)


def _within(script: Script, length: timedelta, share: float) -> datetime:
    """Soon: within a share of the time that the work has."""
    return script.waking(script.now + script.between(2, max(4.0, _minutes(length) * share)))


def _talked_about(script: Script, length: timedelta) -> None:
    """Notes, watching, a look at the contact: they change no status."""
    if script.chance(0.22):
        note = AddNote(text=_line(script, "note"), audience=script.pick(("internal", "internal", "agency")))
        script.act(script.dispatcher(), note, _within(script, length, 0.1))
    if script.chance(0.05):
        script.act(script.supervisor(), Watch(on=True), _within(script, length, 0.1))
    if script.chance(0.08):
        show = ShowContact(reason="Gọi lại hỏi vị trí")
        script.act(script.dispatcher(), show, _within(script, length, 0.1))


def _extended(script: Script, due: datetime, length: timedelta) -> datetime:
    """More time is asked for in the second half; granted mostly, refused, or left waiting."""
    at = max(script.now + timedelta(minutes=2), due - length * script.rng.uniform(0.1, 0.45))
    awake = script.waking(at)
    at = at if at <= due < awake else awake
    wanted = max(due, at) + max(timedelta(hours=4), length * script.rng.uniform(0.4, 1.0))
    wanted = wanted.replace(minute=0, second=0, microsecond=0) + ROUND_UP
    ask = AskExtension(new_due=wanted, reason=_line(script, "extend"))
    script.act(script.agency, ask, at)
    drawn = script.rng.random()
    if drawn < 0.72:
        grant = GrantExtension(note=_line(script, "grant"))
        script.act(script.supervisor(), grant, script.after(10, 500, always=True))
        return wanted
    if drawn < 0.9:
        refuse = RefuseExtension(reason=_line(script, "refuse"))
        script.act(script.supervisor(), refuse, script.after(10, 500, always=True))
    return due


def _resolve(script: Script, at: datetime) -> None:
    results = words().lines.results
    lines = results.get(script.type.category) or tuple(line for some in results.values() for line in some)
    by = script.agency if script.chance(0.92) else script.dispatcher()
    script.act(by, Resolve(result=script.pick(lines)), at)


def _finished(script: Script) -> None:
    """After the result: sometimes back to work, then closed, the caller told, rarely taken up again."""
    if script.ended is not None:
        return
    if script.chance(0.05):
        script.act(script.dispatcher(), Rework(missing=_line(script, "missing")), script.after(20, 300))
        _resolve(script, script.after(30, 240 if script.pressing else 1500))
    log = script.log
    reachable = log is not None and log.reporter.callback
    told = not reachable or (script.chance(0.45) and _called_back(script))
    if script.chance(0.985):
        _close(script)
        while not told and script.chance(0.98):
            told = _called_back(script)
        if script.chance(0.02):
            _reopened(script)


def _close(script: Script) -> None:
    answer = f"Đơn vị xử lý trả lời: {_last_result(script)} Cảm ơn ông/bà đã phản ánh."
    publish = not script.type.sensitive and script.chance(0.8)
    script.act(script.closer(), Close(public_answer=answer, publish=publish), script.after(20, 1200))
    script.ended = script.now


def _last_result(script: Script) -> str:
    return next(c.body.result for c in reversed(script.commands) if isinstance(c.body, Resolve))


def _called_back(script: Script) -> bool:
    """Whether they were reached."""
    drawn = script.rng.random()
    if drawn < 0.22:
        body = RecordCallback(reached=False, words=_line(script, "unreached"))
    elif drawn < 0.85:
        satisfied = script.pick((4, 5, 5, 4, 3))
        body = RecordCallback(reached=True, satisfied=int(satisfied), words=_line(script, "pleased"))
    else:
        satisfied = script.pick((1, 2, 2, 3))
        body = RecordCallback(reached=True, satisfied=int(satisfied), words=_line(script, "displeased"))
    script.act(script.operator, body, script.after(15, 600))
    return body.reached


def _reopened(script: Script) -> None:
    """The caller rings again, is on the line, and the whole begins anew."""
    reopen = Reopen(reason=_line(script, "reopen"), on_line=True)
    script.act(script.operator, reopen, script.after(300, 6000))
    script.ended, script.lead = None, None
    _forward(script, first=True)
    if script.ended is None:
        _worked_on(script)
        if script.ended is None:
            _close(script)

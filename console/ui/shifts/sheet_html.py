"""The handover sheet as a document: the same on the screen, on paper and in a file."""

import html
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from console.desk.shift_rows import KeptSheet
from console.domain.handover import SECOND, SheetCase, SheetContent, SheetDesk, SheetPromise, Signature
from console.ui.parts.time_text import clock_text, exact_text
from console.ui.words import language, t

CASE = "case:"
"""An address in the document: the case to open."""


class Look(Protocol):
    """What the document asks of a theme."""

    def hex(self, name: str) -> str: ...


class Column(NamedTuple):
    """A column's head, and its share of the width in per cent."""

    head: str
    share: int


def sheet_html(content: SheetContent, look: Look, kept: KeptSheet | None = None, notes: bool = True) -> str:
    """All of it. `kept`: its signatures, where it has them; `notes`: what was typed too."""
    parts = [_head(content, look), *_state(kept, look), _cases(content, look), _promises(content, look)]
    parts += [_desks(content, look), _troubles(content, look, notes)]
    if notes:
        parts.append(_section(t("sheet.notes"), look) + _typed(content.notes, look))
    if kept is not None:
        parts.append(_signatures(kept, look))
    style = (
        f"body {{ color: {look.hex('text')}; }} "
        "h2, h3, p { margin-top: 3px; margin-bottom: 3px; } h3 { margin-top: 12px; } "
        f"td, th {{ border-bottom: 1px solid {look.hex('line')}; padding: 3px 6px 3px 0; }} "
        f"th {{ color: {look.hex('muted')}; font-weight: 600; text-align: left; }} "
        f"a {{ color: {look.hex('accent')}; text-decoration: none; }}"
    )
    return f"<html><head><style>{style}</style></head><body>{''.join(parts)}</body></html>"


def shift_title(content: SheetContent) -> str:
    """ "Ca sáng 06:00–14:00, 01/12/2026"."""
    name = content.shift_name_en if language() == "en" else content.shift_name
    hours = f"{clock_text(content.begins)}–{clock_text(content.ends)}"
    return t("sheet.title", name=name, hours=hours, day=exact_text(content.begins)[6:])


def _head(content: SheetContent, look: Look) -> str:
    made = t("sheet.made", time=exact_text(content.made_at), desk=content.station)
    if content.as_of is not None:
        made += " " + t("sheet.asOf", time=exact_text(content.as_of))
    return (
        f"<h2>{_safe(t('handover.title'))}</h2>"
        f"<p style='font-size: large'><b>{_safe(shift_title(content))}</b></p>"
        f"<p style='color: {look.hex('muted')}'>{_safe(made)}</p>"
    )


def _state(kept: KeptSheet | None, look: Look) -> list[str]:
    """What stands against it, above all else."""
    if kept is None:
        return []
    said = []
    if kept.sheet.state == SECOND:
        said.append(t("sheet.second"))
    if kept.refused:
        said.append(t("sheet.refused"))
    if kept.overtaken is not None and kept.sheet.accepted is not None:
        told = {"name": kept.sheet.accepted.name, "mine": kept.overtaken.name}
        said.append(t("sheet.overtaken", **told))
    if kept.waiting:
        said.append(t("sheet.waiting"))
    return [f"<p style='color: {look.hex('warnText')}'><b>{_safe(text)}</b></p>" for text in said]


def _cases(content: SheetContent, look: Look) -> str:
    columns = (
        Column(t("sheet.case"), 17), Column(t("sheet.what"), 41), Column(t("sheet.agency"), 22),
        Column(t("sheet.due"), 20),
    )  # fmt: skip
    rows = [_case(case, look) for case in content.cases]
    count = t("sheet.cases.count", n=len(content.cases) + content.more_cases, overdue=content.overdue)
    after = t("sheet.more", n=content.more_cases) if content.more_cases else ""
    return _section(t("sheet.cases"), look, count) + _table(columns, rows, look, t("sheet.cases.none"), after)


def _case(case: SheetCase, look: Look) -> tuple[str, ...]:
    urgency = t(f"urgency.{case.urgency.value}")
    number = f"<a href='{CASE}{case.id}'>{_safe(case.number)}</a><br>{_safe(urgency)}"
    what = f"{_safe(case.title)}<br><span style='color: {look.hex('muted')}'>{_safe(case.place)}</span>"
    due = _safe(exact_text(case.due)) if case.due is not None else _safe(t("sheet.noDue"))
    if case.overdue:
        due = f"<span style='color: {look.hex('alarmText')}'><b>{_safe(t('sheet.overdue'))}</b> {due}</span>"
    agency = _safe(case.agency or t("sheet.noAgency")) + f"<br>{_safe(t(f'status.{case.status}'))}"
    return number, what, agency, due


def _promises(content: SheetContent, look: Look) -> str:
    columns = (Column(t("sheet.whom"), 38), Column(t("sheet.promised"), 28), Column(t("sheet.where"), 34))
    rows = [_promise(one) for one in content.promises]
    elsewhere = [
        _elsewhere(desk) for desk in content.desks if desk.promised and desk.station != content.station
    ]
    after = " ".join(filter(None, (t("sheet.more", n=content.more_promises) if content.more_promises else "",
                                   *elsewhere)))  # fmt: skip
    return _section(t("sheet.promises"), look) + _table(columns, rows, look, t("sheet.promises.none"), after)


def _promise(one: SheetPromise) -> tuple[str, ...]:
    if one.station:
        due = exact_text(one.due) if one.due is not None else ""
        return _safe(one.whom), _safe(due), _safe(t("sheet.atDesk", desk=one.station))
    number = f"<a href='{CASE}{one.case}'>{_safe(one.number)}</a>"
    return f"{number} {_safe(one.title)}", _safe(t("sheet.result")), _safe(t("sheet.inQueue"))


def _elsewhere(desk: SheetDesk) -> str:
    return t("sheet.promisedAt", desk=desk.station, n=desk.promised)


def _desks(content: SheetContent, look: Look) -> str:
    columns = (Column(t("sheet.desk"), 38), Column(t("sheet.unsent"), 62))
    rows = [(_safe(_desk_name(desk)), _unsent(desk, look)) for desk in content.desks]
    reason = t("sheet.reason", text=content.reason.strip()) if content.reason.strip() else ""
    return _section(t("sheet.desks"), look) + _table(columns, rows, look, t("sheet.desks.none"), reason)


def _desk_name(desk: SheetDesk) -> str:
    return t("sheet.deskOf", desk=desk.station, name=desk.name) if desk.name else desk.station


def _unsent(desk: SheetDesk, look: Look) -> str:
    parts = []
    if desk.waiting:
        parts.append(t("sheet.waits", n=desk.waiting))
    if desk.attention:
        parts.append(t("sheet.attention", n=desk.attention))
    if desk.unknown_since is not None:
        parts.append(t("sheet.unknown", time=exact_text(desk.unknown_since)))
    if not parts:
        return _safe(t("sheet.allSent"))
    return f"<span style='color: {look.hex('warnText')}'>{_safe(' · '.join(parts))}</span>"


def _troubles(content: SheetContent, look: Look, notes: bool) -> str:
    lines = [_safe(_outage(one.began, one.ended)) for one in content.outages]
    if content.more_outages:
        lines.insert(0, _safe(t("sheet.moreOutages", n=content.more_outages)))
    body = f"<p>{'<br>'.join(lines) if lines else _safe(t('sheet.noOutage', desk=content.station))}</p>"
    typed = _typed(content.troubles, look, "") if notes and content.troubles.strip() else ""
    return _section(t("sheet.troubles"), look) + body + typed


def _outage(began: datetime, ended: datetime | None) -> str:
    if ended is None:
        return t("sheet.outage.open", began=exact_text(began))
    return t("sheet.outage", began=exact_text(began), ended=exact_text(ended))


def _signatures(kept: KeptSheet, look: Look) -> str:
    sheet = kept.sheet
    taken = sheet.accepted
    one = _signature(t("sheet.gives"), sheet.signed)
    two = (
        _signature(t("sheet.takes"), taken)
        if taken
        else f"<b>{_safe(t('sheet.takes'))}</b><br>{_safe(t('sheet.notTaken'))}"
    )
    read = t("sheet.readBy", names=", ".join(kept.read_by)) if kept.read_by else ""
    digest = t("sheet.digest", digest=sheet.signed.digest[:16])
    return (
        f"{_section(t('sheet.signatures'), look)}<table width='100%'><tr><td width='50%'>{one}</td>"
        f"<td width='50%'>{two}</td></tr></table>"
        f"<p style='color: {look.hex('muted')}'>{_safe(' '.join(filter(None, (read, digest))))}</p>"
    )


def _signature(head: str, one: Signature) -> str:
    lines = [one.name, t("sheet.signedAt", time=exact_text(one.at), desk=one.station)]
    if one.offline:
        lines.append(t("sheet.offline"))
    if one.words:
        lines.append(one.words)
    return f"<b>{_safe(head)}</b><br>" + "<br>".join(_safe(line) for line in lines)


def _section(title: str, look: Look, more: str = "") -> str:
    said = f"<p style='color: {look.hex('muted')}'>{_safe(more)}</p>" if more else ""
    return f"<h3>{_safe(title)}</h3>{said}"


def _table(
    columns: Sequence[Column], rows: Iterable[Sequence[str]], look: Look, none: str, after: str = ""
) -> str:
    made = "".join(
        "<tr>" + "".join(f"<td valign='top'>{cell}</td>" for cell in row) + "</tr>" for row in rows
    )
    foot = f"<p>{_safe(after)}</p>" if after else ""
    if not made:
        return f"<p>{_safe(none)}</p>{foot}"
    heads = "".join(f"<th width='{column.share}%'>{_safe(column.head)}</th>" for column in columns)
    return f"<table width='100%' cellspacing='0'><tr>{heads}</tr>{made}</table>{foot}"


def _typed(text: str, look: Look, none: str | None = None) -> str:
    """As typed, with its lines."""
    if not text.strip():
        return (
            f"<p style='color: {look.hex('muted')}'>{_safe(t('sheet.nothing') if none is None else none)}</p>"
        )
    return f"<p style='white-space: pre-wrap'>{_safe(text)}</p>"


def _safe(text: str) -> str:
    return html.escape(text)

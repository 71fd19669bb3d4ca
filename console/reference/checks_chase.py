"""Do the lists of chasing fit? Each misfit is a Vietnamese sentence."""

import string
from collections.abc import Iterator
from typing import Any

from console.domain.agency import Agency
from console.domain.chase_lists import (
    Chasing,
    Contact,
    Escalation,
    MessageText,
    Whom,
    is_email,
    is_hook_address,
)
from console.domain.reference import Reference, in_force

USES = ("remind", "escalate", "daily", "closed", "closed_brief", "rejected", "told")
FIELDS = frozenset(
    {
        "number",
        "title",
        "type",
        "commune",
        "agency",
        "due",
        "left",
        "level",
        "text",
        "answer",
        "day",
        "list",
        "name",
    }
)
STAGES = ("assign", "resolve")

Made = list[tuple[str, Any]]


def addresses(item: Agency | Contact) -> Iterator[str]:
    """Addresses that no message would reach, or that could smuggle something into one."""
    for field in ("email", "leader_email"):
        text = getattr(item, field, "")
        if text and not is_email(text):
            yield f"{field} không phải một địa chỉ thư; ghi dạng ten@donvi.gov.vn hoặc để trống."
    for field in ("hook", "leader_hook"):
        text = getattr(item, field, "")
        if text and not is_hook_address(text):
            yield f"{field} chỉ gồm chữ, số và + . _ @ : - (3 đến 64 ký tự), không dấu cách; sửa lại."


def contact(item: Contact, made: Made, reference: Reference) -> Iterator[str]:
    """For those who are no agency."""
    if item.whom not in (Whom.SUPERVISOR, Whom.OFFICE):
        yield "whom phải là supervisor hoặc province_office; đầu mối của cơ quan ghi ở danh mục agencies."
    yield from addresses(item)


def escalation(item: Escalation, made: Made, reference: Reference) -> Iterator[str]:
    """One place on the term, somebody to tell, and no other step at the same place."""
    if item.stage not in STAGES:
        yield "stage phải là assign hoặc resolve."
    if (item.share is None) == (item.overdue_minutes is None):
        yield "điền một trong hai: share (phần trăm thời hạn) hoặc overdue_minutes (phút quá hạn)."
    if not item.tell:
        yield "tell trống: ghi ai được báo."
    for other in _others(item, made, reference):
        if _place(other) == _place(item) and _share_urgency(other, item):
            yield f"trùng chỗ với bậc {other.code}; gộp hai bậc hoặc đổi một."


def _others(item: Escalation, made: Made, reference: Reference) -> list[Escalation]:
    there = {step.code: step for step in in_force(reference.escalations, item.valid_from)}
    there |= {step.code: step for _, step in made}
    return [step for code, step in sorted(there.items()) if code != item.code]


def _place(step: Escalation) -> tuple[str, int | None]:
    at = 100 if step.overdue_minutes == 0 else step.share
    return step.stage, at if at is not None else -(step.overdue_minutes or 0)


def _share_urgency(one: Escalation, other: Escalation) -> bool:
    return not one.urgencies or not other.urgencies or bool({*one.urgencies} & {*other.urgencies})


def message_text(item: MessageText, made: Made, reference: Reference) -> Iterator[str]:
    """Uses and fields that there are; one line as a subject."""
    if item.use not in USES:
        yield f"use {item.use} không có; chọn trong {', '.join(USES)}."
    if not item.text.strip():
        yield "text trống."
    if not item.subject.isprintable():
        yield "subject phải là một dòng chữ."
    try:
        named = {
            field
            for _, field, _, _ in string.Formatter().parse(item.subject + item.text)
            if field is not None
        }
    except ValueError:
        yield "dấu ngoặc { } không khép; sửa text, subject."
        return
    for field in sorted(named - FIELDS):
        yield f"trường {{{field}}} không có; chọn trong {', '.join(sorted(FIELDS))}."


def chasing(item: Chasing, made: Made, reference: Reference) -> Iterator[str]:
    """Days of the week that there are."""
    if any(not 0 <= day <= 6 for day in item.weekdays):
        yield "weekdays gồm các số 0 (thứ Hai) đến 6 (Chủ nhật)."
    if item.daily_at is not None and not item.weekdays:
        yield "weekdays trống: danh sách ngày không bao giờ được gửi; thêm ngày hoặc bỏ daily_at."

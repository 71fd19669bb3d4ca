"""A report of the calendar by mail: its first figures in plain words, to the contacts of the centre.

Counts alone: nobody's name, phone or words.
"""

from console.central.post.writing import EMAIL, Letter
from console.domain.chase_lists import Contact, is_email
from console.domain.chase_words import one_line
from console.domain.figures.figures import Figures, on_time, permille
from console.domain.reference import Reference, in_force
from console.domain.zone import local_day
from console.protocol.reports import KeptKind, KeptReport

_NAMES = {KeptKind.WEEK: "tuần", KeptKind.MONTH: "tháng"}


def letters_about(kept: KeptReport, figures: Figures, reference: Reference) -> list[Letter]:
    """One to each contact in force that has an address."""
    days = f"{kept.first:%d/%m/%Y} – {kept.last:%d/%m/%Y}"
    subject, body = f"Báo cáo {_NAMES[kept.kind]} {days} (số liệu tạm tính)", _body(figures, days)
    return [
        _letter(kept, contact, subject, body)
        for contact in in_force(reference.contacts, local_day(kept.made_at))
        if is_email(contact.email)
    ]


def _letter(kept: KeptReport, contact: Contact, subject: str, body: str) -> Letter:
    return Letter(
        key=f"report:{kept.id}:{contact.code}",
        case=None,
        event=None,
        number="",
        kind="report",
        whom=contact.whom.value,
        agency=None,
        name=contact.name,
        channel=EMAIL,
        address=contact.email,
        subject=one_line(subject),
        body=body,
    )


def _body(figures: Figures, days: str) -> str:
    kept, said, standing = figures.results, figures.satisfaction, figures.standing
    return "\n".join(
        (
            f"Báo cáo phản ánh hiện trường, {days}. Số liệu tạm tính.",
            "",
            f"Tiếp nhận: {_whole(figures.received)}; còn đang xử lý {_whole(standing.open)}, "
            f"trong đó quá hạn {_whole(standing.overdue)}.",
            f"Có kết quả: {_whole(kept.total)}; đúng hạn {_whole(kept.met)}, "
            f"đúng hạn sau gia hạn {_whole(kept.extended)}, trễ hạn {_whole(kept.late)}.",
            f"Tỷ lệ đúng hạn (gồm gia hạn): {_share(on_time(kept))}.",
            f"Mở lại: {_share(permille(figures.reopened, figures.ended))}.",
            f"Hài lòng: {_share(permille(said.satisfied, said.answered))} "
            f"({_whole(said.answered)} người trả lời).",
            "",
            "Báo cáo đầy đủ: mở mục Báo cáo trên máy trực tổng đài.",
        )
    )


def _whole(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def _share(part: int | None) -> str:
    return "chưa có" if part is None else f"{part // 10},{part % 10}%"

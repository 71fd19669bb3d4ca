"""What targets and score forms must keep to, as sentences."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from console.domain.quality import ANSWERED, ON_TIME, ScoreForm, Target

CODE_MOST = 40  # characters of an item's code, as the centre takes them


def target(item: Target, made: Any, reference: Any) -> Iterator[str]:
    """Codes that somebody reads; calls have a time."""
    if item.code not in (ON_TIME, ANSWERED):
        yield f"không có chỉ tiêu {item.code}; dùng mã {ON_TIME} (đúng hạn) hoặc {ANSWERED} (nhấc máy)."
    if item.code == ANSWERED and item.seconds is None:
        yield "chỉ tiêu nhấc máy cần số giây; thêm seconds, ví dụ 20."


def score_form(item: ScoreForm, made: Any, reference: Any) -> Iterator[str]:
    """Each item once, by a code of its own."""
    for code, n in Counter(one.code for one in item.items).items():
        if n > 1:
            yield f"mục {code} có {n} lần; mỗi mục một mã riêng."
        if not 0 < len(code) <= CODE_MOST:
            yield f"mã mục “{code}” phải có từ 1 đến {CODE_MOST} ký tự."
    yield from (
        "mỗi mục cần lời (text) và lời tiếng Anh (text_en)." for one in item.items if not one.text.strip()
    )

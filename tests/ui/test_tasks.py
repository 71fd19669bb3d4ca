"""One door for failures: known ones as sentences, bugs to the log with a code."""

import logging

import pytest

from console.desk.errors import DeskError, RefusedHere, StoreFull
from console.domain.refusal import Code, Refusal
from console.ui.parts.failure_text import failure_text, refusal_text
from console.ui.tasks import bug_code
from console.ui.words import t
from tests.desk.people import LEAD, REFERENCE
from tests.ui.conftest import Stage


async def fail(error: BaseException) -> None:
    raise error


def test_a_known_failure_is_told_in_words(stage: Stage) -> None:
    stage.tasks.start(fail(StoreFull("disk")))
    stage.settle()
    stage.until(lambda: stage.notices.shown)
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("error.store_full")
    assert stage.notices.shown.kind == "problem"


def test_who_started_it_may_show_it_better(stage: Stage) -> None:
    seen: list[DeskError] = []

    def known(error: DeskError) -> bool:
        seen.append(error)
        return True

    stage.tasks.start(fail(StoreFull("disk")), known)
    stage.settle()
    stage.until(lambda: seen)
    assert stage.notices.shown is None


def test_a_bug_is_logged_once_and_named_by_a_code_without_its_text(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "console.ui"):
        stage.tasks.start(fail(ValueError("Nguyễn Văn Long 0912345678")))
        stage.settle()
        stage.until(lambda: stage.notices.shown)
    notice = stage.notices.shown
    assert notice is not None
    assert "Nguyễn" not in notice.text
    assert "U-" in notice.text
    assert [record.name for record in caplog.records] == ["console.ui"]


def test_the_code_of_a_bug_stays_the_same() -> None:
    def here() -> str:
        try:
            raise KeyError("x")
        except KeyError as error:
            return bug_code(error)

    assert here() == here()


def test_stop_cancels_what_runs(stage: Stage) -> None:
    import asyncio

    never = stage.loop.create_future()
    task = stage.tasks.start(asyncio.wait_for(never, None))
    stage.run(asyncio.sleep(0))
    assert stage.tasks.busy == 1
    stage.tasks.stop()
    stage.until(task.done)
    assert task.cancelled()
    assert stage.notices.shown is None


def test_a_refusal_says_what_stands_there_now() -> None:
    agency = REFERENCE.agency(LEAD)
    assert agency is not None
    moved = Refusal(code=Code.WRONG_STATUS, now="in_progress")
    assert refusal_text(moved, REFERENCE).endswith("Hiện nay: Đang xử lý.")
    lead = Refusal(code=Code.LEAD_CHANGED, field="lead", now=LEAD)
    assert agency.name in refusal_text(lead, REFERENCE)
    assert "chưa giao" in refusal_text(Refusal(code=Code.LEAD_CHANGED, now=None), REFERENCE)
    short = Refusal(code=Code.TOO_SHORT, field="description", limit=10)
    assert failure_text(RefusedHere(short)) == "Nội dung quá ngắn: cần ít nhất 10 ký tự."

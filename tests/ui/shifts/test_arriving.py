"""What whoever takes a shift is told where no sheet waits: drafts and what is not sent, once."""

from pytestqt.qtbot import QtBot

from console.domain.command import AddNote
from console.ui.more_rooms import none
from console.ui.shifts.arriving import Arriving
from console.ui.words import t
from tests.ui.conftest import Stage


class Window:
    def __init__(self) -> None:
        self.counts: list[tuple[str, int]] = []

    def set_count(self, name: str, count: int, calls: bool = False) -> None:
        self.counts.append((name, count))


def test_drafts_and_unsent_items_are_told_once_also_without_a_sheet(stage: Stage, qtbot: QtBot) -> None:
    desk = stage.desk(undo_seconds=0)
    signals, window = stage.signals(desk), Window()
    quiet = Arriving(desk, signals, stage.tasks, stage.notices, window, none())  # type: ignore[arg-type]
    stage.settle()
    assert stage.notices.shown is None, "nothing waits"
    quiet.deleteLater()

    done = stage.log(desk)
    stage.run(desk.act(done.case, AddNote(text="Thợ hẹn quay lại")))
    stage.run(desk.open_draft())
    arriving = Arriving(desk, signals, stage.tasks, stage.notices, window, none())  # type: ignore[arg-type]
    stage.settle()
    assert stage.notices.shown is not None
    assert stage.notices.shown.text == t("shifts.arrive.rest", drafts=1, unsent=2)
    stage.tasks.start(arriving._look())
    stage.settle()
    assert window.counts[-1] == ("handover", 0)

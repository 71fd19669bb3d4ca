"""The door to the operator: one sentence at a time, undo for a while, problems are not lost."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.ui.notices import Notices, Toast
from console.ui.theme import Theme


def lived_in(qtbot: QtBot, size: tuple[int, int] = (1844, 900)) -> tuple[Notices, QWidget]:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(*size)
    host.show()
    notices = Notices(Theme())
    notices.live_in(host)
    return notices, host


def pass_seconds(notices: Notices, seconds: float) -> None:
    for _ in range(round(seconds * 2)):
        notices._count_down()


def test_the_newest_is_read_and_the_one_below_comes_back(qtbot: QtBot) -> None:
    notices, _host = lived_in(qtbot)
    notices.problem("Ổ đĩa đầy.")
    notices.say("Đã lưu.", seconds=4)
    assert notices.shown is not None
    assert notices.shown.text == "Đã lưu."
    pass_seconds(notices, 4)
    assert notices.shown is not None
    assert notices.shown.text == "Ổ đĩa đầy."
    pass_seconds(notices, 10)
    assert notices.shown is None


def test_undo_calls_back_the_newest_act_once_and_only_in_time(qtbot: QtBot) -> None:
    notices, _host = lived_in(qtbot)
    undone: list[str] = []
    notices.say("Một", lambda: undone.append("một"))
    notices.say("Hai", lambda: undone.append("hai"))
    notices.say("Ghi chú")
    assert notices.undo_last()
    assert notices.undo_last()
    assert undone == ["hai", "một"]
    assert not notices.undo_last()
    notices.say("Ba", lambda: undone.append("ba"))
    pass_seconds(notices, 10)
    assert not notices.undo_last()


def test_an_undo_runs_out_also_while_something_covers_it(qtbot: QtBot) -> None:
    notices, _host = lived_in(qtbot)
    notices.say("Một", lambda: None)
    notices.problem("Trên cùng")
    pass_seconds(notices, 10)
    assert not notices.undoable


def test_the_same_problem_is_not_stacked(qtbot: QtBot) -> None:
    notices, _host = lived_in(qtbot)
    notices.problem("Mất mạng.")
    notices.problem("Mất mạng.")
    notices.dismiss()
    assert notices.shown is None


def test_it_floats_inside_the_work_area_and_takes_no_focus(qtbot: QtBot) -> None:
    for size in ((1844, 900), (1302, 600)):
        notices, host = lived_in(qtbot, size)
        notices.say("Đã chuyển 2411-07001-3 đến UBND thành phố Đồng Hới. " * 3, lambda: None)
        toast = host.findChild(Toast)
        assert toast is not None
        assert host.rect().contains(toast.geometry())
        assert not toast.undo.isHidden()
        assert toast.focusPolicy().value == 0
        assert toast.undo.focusPolicy().value == 0


def test_sentences_wait_while_there_is_no_window(qapp: QApplication) -> None:
    notices = Notices(Theme())
    host = QWidget()
    notices.live_in(host)
    notices.say("Đã lưu.")
    host.deleteLater()
    qapp.sendPostedEvents(None, 0)
    notices.problem("Sau đó")
    assert notices.shown is not None
    assert notices.shown.text == "Sau đó"

"""The banner on the screen: its sentence, its button, its key."""

from datetime import timedelta

from pytestqt.qtbot import QtBot

from console.desk.connection import Connection, Net
from console.ui.shell.banner import BannerBar
from console.ui.shell.top_bar import ConnectionChip
from tests.desk.people import MONDAY
from tests.ui.conftest import Stage

SINCE = MONDAY - timedelta(minutes=28)


def test_it_says_what_is_the_matter_and_offers_what_helps(stage: Stage, qtbot: QtBot) -> None:
    bar = BannerBar(stage.theme)
    qtbot.addWidget(bar)
    later = MONDAY + timedelta(seconds=12)
    bar.tell(
        Connection(net=Net.OFFLINE, since=SINCE, reason="portal", data_as_of=SINCE, retry_at=later), MONDAY
    )
    assert bar.isVisible()
    assert "không phải máy chủ" in bar.sentence.accessibleName()
    assert (bar.data.text(), bar.when.text()) == ("Dữ liệu lúc 13:32", "Thử lại sau 00:12")
    with qtbot.waitSignal(bar.retry):
        bar.button.click()
    bar.tell(Connection(net=Net.SIGNED_OUT, since=SINCE), MONDAY)
    with qtbot.waitSignals([bar.sign_in, bar.sign_in]):
        bar.button.click()
        bar.press()  # the key that stands on the button
    bar.tell(Connection(net=Net.ONLINE, since=SINCE), MONDAY)
    assert not bar.isVisible()
    with qtbot.waitSignal(bar.retry):
        bar.press()


def test_the_chip_says_why_how_old_the_data_is_and_when_it_is_tried_again(stage: Stage, qtbot: QtBot) -> None:
    later = MONDAY + timedelta(seconds=30)
    off = Connection(net=Net.OFFLINE, since=SINCE, reason="sick", data_as_of=SINCE, retry_at=later)
    chip = ConnectionChip(stage.theme, off, can_unplug=False)
    qtbot.addWidget(chip)
    chip.show()
    chip.tick(MONDAY)
    why, age, retry = chip.toolTip().split("\n")
    assert why.startswith("Chương trình chỉ hỏi thăm máy chủ")
    assert (age, retry) == ("Dữ liệu lúc 13:32, 28 phút trước", "Thử lại sau 00:30")
    assert chip.accessibleDescription().startswith(why)

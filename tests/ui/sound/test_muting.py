"""Muting: chosen in the settings, said above the rooms as long as it is so, ended there by one key."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from console.desk.connection import Connection, Net
from console.desk.desk import Desk
from console.ui.shell.banner import BannerBar
from console.ui.shell.settings_sheet import SettingsSheet
from console.ui.sound.player import NONE
from console.ui.sound.tones import Sound
from console.ui.words import t
from tests.desk.people import MONDAY
from tests.ui.conftest import Stage
from tests.ui.sound.test_sounding import Ear

ONLINE = Connection(net=Net.ONLINE, since=MONDAY)


@pytest.fixture
def ear(stage: Stage, desk: Desk) -> Iterator[Ear]:
    made = Ear(stage, desk)
    yield made
    made.sounding.close()


@pytest.fixture
def sheet(ear: Ear, stage: Stage, qtbot: QtBot) -> Iterator[SettingsSheet]:
    window = QWidget()
    qtbot.addWidget(window)
    made = SettingsSheet(stage.theme, stage.memory, 10, window, ear.sounding)
    made.open()
    yield made
    made.close()
    assert window is made.parentWidget()


def test_the_banner_says_that_nothing_is_heard_until_its_key_is_pressed(
    ear: Ear, stage: Stage, qtbot: QtBot
) -> None:
    bar = BannerBar(stage.theme)
    qtbot.addWidget(bar)
    bar.tell(ONLINE, MONDAY)
    assert not bar.isVisible()
    ear.sounding.muted.connect(bar.set_muted)
    bar.unmute.connect(lambda: ear.sounding.mute(False))
    ear.sounding.mute(True)
    assert bar.isVisible()
    assert (bar.sentence.strong, bar.data.text()) == (t("sound.muted"), "")
    bar.tell(Connection(net=Net.OFFLINE, since=MONDAY), MONDAY)
    assert bar.sentence.text.endswith(t("sound.muted"))
    with qtbot.waitSignal(bar.retry):
        bar.press()
    bar.tell(ONLINE, MONDAY)
    bar.press()
    assert not ear.sounding.is_muted
    assert not bar.isVisible()
    with qtbot.waitSignal(bar.retry):
        bar.press()


def test_the_settings_mute_and_remember_it(ear: Ear, sheet: SettingsSheet, stage: Stage) -> None:
    sheet.sounds._take("")
    assert ear.sounding.is_muted
    again = SettingsSheet(stage.theme, stage.memory, 10, sheet, ear.sounding)
    assert again.sounds.value == ""
    again.sounds._take("1")
    assert not ear.sounding.is_muted


def test_the_settings_say_what_plays_or_what_to_do_where_nothing_does(ear: Ear, sheet: SettingsSheet) -> None:
    assert sheet.heard.text() == t("settings.sounds.way", way="recorder")
    sheet.try_sound.click()
    assert ear.heard() == [Sound.RING]
    ear.player.way = NONE
    ear.sounding._on_found()
    assert "alsa-utils" in sheet.heard.text()

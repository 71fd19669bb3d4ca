"""Status and urgency are told apart without colour; buttons say their key and why they are closed."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from console.domain.category import Urgency
from console.ui.parts.buttons import KeyButton
from console.ui.parts.choice import ChoiceList, TickBox
from console.ui.parts.status_ring import paint_ring
from console.ui.parts.tab_row import TabRow
from console.ui.parts.urgency_mark import paint_urgency
from console.ui.theme import Theme

SIDE = 28


def grey(draw: object) -> NDArray[np.uint8]:
    """What `draw(painter, box)` paints, as ink on white without any hue."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw(painter, QRectF(1, 1, SIDE - 2, SIDE - 2))  # type: ignore[operator]
    painter.end()
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return np.frombuffer(flat.constBits(), dtype=np.uint8).reshape(SIDE, flat.bytesPerLine())[:, :SIDE].copy()


def test_every_status_has_a_shape_of_its_own(qapp: QApplication) -> None:
    theme = Theme()
    ink = QColor(Qt.GlobalColor.black)
    shapes = {
        name: grey(lambda p, b, name=name: paint_ring(p, theme, b, name, ink))
        for name in theme.tokens["status"]["items"]
    }
    for one, other in combinations(shapes, 2):
        apart = np.abs(shapes[one].astype(int) - shapes[other].astype(int))
        assert (apart > 96).sum() >= 8, (one, other)


def test_a_status_of_a_newer_centre_is_drawn_as_a_ring(qapp: QApplication) -> None:
    theme = Theme()
    assert (grey(lambda p, b: paint_ring(p, theme, b, "from_the_future")) < 200).any()


def test_each_urgency_has_more_ink_than_the_one_below(qapp: QApplication) -> None:
    theme = Theme()
    dark = [
        int((grey(lambda p, b, u=u: paint_urgency(p, theme, b, u)) < 160).sum())
        for u in (Urgency.LOW, Urgency.NORMAL, Urgency.HIGH, Urgency.CRITICAL)
    ]
    assert dark == sorted(set(dark))


def test_a_button_is_named_with_its_key_and_pressed_by_enter(qtbot: QtBot) -> None:
    button = KeyButton(Theme(), "Gia hạn", "H")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "Gia hạn (H)"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert button.sizeHint().height() >= 26


def test_a_choice_is_made_by_its_digit_and_by_arrows(qtbot: QtBot) -> None:
    made = ChoiceList(Theme(), [("a", "Một", "1"), ("b", "Hai", "2"), ("c", "Ba", "3")])
    qtbot.addWidget(made)
    made.show()
    qtbot.keyClick(made, Qt.Key.Key_2)
    assert made.value == "b"
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.value == "c"
    qtbot.keyClick(made, Qt.Key.Key_Down)
    assert made.value == "a"
    assert not made.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_a_tick_box_takes_the_space_key(qtbot: QtBot) -> None:
    box = TickBox(Theme(), "Công bố & trả lời")
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert box.accessibleName() == "Công bố & trả lời"


def test_tabs_say_their_counts_and_move_by_arrows(qtbot: QtBot) -> None:
    tabs = TabRow(Theme())
    qtbot.addWidget(tabs)
    for name in ("open", "mine"):
        tabs.add(name, name.title())
    tabs.choose("open")
    tabs.set_count("open", 128)
    tabs.show()
    tab = tabs.findChildren(type(tabs.add("third", "Third")))[0]
    assert tab.accessibleName() == "Open: 128"
    with qtbot.waitSignal(tabs.chosen) as heard:
        qtbot.keyClick(tab, Qt.Key.Key_Right)
    assert heard.args == ["mine"]


def test_where_tabs_have_no_room_the_longest_words_end_in_dots(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    tabs = TabRow(Theme(), host)
    tabs.resize(2000, 40)
    names = {"open": "Đang mở", "triage": "Chờ phân loại", "soon": "Sắp đến hạn", "mine": "Của tôi"}
    made = {name: tabs.add(name, text) for name, text in names.items()}
    for name in names:
        tabs.set_count(name, 128)
    wide = sum(tab.sizeHint().width() for tab in made.values())
    tabs.resize(wide + 60, 40)
    host.show()
    assert [tab.text() for tab in made.values()] == list(names.values())
    tabs.resize(wide - 60, 40)
    assert [made[name].text() for name in ("open", "mine")] == ["Đang mở", "Của tôi"]
    for name in ("triage", "soon"):
        assert made[name].text().endswith("…")
        assert made[name].toolTip() == names[name]
        assert made[name].accessibleName() == f"{names[name]}: 128"
    tabs.layout().activate()
    assert all(tab.width() >= tab.sizeHint().width() for tab in made.values())
    assert max(tab.geometry().right() for tab in made.values()) < tabs.width()
    tabs.resize(wide + 60, 40)
    assert [tab.text() for tab in made.values()] == list(names.values())
    assert made["soon"].toolTip() == ""


def test_a_button_without_words_still_says_them(qtbot: QtBot) -> None:
    button = KeyButton(Theme(), "Theo danh sách", icon="ph.link-simple", kind="quiet")
    qtbot.addWidget(button)
    wide = button.sizeHint().width()
    button.set_wordless(True)
    assert button.sizeHint().width() < wide / 2
    assert (button.text(), button.accessibleName()) == ("Theo danh sách", "Theo danh sách")
    assert button.size_with(button.text()).width() == wide


@pytest.mark.parametrize("scale", [100, 150])
def test_a_button_is_never_narrower_than_its_words(qtbot: QtBot, scale: int) -> None:
    theme = Theme(scale=scale)
    button = KeyButton(theme, "Yêu cầu bổ sung", "Ctrl Enter", "action.save", "primary")
    qtbot.addWidget(button)
    words = button.fontMetrics().horizontalAdvance(button.text())
    assert button.minimumSizeHint().width() > words + theme.px(60)

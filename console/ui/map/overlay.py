"""Laying things over the corners of a map."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from console.ui.map.legend import MARGIN, ZoomButtons
from console.ui.map.map_view import MapView
from console.ui.theme import Theme


def lay_over(
    view: MapView,
    upper_left: QWidget | None = None,
    upper_right: QWidget | None = None,
    lower_left: QWidget | None = None,
) -> None:
    """Lay things over the corners of a map."""
    grid = QGridLayout(view)
    grid.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    top, left, right = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
    corners = (
        (upper_left, 0, 0, 1, 1, top | left),
        (upper_right, 0, 1, 2, 1, top | right),  # what lies below the left one begins beside it
        (lower_left, 2, 0, 1, 2, Qt.AlignmentFlag.AlignBottom | left),
    )
    grid.setRowStretch(1, 1)
    for widget, row, column, rows, columns, flag in corners:
        if widget is not None:
            grid.addWidget(widget, row, column, rows, columns, flag)


def lay_above(view: MapView, widget: QWidget, top: bool = False) -> None:
    """Lay another thing above what lies in the lower left corner, or below the upper left one."""
    grid = view.layout()
    assert isinstance(grid, QGridLayout)
    side = Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignBottom
    grid.addWidget(widget, 1, 0, 1, 2, side | Qt.AlignmentFlag.AlignLeft)


def zoom_buttons(theme: Theme, view: MapView) -> ZoomButtons:
    """The three buttons, joined to a map."""
    buttons = ZoomButtons(theme, view)
    buttons.nearer.connect(lambda: view.zoom_by(2))
    buttons.farther.connect(lambda: view.zoom_by(-2))
    buttons.whole.connect(view.show_all)
    return buttons

"""The style sheet, written from tokens: flat fills, one-pixel lines, a two-pixel focus ring.

Rooms choose by properties: QLabel[type="title"], QLabel[tone="muted"], QWidget[fill="canvas"],
QLabel[line="bottom"] …, so that a change of theme or text size needs no code in them.
"""

from typing import Protocol


class Look(Protocol):
    """What the sheet asks of a theme."""

    tokens: dict[str, dict[str, dict[str, dict[str, int]]]]

    def hex(self, name: str) -> str: ...
    def px(self, pixels: float) -> int: ...
    def size(self, name: str) -> int: ...


TONES = (
    "text",
    "muted",
    "subtle",
    "disabled",
    "accent",
    "alarmText",
    "warnText",
    "goodText",
    "infoText",
    "violetText",
    "tealText",
)
FILLS = (
    "app",
    "canvas",
    "surface",
    "sunken",
    "selected",
    "warnSoft",
    "alarmSoft",
    "goodSoft",
    "infoSoft",
    "violetSoft",
    "tealSoft",
    "neutralSoft",
)


def sheet(look: Look) -> str:
    """The whole sheet."""
    parts = (_labels(look), _fills(look), _inputs(look), _choices(look), _lists(look), _frames(look))
    return "\n".join(parts)


def _labels(look: Look) -> str:
    rules = [f'QLabel[tone="{tone}"] {{ color: {look.hex(tone)}; }}' for tone in TONES]
    for role, spec in look.tokens["type"]["scale"].items():
        size = look.px(spec["px"])
        rules.append(f'QLabel[type="{role}"] {{ font-size: {size}px; font-weight: {spec["weight"]}; }}')
    rules.append('QLabel[strong="true"] { font-weight: 600; }')
    return "\n".join(rules)


def _fills(look: Look) -> str:
    rules = [f'QWidget[fill="{fill}"] {{ background: {look.hex(fill)}; }}' for fill in FILLS]
    for side in ("top", "bottom", "left", "right"):
        rules.append(f'QWidget[edge="{side}"] {{ border-{side}: 1px solid {look.hex("line")}; }}')
    for reader, tone in (("agency", "tealText"), ("internal", "lineStrong"), ("citizen", "violetText")):
        rules.append(
            f'QFrame[reader="{reader}"] {{ border: 2px solid {look.hex(tone)}; border-radius: 6px; }}'
        )
    return "\n".join(rules)


def _inputs(look: Look) -> str:
    height = look.size("input") - 12
    return f"""
QLineEdit, QComboBox, QSpinBox, QDateTimeEdit {{
    background: {look.hex("surface")}; color: {look.hex("text")};
    border: 1px solid {look.hex("lineStrong")}; border-radius: 5px; padding: 5px 9px;
    min-height: {height}px; selection-background-color: {look.hex("accent")};
    selection-color: {look.hex("onAccent")};
}}
QPlainTextEdit, QTextEdit {{
    background: {look.hex("surface")}; color: {look.hex("text")};
    border: 1px solid {look.hex("lineStrong")}; border-radius: 5px; padding: 3px 5px;
    selection-background-color: {look.hex("accent")}; selection-color: {look.hex("onAccent")};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus,
QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus {{
    border: 2px solid {look.hex("focus")};
}}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus {{ padding: 4px 8px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 2px 4px; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled, QDateTimeEdit:disabled {{
    color: {look.hex("disabled")}; background: {look.hex("canvas")}; border-color: {look.hex("line")};
}}
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] {{
    border: 2px solid {look.hex("warnText")}; padding: 4px 8px;
}}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; width: 22px; }}
QComboBox QAbstractItemView {{
    background: {look.hex("surface")}; color: {look.hex("text")}; border: 1px solid {look.hex("lineStrong")};
    selection-background-color: {look.hex("selected")}; selection-color: {look.hex("text")}; outline: 0;
}}"""


def _choices(look: Look) -> str:
    return f"""
QCheckBox, QRadioButton {{ color: {look.hex("text")}; spacing: 7px; background: transparent; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {look.hex("disabled")}; }}
QCheckBox:focus, QRadioButton:focus {{ color: {look.hex("accent")}; }}
QToolTip {{
    background: {look.hex("surface")}; color: {look.hex("text")};
    border: 1px solid {look.hex("lineStrong")}; padding: 4px 6px;
}}
QMenu {{
    background: {look.hex("surface")}; color: {look.hex("text")};
    border: 1px solid {look.hex("lineStrong")}; padding: 4px;
}}
QMenu::item {{ padding: 6px 22px 6px 12px; border-radius: 4px; }}
QMenu::item:selected {{ background: {look.hex("selected")}; color: {look.hex("text")}; }}
QMenu::item:disabled {{ color: {look.hex("disabled")}; }}
QMenu::separator {{ height: 1px; background: {look.hex("line")}; margin: 4px 6px; }}
QProgressBar {{
    background: {look.hex("line")}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px;
}}
QProgressBar::chunk {{ background: {look.hex("accent")}; border-radius: 2px; }}"""


def _lists(look: Look) -> str:
    return f"""
QAbstractItemView {{
    background: {look.hex("surface")}; alternate-background-color: {look.hex("canvas")};
    color: {look.hex("text")}; border: none; outline: 0;
    selection-background-color: {look.hex("selected")}; selection-color: {look.hex("text")};
}}
QListWidget[hits="true"] {{ border: 1px solid {look.hex("line")}; border-radius: 5px; }}
QListWidget[hits="true"]::item {{ padding-left: 8px; }}
QHeaderView::section {{
    background: {look.hex("canvas")}; color: {look.hex("muted")}; border: none;
    border-bottom: 1px solid {look.hex("line")}; padding: 0 8px;
}}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 11px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 11px; margin: 0; }}
QScrollBar::handle {{ background: {look.hex("lineStrong")}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; margin: 2px 2px 2px 3px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; margin: 3px 2px 2px 2px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}"""


def _frames(look: Look) -> str:
    return f"""
QMainWindow, QDialog {{ background: {look.hex("surface")}; }}
QSplitter::handle {{ background: {look.hex("line")}; }}
QSplitter::handle:hover {{ background: {look.hex("accent")}; }}
QFrame[card="true"] {{
    background: {look.hex("surface")}; border: 1px solid {look.hex("line")}; border-radius: 6px;
}}
QFrame[rule="true"] {{ background: {look.hex("line")}; border: none; max-height: 1px; min-height: 1px; }}"""

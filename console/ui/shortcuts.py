"""Keys that hold everywhere in the window, as one table: binding and key sheet are made from it."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


class Key(NamedTuple):
    """`sequence` for Qt, `cap` as drawn on key caps, `text`: key of the words. Where cap and text are ""
    the key is named by the one before it; where cap alone is, the palette has it without a key."""

    name: str
    sequence: str
    cap: str
    text: str


EVERYWHERE = (
    Key("keys", "F1", "F1", "key.keys"),
    Key("new", "Ctrl+N", "Ctrl N", "key.new"),
    Key("refresh", "F5", "F5", "key.refresh"),
    Key("next_pane", "F6", "F6", "key.nextPane"),
    Key("last_pane", "Shift+F6", "Shift F6", "key.lastPane"),
    Key("queue", "Ctrl+1", "Ctrl 1", "nav.queue"),
    Key("intake", "Ctrl+2", "Ctrl 2", "nav.intake"),
    Key("triage", "Ctrl+3", "Ctrl 3", "nav.triage"),
    Key("map", "Ctrl+4", "Ctrl 4", "nav.map"),
    Key("supervisor", "Ctrl+5", "Ctrl 5", "nav.supervisor"),
    Key("handover", "Ctrl+6", "Ctrl 6", "nav.handover"),
    Key("reports", "Ctrl+7", "Ctrl 7", "nav.reports"),
    Key("admin", "", "", "nav.admin"),
    Key("chase", "", "", "nav.chase"),
    Key("audit", "", "", "nav.audit"),
    Key("outbox", "Ctrl+0", "Ctrl 0", "nav.outbox"),
    Key("settings", "Ctrl+,", "Ctrl ,", "nav.settings"),
    Key("store", "Ctrl+Shift+D", "Ctrl Shift D", "store.title"),
    Key("delegation", "", "", "delegation.title"),
    Key("undo", "Ctrl+Z", "Ctrl Z", "key.undo"),
    Key("palette", "Ctrl+K", "Ctrl K", "key.palette"),
    Key("find", "Ctrl+F", "Ctrl F", "key.find"),
    Key("clear_filter", "Ctrl+Shift+L", "Ctrl Shift L", "key.clearFilter"),
    Key("retry", "Ctrl+R", "Ctrl R", "key.retry"),
    Key("map_window", "Ctrl+Shift+M", "Ctrl Shift M", "key.mapWindow"),
    Key("call_answer", "F9", "F9", "key.call.answer"),
    Key("call_hold", "F8", "F8", "key.call.hold"),
    Key("call_transfer", "F7", "F7", "key.call.transfer"),
    Key("call_end", "F12", "F12", "call.end"),
    Key("call_back", "Shift+F9", "Shift F9", "call.back"),
    Key("call_rest", "Ctrl+F9", "Ctrl F9", "key.call.rest"),
    Key("call_outcome", "Ctrl+Shift+W", "Ctrl Shift W", "key.call.outcome"),
    Key("call_1", "Alt+1", "Alt 1…4", "key.call.switch"),
    Key("call_2", "Alt+2", "", ""),
    Key("call_3", "Alt+3", "", ""),
    Key("call_4", "Alt+4", "", ""),
    Key("call_113", "Ctrl+Shift+3", "Ctrl Shift 3, 4, 5", "key.call.emergency"),
    Key("call_114", "Ctrl+Shift+4", "", ""),
    Key("call_115", "Ctrl+Shift+5", "", ""),
    Key("full_screen", "F11", "F11", "key.fullScreen"),
)

MORE = frozenset({"triage", "supervisor", "handover", "reports", "admin", "audit", "chase"})
"""Those of rooms that not every role has (`console.ui.more_rooms`)."""


def bind(window: QWidget, acts: dict[str, Callable[[], object]]) -> list[QShortcut]:
    """Bind every key of EVERYWHERE that `acts` names; the shortcuts live as long as the window."""
    made = []
    for key in EVERYWHERE:
        if key.name not in acts or not key.sequence:
            continue
        shortcut = QShortcut(QKeySequence(key.sequence), window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(acts[key.name])
        made.append(shortcut)
    return made

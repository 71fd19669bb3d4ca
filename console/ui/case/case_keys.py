"""Keys of a case: for the status bar and for the sheet of all keys."""

from collections.abc import Iterable

from console.domain.case import Actor
from console.ui.case.grid_acts import MENU, act_in
from console.ui.words import t

Keys = list[tuple[str, str]]


def keys_while_writing() -> Keys:
    """Valid in the composer."""
    return [("Ctrl Enter", t("key.send")), ("Ctrl /", t("key.templates")), ("Esc", t("key.close"))]


def keys_while_reading() -> Keys:
    """Valid on the case itself."""
    return [
        ("J", ""),
        ("K", t("key.neighbour")),
        ("Ctrl .", t("key.menu")),
        ("Ctrl U", t("files.attach")),
        ("Ctrl Z", t("key.undo")),
        ("Esc", t("key.back")),
        ("F1", t("key.keys")),
    ]


def every_key(slots: Iterable[str], actor: Actor) -> Keys:
    """All of them: the letters of the acts, then the rest."""
    acts = [act_in(slot, actor, None) for slot in (*slots, *MENU)]
    found = [(act.key, t(f"act.{act.name}.title")) for act in acts]
    rest = [("Ctrl U", t("files.attach")), ("Ctrl V", t("files.paste"))]
    return [*found, *rest, ("Ctrl Enter", t("key.send")), ("Ctrl /", t("key.templates"))]

"""Runs `calls.toml` through the real window: a real desk on a real store, a line that rings, and keys."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from console.desk.desk import Desk
from console.domain.telephone import Ended, Ending, Rang
from console.ui.main_window import MainWindow
from tests.journeys.scripted import TOLD, TYPED, ScriptedCall
from tests.ui.conftest import Stage


class Script:
    """Somebody at the desk who only has the keyboard."""

    def __init__(self, stage: Stage, desk: Desk, window: MainWindow) -> None:
        self._stage, self._desk, self._window = stage, desk, window
        self._line = 0

    def take(self, call: ScriptedCall) -> list[str]:
        """Ring, press every key, hang up. What is not as it should be, in words; none: all is."""
        self._line += 1
        line = str(self._line)
        self._desk.ear.heard(Rang(call=line, number=call.number))
        self._stage.settle()
        one = next(c.id for c in self._desk.calls() if c.line == line)
        before = self._cases()
        for step in call.keys:
            self._step(step)
        self._desk.ear.heard(Ended(call=line, how=Ending.CALLER))
        self._stage.settle()
        return self._compare(call, one, self._cases() - before)

    def _step(self, step: str) -> None:
        if step == "Alt+G":  # whoever merges has seen what into
            self._stage.until(lambda: self._window._rooms.intake.side.suspects.chosen is not None)
        focus = QApplication.focusWidget() or self._window
        if step.startswith(TYPED):
            QTest.keyClicks(focus, step.removeprefix(TYPED))
        elif step.startswith(TOLD):
            _commit(focus, step.removeprefix(TOLD))
        else:
            combination = QKeySequence(step)[0]
            QTest.keyClick(focus, combination.key(), combination.keyboardModifiers())
        self._stage.settle()

    def _cases(self) -> set[str]:
        rows = self._stage.run(
            self._desk._held.call(lambda: self._desk._held.store.read("SELECT id FROM case_row", ()))
        )
        return {str(row[0]) for row in rows}

    def _compare(self, call: ScriptedCall, one: str, made: set[str]) -> list[str]:
        wanted, wrong = call.becomes, list[str]()
        row = self._stage.run(self._desk._held.call(lambda: self._desk._held.calls.log.get(one)))
        assert row is not None

        def check(name: str, is_: Any, should_be: Any) -> None:
            if should_be and is_ != should_be:
                wrong.append(f"{call.what}: {name} is {is_!r}, not {should_be!r}")

        check("the call", row.kind, wanted.call)
        check("told in an earlier report", row.case_id is not None and not made, wanted.same_matter)
        check("the number of new reports", len(made), 0 if wanted.call or wanted.same_matter else 1)
        if made:
            view = self._stage.run(self._desk.case(made.pop()))
            assert view is not None
            case = view.case
            unit = self._desk.reference.unit(case.place.commune)
            check("its type", case.type, wanted.type)
            check("its commune", unit.short if unit else "", wanted.commune)
            check("its status", case.status.value, wanted.status)
            check("its urgency", case.urgency.value, wanted.urgency)
            notes = " ".join(str(event.data.get("text", "")) for event in view.events)
            check("the note", wanted.note in notes, True)
        back = self._stage.run(self._desk.missed_calls())
        check("a promise", any(entry.due is not None for entry in back), wanted.promised)
        return wrong


def _commit(focus: QWidget, words: str) -> None:
    """As an input method gives what was typed in Telex, word by word."""
    for word in words.split(" "):
        event = QInputMethodEvent()
        event.setCommitString(word + " ")
        QApplication.sendEvent(focus, event)
    assert focus.focusPolicy() & Qt.FocusPolicy.StrongFocus, "nothing that takes words had the cursor"

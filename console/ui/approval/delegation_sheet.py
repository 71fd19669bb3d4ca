"""A supervisor names who decides while they are away, from when until when; and ends it early."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from console.desk.administration.errors import AdminOffline, DoesNotFit
from console.desk.errors import DeskError
from console.domain.case import Actor, Role
from console.domain.delegation import Delegation
from console.domain.identity import new_id
from console.domain.limits import LINE_MAX
from console.domain.reference import Reference
from console.domain.zone import local_day
from console.reference import to_wire
from console.ui.case.due_edit import DueEdit
from console.ui.notices import Notices
from console.ui.parts.buttons import primary, quiet, secondary
from console.ui.parts.choice import DropDown
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import flow, label
from console.ui.parts.time_text import moment_text
from console.ui.queue.queue_room import Clock
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

if TYPE_CHECKING:
    from console.desk.administration.administration import Administration

WIDTH, SHIFT = 520, timedelta(hours=8)


class DelegationDesk(Protocol):
    """What is asked of the desk."""

    @property
    def clock(self) -> Clock: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def reference(self) -> Reference: ...
    @property
    def administration(self) -> Administration: ...


class DelegationSheet(QDialog):
    """Needs the centre: it says so in place. What was typed stays until it is stored."""

    def __init__(
        self, desk: DelegationDesk, theme: Theme, tasks: Tasks, notices: Notices, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._theme, self._tasks, self._notices = desk, theme, tasks, notices
        self._names: dict[str, str] = {}
        self.setWindowTitle(t("delegation.title"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = desk.clock.now()
        self.whom = DropDown(theme)
        self.since, self.until = DueEdit(theme, None, now), DueEdit(theme, None, now + SHIFT)
        self.reason = QLineEdit()
        self.reason.setMaxLength(LINE_MAX)
        self.trouble = label("", tone="warnText", wrap=True)
        self.running = QVBoxLayout()
        self._lay()
        self._show_running()
        self.trouble.setText(t("delegation.reading"))
        self._tasks.start(self._read_people())

    def _lay(self) -> None:
        px = self._theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(22), px(18))
        column.setSpacing(px(7))
        column.addWidget(label(t("delegation.title"), "title"))
        column.addWidget(label(t("delegation.what"), tone="muted", wrap=True))
        column.addLayout(self.running)
        fields = (
            ("delegation.whom", self.whom),
            ("delegation.since", self.since),
            ("delegation.until", self.until),
            ("delegation.reason", self.reason),
        )
        for key, widget in fields:
            column.addWidget(label(t(key), "label", "muted"))
            widget.setAccessibleName(t(key))
            column.addWidget(widget)
        column.addWidget(self.trouble)
        foot = QHBoxLayout()
        self.go = primary(self._theme, t("delegation.go"), "Ctrl Enter")
        self.go.clicked.connect(self.submit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.submit)
        shut = quiet(self._theme, t("delegation.shut"), "Esc")
        shut.clicked.connect(self.reject)
        foot.addWidget(self.go)
        foot.addStretch(1)
        foot.addWidget(shut)
        column.addLayout(foot)
        self.setFixedWidth(px(WIDTH))

    def _mine(self) -> list[Delegation]:
        now, user = self._desk.clock.now(), self._desk.actor.user
        return [one for one in self._desk.reference.delegations if one.by == user and one.until > now]

    def _show_running(self) -> None:
        """One's own that run or are to come, each with a way to end it."""
        while (item := self.running.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        now = self._desk.clock.now()
        for one in self._mine():
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            since, until = moment_text(one.since, now), moment_text(one.until, now)
            told = label(t("delegation.runs", name=one.to_name, since=since, until=until), wrap=True)
            end = secondary(self._theme, t("delegation.end"))
            end.setAccessibleName(t("delegation.end.of", name=one.to_name))
            end.clicked.connect(lambda _=False, one=one: self._tasks.start(self._end(one)))
            row.addWidget(told, 1)
            row.addWidget(end)
            self.running.addWidget(line)

    async def _read_people(self) -> None:
        try:
            people = (await self._desk.administration.people()).people
        except DeskError as error:
            self._say(error)
            return
        self._names = {p.code: p.name for p in people if p.role is Role.DISPATCHER and p.active}
        for code, name in sorted(self._names.items(), key=lambda pair: pair[1].split()[-1]):
            self.whom.addItem(f"{name} ({code})", code)
        self.trouble.setText("" if self._names else t("delegation.nobody"))
        self.whom.setFocus()

    def submit(self) -> None:
        """Ctrl+Enter: what cannot be is said, and stays typed."""
        since, until, now = self.since.value(), self.until.value(), self._desk.clock.now()
        if not self.whom.currentData():
            self.trouble.setText(t("delegation.noWhom"))
        elif since is None or until is None or until <= max(since, now):
            self.trouble.setText(t("delegation.badTime"))
            self.until.setFocus()
        else:
            self._tasks.start(self._give(str(self.whom.currentData()), since, until))

    async def _give(self, to: str, since: datetime, until: datetime) -> None:
        me = self._desk.actor
        made = Delegation(
            code=new_id(),
            by=me.user,
            by_name=me.name,
            to=to,
            to_name=self._names[to],
            since=since,
            until=until,
            reason=self.reason.text().strip(),
            valid_from=local_day(since),
        )
        if await self._publish([made]):
            text = t("delegation.done", name=made.to_name, until=moment_text(until, self._desk.clock.now()))
            self._notices.say(text)
            self.accept()

    async def _end(self, one: Delegation) -> None:
        now = self._desk.clock.now()
        if await self._publish([msgspec.structs.replace(one, until=max(one.since, now))]):
            self._notices.say(t("delegation.ended", name=one.to_name))
            self.accept()

    async def _publish(self, ones: Sequence[Delegation]) -> bool:
        reference = self._desk.reference
        items = [to_wire("delegations", one, reference.version) for one in ones]
        self.go.setEnabled(False)
        try:
            await self._desk.administration.publish(items, reference.version, self.reason.text().strip())
        except DeskError as error:
            self._say(error)
            return False
        finally:
            self.go.setEnabled(True)
        return True

    def _say(self, error: DeskError) -> None:
        if isinstance(error, DoesNotFit):
            flow(self.trouble, "\n".join(error.sentences))
        elif isinstance(error, AdminOffline):
            flow(self.trouble, t("delegation.offline"))
        else:
            flow(self.trouble, failure_text(error, self._desk.reference))

"""The supervisor's room: seven figures, today's intake, what waits for a yes, the overdue, agencies, desks.

Counted every thirty seconds and after acts of one's own, in the database thread; nothing moves under a hand.
"""

import asyncio
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from console.desk.board.board_rows import Board, DeskDays, Listed, Wish
from console.desk.changes import Changes
from console.desk.errors import DeskError
from console.domain.case import Role
from console.domain.command import AnyBody, GrantExtension, Remind
from console.domain.quality import ANSWERED_S
from console.domain.rights import may
from console.ui.board import board_words as words
from console.ui.board.approvals import ApprovalsPanel
from console.ui.board.board_acts import BoardActs
from console.ui.board.board_grid import BoardGrid
from console.ui.board.figure_tile import FigureTile
from console.ui.board.intake_chart import IntakePanel
from console.ui.board.lines import Column, LineTable
from console.ui.board.panel import Panel
from console.ui.board.wall import Wall
from console.ui.more_rooms import ROOMS, Kit
from console.ui.parts.buttons import secondary
from console.ui.parts.failure_text import failure_text
from console.ui.parts.text import OneLine
from console.ui.parts.time_text import clock_seconds_text, clock_text
from console.ui.words import t

EVERY_MS = 30_000
SOON_MS = 400  # after something was done here
LATE_DESKS = ("answered", "missed")
"""Figures whose parts are the lines of the desks."""


class BoardRoom(QWidget):
    """`Y`, `X` decide, `D` reminds, `S` scores the next call, `T` turns the chart into its table."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit, self._desk, self._theme = kit, kit.desk, kit.theme
        self.board: Board | None = None
        self.days = DeskDays()
        self._reading = self._again = self._began = False
        self.acts = BoardActs(kit, self.refresh)
        self.setProperty("fill", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tiles = {name: FigureTile(kit.theme, t(f"board.{name}", s=ANSWERED_S)) for name in words.TILES}
        self.figures = QWidget()
        self.figures.setFocusProxy(self.tiles[words.TILES[0]])
        self.intake, self.approvals = IntakePanel(kit.theme), ApprovalsPanel(kit.theme)
        self._tables()
        self._lay()
        for panel in (self.approvals, self.late_panel, self.agencies_panel, self.desks_panel):
            panel.say(t("board.counting"))
        self._enable()
        self._wire()
        self._keys()
        self.screen_wall = Wall(kit, self)

    # what is shown

    def _tables(self) -> None:
        theme = self._theme
        self.late = LineTable(theme, [Column(), Column("", 170)], t("board.overdue"), 44)
        self.remind = secondary(theme, t("sup.urge"), "D", "action.urge")
        self.late_panel = Panel(theme, t("board.overdue"), self.late, (self.remind,))
        agency = [
            Column(t("board.agency")),
            Column("", 130, narrow=54),
            Column(t("board.onTime.short"), 84, True, 74),
        ]
        agency.append(Column(t("board.results"), 66, True, 68))
        self.agencies = LineTable(theme, agency, t("sup.onTime"), 36, 400)
        self.agencies_panel = Panel(theme, t("sup.onTime"), self.agencies)
        desk = [
            Column(t("board.desk"), 50),
            Column(t("board.person")),
            Column(t("board.state"), 160, narrow=156),
        ]
        for name, width, narrow in (
            ("calls", 72, 70),
            ("inTime", 74, 70),
            ("held", 50, 46),
            ("mean", 60, -1),
        ):
            desk.append(Column(t(f"board.{name}"), width, True, narrow))
        self.desks = LineTable(theme, [*desk, Column(t("board.load"), 84, narrow=52)], t("sup.operators"), 36)
        self.desks_panel = Panel(theme, t("sup.operators"), self.desks)
        self.desks_panel.note.setText(t("board.noRanking"))
        self.sampling = OneLine("small", "muted")
        self.score = secondary(theme, t("board.score.next"), "S", "action.template")
        self.wall = secondary(theme, t("sup.wall"), "Ctrl Shift F", "action.wall")
        self.handover = secondary(theme, t("nav.handover"), "Ctrl 6", "nav.handover")
        self.handover.hide()
        self.as_of = OneLine("small", "muted")

    def _lay(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self.figures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        panels = (self.intake, self.approvals, self.late_panel, self.agencies_panel, self.desks_panel)
        self.grid = BoardGrid(self._theme, panels)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(14), px(6), px(14), px(6))
        foot.setSpacing(px(10))
        foot.addWidget(self.score)
        foot.addWidget(self.sampling, 2)
        foot.addWidget(self.as_of, 1)
        foot.addWidget(self.handover)
        foot.addWidget(self.wall)
        self.as_of.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.figures)
        column.addWidget(self.grid, 1)
        column.addLayout(foot)

    def _wire(self) -> None:
        for name, tile in self.tiles.items():
            tile.clicked.connect(partial(self.open_list, name))
            tile.second.connect(partial(self.open_list, f"{name}.sub"))
        self.approvals.decided.connect(self._decide)
        self.approvals.opened.connect(self._kit.window.open_case)
        self.late.opened.connect(self._kit.window.open_case)
        self.late.moved.connect(lambda _key: self._enable())
        self.agencies.opened.connect(self._open_agency)
        self.desks.opened.connect(self._open_desk)
        self.remind.clicked.connect(self.remind_agency)
        self.score.clicked.connect(self.score_next)
        self.wall.clicked.connect(self.open_wall)
        self.handover.clicked.connect(lambda: self._kit.window.show_room("handover"))
        for panel in (self.approvals, self.late_panel, self.agencies_panel, self.desks_panel):
            assert isinstance(panel.body, LineTable)
            panel.body.entered.connect(partial(self.grid.reveal, panel))
        self._kit.signals.changed.connect(self._on_changes)
        self._every, self._soon = QTimer(self), QTimer(self)
        self._every.setInterval(EVERY_MS)
        self._every.timeout.connect(self.refresh)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.refresh)

    def _keys(self) -> None:
        for key, act in (
            ("Y", self.approvals.approve),
            ("X", self.approvals.decline),
            ("D", self.remind_agency),
            ("S", self.score_next),
            ("T", self.intake.turn),
            ("Escape", self.approvals.put_away),
        ):
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # reading

    def refresh(self) -> None:
        """F5, and every half minute: count anew; once at a time."""
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._kit.tasks.start(self._read(), self._not_read)

    async def _read(self) -> None:
        try:
            board, days = await self._desk.board(), await self._desk.desk_days()
        finally:
            self._reading = False
        for step in self.steps(board, days):
            step()
            await asyncio.sleep(0)
        if not self._began:
            self._began = True
            if self.isAncestorOf(QApplication.focusWidget() or self.window()):
                self.activated()  # only now it is known what waits
        if self._again:
            self._again = False
            self.refresh()

    def _not_read(self, error: DeskError) -> bool:
        shown = clock_text(self.board.as_of) if self.board else "–"
        self.as_of.setText(t("board.stale", time=shown, why=failure_text(error)))
        return True

    def _on_changes(self, changes: Changes) -> None:
        if self.isVisible() and (changes.outbox or changes.board) and not self._soon.isActive():
            self._soon.start()

    def steps(self, board: Board, days: DeskDays) -> tuple[Callable[[], None], ...]:
        """All of it, as counted at one moment: each part in a turn of the interface of its own."""
        self.board, self.days = board, days
        return (
            self._show_figures,
            self._show_intake,
            self._show_wishes,
            self._show_late,
            self._show_agencies,
            self._show_desks,
        )

    def _show_figures(self) -> None:
        board = self.board
        if board is None:
            return
        for name, figure in words.figures(board, self.days).items():
            self.tiles[name].show_figure(figure, t(f"board.{name}", s=board.answered_s))
        self.as_of.setText(t("board.asOf", time=clock_seconds_text(board.as_of)))
        self._kit.window.set_count("supervisor", board.asking.n)
        self._show_sampling()
        self.handover.setVisible(self._has_handover())

    def _show_intake(self) -> None:
        if self.board is not None:
            self.intake.show_chart(words.hours(self.board), self.board.today.n)

    def _show_wishes(self) -> None:
        board = self.board
        if board is not None:
            self.approvals.show_wishes(board.wishes, board.asking.n, board.as_of, self._decides())

    def _show_late(self) -> None:
        board = self.board
        if board is None:
            return
        self.late.put([words.late_line(row, board.as_of) for row in board.late])
        self.late_panel.tell_count(board.overdue.n, "alarmText" if board.overdue.n else "muted")
        self.late_panel.note.setText(t("board.oldest") if board.late else "")
        self.late_panel.say("" if board.late else t("board.overdue.none"))
        self._enable()

    def _show_agencies(self) -> None:
        board = self.board
        if board is None:
            return
        self.agencies.put([words.agency_line(one, board.on_time_target) for one in board.agencies])
        aim = t("board.tick", n=board.on_time_target) if board.on_time_target is not None else ""
        self.agencies_panel.note.setText(aim)
        self.agencies_panel.say("" if board.agencies else t("board.agencies.none"))

    def _show_desks(self) -> None:
        held = {user: listed.n for user, listed in self.board.held.items()} if self.board else {}
        self.desks.put(words.desk_lines(self.days, held, self._desk.clock.now()))
        self._say_desks()

    def _say_desks(self) -> None:
        """Where others' states cannot be known it is said in this place."""
        away = self.days.as_of is None
        self.desks_panel.note.setText(t("board.alone") if away else t("board.noRanking"))
        self.desks_panel.say("" if self.days.days else t("board.desks.none"))

    def _has_handover(self) -> bool:
        return any(room.name == "handover" and self._desk.actor.role in room.roles for room in ROOMS)

    def _show_sampling(self) -> None:
        sampling = self.board.sampling if self.board else None
        leads = self._desk.actor.role is Role.SUPERVISOR
        self.score.setVisible(leads and sampling is not None)
        self.sampling.setVisible(leads and sampling is not None)
        if sampling is not None:
            form = sampling.form
            self.sampling.setText(
                t(
                    "board.sampling",
                    done=sampling.scored,
                    all=sampling.drawn,
                    percent=form.percent,
                    days=form.days,
                )
            )
            self.score.setEnabled(bool(sampling.next))

    def _decides(self) -> bool:
        desk = self._desk
        return may(desk.actor, GrantExtension, None, desk.reference, desk.clock.now()) is None

    def _enable(self) -> None:
        self.remind.setEnabled(bool(self.late.key))

    # lists

    def open_list(self, name: str) -> None:
        """A figure was pressed: the list that has so many rows."""
        if name in LATE_DESKS:
            self.desks.setFocus()
            return
        board = self.board
        if board is None:
            return
        listed: dict[str, Listed] = {
            "open": board.open, "overdue": board.overdue, "near": board.near, "onTime": board.judged,
            "asking": board.asking, "open.sub": board.today, "near.sub": board.near_critical,
            "overdue.sub": board.worst or board.overdue,
        }  # fmt: skip
        self._open(listed[name])

    def _open(self, listed: Listed) -> None:
        self._kit.window.show_room("queue")
        self._kit.queue.viewing.show_with(listed.view, listed.filter)

    def _open_agency(self, code: str) -> None:
        found = next((one for one in self.board.agencies if one.code == code), None) if self.board else None
        if found is not None:
            self._open(found.judged)

    def _open_desk(self, key: str) -> None:
        """What this person has in hand."""
        user = key.partition("/")[2]
        held = self.board.held.get(user) if self.board else None
        if held is not None:
            self._open(held)

    # acts

    def _decide(self, wish: Wish, body: AnyBody, text: str) -> None:
        self.acts.give(wish.row.id, body, text, self.approvals.given)

    def remind_agency(self) -> None:
        """D: the agency of the overdue case under the cursor is reminded."""
        row = next((one for one in self.board.late if one.id == self.late.key), None) if self.board else None
        if row is not None:
            text = t("board.reminded", number=row.number, agency=row.lead_name or t("filter.noAgency"))
            body = Remind(text=t("board.remind.text", number=row.number))
            self.acts.give(row.id, body, text)

    # sampling

    def score_next(self) -> None:
        """S"""
        sampling = self.board.sampling if self.board else None
        if sampling is None or self._desk.actor.role is not Role.SUPERVISOR:
            return
        if not sampling.next:
            self._kit.notices.say(t("board.score.none"), seconds=5)
            return
        self.acts.score(sampling.next, sampling.form, self)

    def open_wall(self) -> None:
        """Ctrl+Shift+F, wherever one is: the wall comes, or goes."""
        self.screen_wall.toggle()

    def close_room(self) -> None:
        """The shift ends."""
        self._every.stop()
        self._soon.stop()
        self.screen_wall.end()

    # the window's wishes

    def panes(self) -> list[QWidget]:
        """For F6: those with something in them."""
        lists = (self.intake, self.approvals, self.late_panel, self.agencies_panel, self.desks_panel)
        return [self.figures, *(one for one in lists if one.shows)]

    def activated(self) -> None:
        """The room is shown: keys go to what waits for a yes, else to the overdue."""
        (self.approvals.table if self.approvals.wishes else self.late).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._every.start()  # and on, for the figure at its entry in the rail

    def keys(self) -> list[tuple[str, str]]:
        """Keys valid here, for the status bar."""
        keys = [("Y", t("board.key.yes")), ("X", t("board.key.no")), ("D", t("board.key.remind"))]
        if not self.score.isHidden():
            keys.append(("S", t("board.key.score")))
        keys += [("Ctrl Shift F", t("board.key.wall")), ("F5", t("board.key.refresh"))]
        return [*keys, ("F1", t("key.keys"))]

    def all_keys(self) -> list[tuple[str, str]]:
        """Every key of the board, for the key sheet."""
        more = [
            ("J / K", t("key.row")),
            ("Enter", t("board.key.list")),
            ("Shift Enter", t("board.key.second")),
        ]
        more.append(("T", t("board.key.table")))
        return [*more, *self.keys()]


def make(kit: Kit) -> BoardRoom:
    """For `console.ui.more_rooms`."""
    return BoardRoom(kit)

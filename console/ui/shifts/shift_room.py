"""The room of the shifts: the sheet of this one, signed sheets, the roster."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from console.ui.more_rooms import Kit
from console.ui.parts.composing import commit_preedit
from console.ui.parts.tab_row import TabRow
from console.ui.shifts.book_page import BookPage
from console.ui.shifts.roster_page import RosterPage
from console.ui.shifts.sheet_page import SheetPage
from console.ui.words import t

PAGES = ("now", "book", "roster")


class ShiftRoom(QWidget):
    """Ctrl+Tab goes from page to page; Ctrl+Enter, Ctrl+P, Ctrl+S mean what is shown."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.now, self.book, self.roster = SheetPage(kit), BookPage(kit), RosterPage(kit)
        self.tabs = TabRow(kit.theme)
        for name in PAGES:
            self.tabs.add(name, t(f"shifts.tab.{name}"))
        self.pages = QStackedWidget()
        for page in (self.now, self.book, self.roster):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self.pages, 1)
        self.tabs.chosen.connect(lambda name: self.open_page(PAGES.index(name)))
        self.now.signed.connect(self.open_sheet)
        self._bind()
        self.open_page(0)

    def _bind(self) -> None:
        now, book, roster = self.now, self.book, self.roster
        self._keys(now, {
            "Ctrl+Return": now.give, "Ctrl+Enter": now.give, "Ctrl+P": now.print_sheet,
            "Ctrl+S": now.save_file, "Alt+N": now.notes.setFocus, "Alt+S": now.troubles.setFocus,
            "Alt+L": now.reason.setFocus, "Alt+W": now.other_duty,
        })  # fmt: skip
        self._keys(book, {
            "Ctrl+Return": book.give, "Ctrl+Enter": book.give, "Ctrl+P": book.print_sheet,
            "Ctrl+S": book.save_file, "Ctrl+D": book.mark_read,
        })  # fmt: skip
        self._keys(roster, {
            "Alt+Left": lambda: roster.turn(-1), "Alt+Right": lambda: roster.turn(1),
            "Ctrl+D": roster.copy_week, "Ctrl+H": roster.show_past,
        })  # fmt: skip
        self._keys(self, {"Ctrl+Tab": lambda: self.step(1), "Ctrl+Shift+Tab": lambda: self.step(-1)})

    def _keys(self, page: QWidget, acts: dict[str, Callable[[], object]]) -> None:
        for sequence, act in acts.items():
            shortcut = QShortcut(QKeySequence(sequence), page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    # pages

    def open_page(self, place: int) -> None:
        """One of PAGES, by its place."""
        commit_preedit()
        self.now.write()
        self.pages.setCurrentIndex(place)
        self.tabs.choose(PAGES[place])
        (self.now, self.book, self.roster)[place].look()
        self._focus()

    def step(self, by: int) -> None:
        """Ctrl+Tab: the next page."""
        self.open_page((self.pages.currentIndex() + by) % len(PAGES))

    def open_sheet(self, sheet_id: str) -> None:
        """A signed one."""
        self.open_page(1)
        self.book.go_to(sheet_id)

    def _focus(self) -> None:
        (self.now.notes, self.book.list, self.roster.table)[self.pages.currentIndex()].setFocus()

    # the window's wishes

    def activated(self) -> None:
        """The room comes to the front: everything is read again."""
        (self.now, self.book, self.roster)[self.pages.currentIndex()].look()
        self._focus()

    def refresh(self) -> None:
        """F5"""
        self.activated()

    def keys(self) -> list[tuple[str, str]]:
        """Those of the page that is shown."""
        place = self.pages.currentIndex()
        pages: tuple[list[tuple[str, str]], ...] = (
            [("Ctrl Enter", t("shifts.sign")), ("Alt W", t("shifts.other")), ("Ctrl P", t("shifts.print"))],
            [("Ctrl Enter", t("handover.accept")), ("Ctrl D", t("shifts.read")),
             ("Ctrl P", t("shifts.print"))],
            [("1…9", t("roster.key.toggle")), ("T", t("roster.lead")), ("Enter", t("roster.key.open")),
             ("Del", t("roster.key.clear"))],
        )  # fmt: skip
        return [*pages[place], ("Ctrl Tab", t("shifts.nextPage"))]

    def all_keys(self) -> list[tuple[str, str]]:
        """With those that the status bar has no room for."""
        more = {
            0: [("Ctrl S", t("shifts.pdf")), ("Alt N", t("handover.notes")), ("Alt S", t("shifts.troubles")),
                ("Alt L", t("shifts.reason"))],
            1: [("Ctrl S", t("shifts.pdf"))],
            2: [("Alt ←", t("roster.back")), ("Alt →", t("roster.on")), ("Ctrl D", t("roster.copy")),
                ("Ctrl H", t("roster.past"))],
        }  # fmt: skip
        return [*self.keys(), *more[self.pages.currentIndex()]]

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        commit_preedit()
        self.now.write()

    def close_room(self) -> None:
        """The shift of this person ends: what is typed goes to the disk."""
        commit_preedit()
        self.now.write()


def make(kit: Kit) -> ShiftRoom:
    """The room, for `console.ui.more_rooms`."""
    return ShiftRoom(kit)

"""Which view the queue shows, under which filter, in which order: tabs, saved views, filter bar, counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QWidget

from console.desk.errors import DeskError
from console.desk.rows import Filter, Sort, View
from console.desk.views import BUILT_INS, SavedView
from console.ui.memory import Memory
from console.ui.parts.failure_text import failure_text
from console.ui.parts.tab_row import TabRow
from console.ui.queue.filter_bar import FilterBar
from console.ui.queue.laying_out import LayingOut
from console.ui.queue.state import QueueState
from console.ui.queue.view_menu import SavedViewMenu
from console.ui.queue.view_sheet import ViewSheet
from console.ui.tasks import Tasks
from console.ui.theme import Theme
from console.ui.words import t

COUNTS_MS = 1000  # the counts of the views are read at most this often
SAVED = "saved"  # the tab of the saved views
TONES = {View.SOON: "warnText", View.OVERDUE: "alarmText"}
replace = msgspec.structs.replace


class ViewsDesk(Protocol):
    """What is asked of the desk."""

    async def counts(self, filter: Filter | None = None) -> dict[View, int]: ...
    async def count(self, view: View, filter: Filter = ...) -> int: ...
    async def saved_views(self) -> tuple[SavedView, ...]: ...
    async def keep_view(self, view: SavedView) -> SavedView: ...
    async def drop_view(self, view_id: str) -> None: ...


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What the queue shall show now; None: as it is."""

    view: View | None = None
    filter: Filter | None = None
    sort: Sort | None = None
    reverse: bool | None = None


class Viewing(QObject):
    """`asked(Asked)`: read this. `said(text, undo)`: a sentence for the operator. `words_cleared`: there are
    none any more. `counted(dict)`: how many each built-in view holds without any filter. `active`: the saved
    view that is shown; None: a built-in one."""

    asked = Signal(object)
    counted = Signal(object)
    said = Signal(str, object)
    words_cleared = Signal()

    def __init__(
        self, desk: ViewsDesk, theme: Theme, tasks: Tasks, memory: Memory, state: QueueState, user: str,
        tabs: TabRow, bar: FilterBar, layouts: LayingOut, parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk, self._theme, self._tasks, self._memory = desk, theme, tasks, memory
        self._state, self._user, self._window = state, user, parent
        self._tabs, self._bar, self._layouts = tabs, bar, layouts
        self.saved: tuple[SavedView, ...] = ()
        self.active: SavedView | None = None
        for view in BUILT_INS:
            tabs.add(view.id, t(view.name), TONES.get(view.base, "muted"))
        self._tab = tabs.add(SAVED, t("views.tab"), icon="ph.bookmark-simple")
        self._tab.tell(t("views.tab.tip"))
        self._recount = QTimer(self)
        self._recount.setSingleShot(True)
        self._recount.setInterval(COUNTS_MS)
        self._recount.timeout.connect(lambda: tasks.start(self.count()))
        tabs.chosen.connect(self._on_tab)
        bar.changed.connect(self._on_filter)
        bar.sorted.connect(self._on_sort)
        layouts.sorted.connect(self._on_sort)
        bar.sort.set_value(state.sort.value)
        self._mark()
        layouts.show(state.view.value)

    # what is shown

    def _on_tab(self, name: str) -> None:
        if name == SAVED:
            self._mark()  # the menu decides
            self.open_menu()
        else:
            self.show(View(name))

    def show(self, view: View) -> None:
        """A built-in view, from its top; the filter and the order of a saved one are left behind."""
        left, self.active = self.active, None
        self._layouts.show(view.value)
        if left is None:
            self.asked.emit(Asked(view=view))
        else:
            sort, reverse = kept_order(self._memory)
            self._show_question(view, Filter(), sort, reverse)
        self._mark(view)

    def show_all(self, filter: Filter) -> None:
        """Every case kept here that fits, closed ones too; its tab is that of the saved views."""
        self.show_with(View.ALL, filter)

    def show_with(self, view: View, filter: Filter) -> None:
        """What a view holds under a filter, from its top."""
        self.active = None
        self._layouts.show(view.value)
        self._show_question(view, filter, *kept_order(self._memory))
        self._mark(view)

    def show_saved(self, view: SavedView) -> None:
        """A saved view as it was saved, from its top."""
        self.active = view
        self._layouts.show(f"{SAVED}.{view.id}", view.columns)
        self._layouts.put(view.columns)
        self._show_question(view.base, view.filter, view.sort, view.reverse)
        self._mark(view.base)

    def _show_question(self, view: View, filter: Filter, sort: Sort, reverse: bool) -> None:
        had_words = bool(self._bar.filter.words)
        self._bar.show_filter(filter)
        self._bar.sort.set_value(sort.value)
        if had_words and not filter.words:
            self.words_cleared.emit()
        self.asked.emit(Asked(view=view, filter=filter, sort=sort, reverse=reverse))

    def _mark(self, base: View | None = None) -> None:
        """The tab of what is shown; `base`: where that is only asked for yet."""
        active, view = self.active, base or self._state.view
        every = active is None and view is View.ALL
        name = active.name if active else t("views.all" if every else "views.tab")
        self._tabs.show_name(SAVED, name)
        if active is None:
            self._tab.set_count(None)
        self._tabs.choose(SAVED if active or every else view.value)

    def _on_filter(self, filter: Filter) -> None:
        if not filter.words:
            self.words_cleared.emit()
        self.asked.emit(Asked(filter=filter))
        self._recount.start()

    def _on_sort(self, sort: Sort, reverse: bool = False) -> None:
        if self.active is None:
            self._memory.keep("queue.sort", sort.value)
            self._memory.keep("queue.reverse", int(reverse))
        self._bar.sort.set_value(sort.value)
        self.asked.emit(Asked(sort=sort, reverse=reverse))

    # counts

    def count_soon(self) -> None:
        """Something changed that may count."""
        if not self._recount.isActive():
            self._recount.start()

    async def count(self) -> None:
        """Read the figures of all tabs."""
        state, active = self._state, self.active
        narrowed = state.filtered and not active
        counts = await self._desk.counts(state.filter if narrowed else None)
        for view, count in counts.items():
            self._tabs.set_count(view.value, count)
        self.counted.emit(await self._desk.counts(None) if narrowed else counts)
        if active is not None or state.view is View.ALL:
            shown = state.generation
            count = await self._desk.count(state.view, state.filter)
            if state.generation == shown:
                self._tabs.set_count(SAVED, count)

    # saved views

    async def read(self) -> None:
        """Read anew which there are; the one that is shown may have gone, or be called otherwise."""
        self.saved = await self._desk.saved_views()
        if self.active is not None:
            shown = self.active.id
            self.active = next((view for view in self.saved if view.id == shown), None)
            self._mark()

    def open_menu(self) -> SavedViewMenu:
        """Below its tab."""
        menu = SavedViewMenu(self.saved, self._user, self.active, self.changed, self._window)
        menu.chosen.connect(self.show_saved)
        menu.save_wanted.connect(lambda: self._open_sheet(self.now("")))
        menu.edit_wanted.connect(self._open_sheet)
        menu.overwrite_wanted.connect(self._overwrite)
        menu.drop_wanted.connect(lambda view: self._tasks.start(self._drop(view)))
        menu.popup(self._tab.mapToGlobal(QPoint(0, self._tab.height())))
        for view in self.saved:
            self._tasks.start(self._count_into(menu, view))
        return menu

    async def _count_into(self, menu: SavedViewMenu, view: SavedView) -> None:
        menu.set_count(view.id, await self._desk.count(view.base, view.filter))

    def now(self, name: str) -> SavedView:
        """What is shown, as a view of that name."""
        state = self._state
        return SavedView(
            name=name, base=state.view, filter=self._bar.filter, sort=state.sort, reverse=state.reverse,
            columns=self._layouts.layout.names,
        )  # fmt: skip

    @property
    def changed(self) -> bool:
        """Whether what is shown is no longer as the saved view has it."""
        if self.active is None:
            return False
        usual = replace(self.active, columns=self.active.columns or self._layouts.layout.names)
        return self._over(usual) != usual

    def _over(self, view: SavedView) -> SavedView:
        """What is shown, in the place of a view."""
        now = self.now(view.name)
        return replace(
            view, base=now.base, filter=now.filter, sort=now.sort, reverse=now.reverse, columns=now.columns
        )

    def _open_sheet(self, view: SavedView) -> None:
        own = [one for one in self.saved if one.owner == self._user]
        sheet = ViewSheet(self._theme, view, own, self._window.window())
        sheet.given.connect(lambda named: self._tasks.start(self._save(named, sheet)))
        sheet.open()

    async def _save(self, view: SavedView, sheet: ViewSheet) -> None:
        """Under the name and for whom the sheet says; where it cannot be, the sheet says why."""
        try:
            kept = await self._desk.keep_view(view)
        except DeskError as error:
            sheet.tell(failure_text(error))
            return
        sheet.accept()
        await self.read()
        if self.active is None or self.active.id != kept.id:
            self._layouts.show(f"{SAVED}.{kept.id}", kept.columns)
            self._layouts.put(kept.columns)
        self.active = kept
        self._mark()
        await self.count()
        self.said.emit(t("views.shared" if kept.shared else "views.saved", name=kept.name), None)

    def _overwrite(self, view: SavedView) -> None:
        self._tasks.start(self._keep(self._over(view), view))

    async def _keep(self, view: SavedView, before: SavedView) -> None:
        await self._desk.keep_view(view)
        await self.read()
        self.said.emit(t("views.overwritten", name=view.name), self._back(before))

    async def _drop(self, view: SavedView) -> None:
        await self._desk.drop_view(view.id)
        if self.active is not None and self.active.id == view.id:
            self.show(self._state.view)
        await self.read()
        self.said.emit(t("views.dropped", name=view.name), self._back(view))

    def _back(self, view: SavedView) -> Callable[[], None]:
        return lambda: (self._tasks.start(self._restore(view)), None)[1]

    async def _restore(self, view: SavedView) -> None:
        kept = await self._desk.keep_view(view)
        await self.read()
        self.show_saved(kept)


def kept_order(memory: Memory) -> tuple[Sort, bool]:
    """The order that somebody chose last for the built-in views."""
    value = memory.text("queue.sort", Sort.DUE.value)
    sort = Sort(value) if value in {sort.value for sort in Sort} else Sort.DUE
    return sort, memory.number("queue.reverse", 0) == 1

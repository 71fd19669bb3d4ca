"""Keeps the chosen layers of a map: its parts show them, the legend says them, memory holds them."""

from datetime import date
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Qt

from console.desk.changes import Changes
from console.domain.case import Actor
from console.domain.zone import local_day
from console.ui.map.layers.bounds_part import BoundsDesk, BoundsPart
from console.ui.map.layers.choices import Choices, Ground, recall, remember
from console.ui.map.layers.facts import LegendFacts
from console.ui.map.layers.ground_part import GroundPart, OpenServer
from console.ui.map.layers.heat_part import HeatDesk, HeatPart
from console.ui.map.layers.layer_legend import LayerLegend
from console.ui.map.layers.marks_part import MarksPart
from console.ui.map.layers.part import Part
from console.ui.map.layers.sections import (
    GroundSection,
    HeatSection,
    MarksSection,
    PlacesSection,
    Section,
    ShadeSection,
)
from console.ui.map.layers.shade_part import ShadeDesk, ShadePart
from console.ui.map.layers.sheet import LayersSheet
from console.ui.map.map_pane import MapPane
from console.ui.memory import Memory
from console.ui.parts.buttons import quiet
from console.ui.signals import DeskSignals
from console.ui.tasks import Door, Tasks
from console.ui.theme import Theme
from console.ui.words import t


class LayersDesk(HeatDesk, ShadeDesk, BoundsDesk, Protocol):
    """What the layers ask of the desk."""

    @property
    def actor(self) -> Actor: ...


class LayerKeeper(QObject):
    """Made once for a map pane; puts its button into the pane's header and `L` beside it."""

    def __init__(
        self,
        pane: MapPane,
        desk: LayersDesk,
        signals: DeskSignals,
        theme: Theme,
        tasks: Tasks,
        memory: Memory,
        door: Door,
        open_server: OpenServer,
    ) -> None:
        """`door`: where sentences go while the sheet is shut. `open_server`: opens an address of tiles."""
        super().__init__(pane)
        self._pane, self._memory, self._door, self._user = pane, memory, door, desk.actor.user
        self.choices = Choices()
        self.heat = HeatPart(pane.view, desk, theme, tasks)
        self.shade = ShadePart(pane, desk, tasks)
        self.bounds = BoundsPart(pane, desk, theme, tasks)
        self.marks = MarksPart(pane.view, theme, tasks)
        self.ground = GroundPart(pane.view, theme, tasks, open_server)
        self._parts: list[Part] = [self.bounds, self.ground, self.heat, self.shade, self.marks]
        self.legend = LayerLegend(theme, pane.view)
        self.legend.folded.connect(lambda folded: self._take(self.choices.changed(legend=not folded)))
        pane.add_legend(self.legend)
        self.sheet = LayersSheet(theme, pane.view, self._sections(theme, local_day(desk.clock.now())))
        self.sheet.chosen.connect(self._take)
        self._add_button(theme)
        pane.facts_from(self.facts)
        pane.bounded.connect(self._on_reference)
        pane.closing.connect(self._close)
        for part in self._parts:
            part.told.connect(self._say)
            part.trouble.connect(self._tell)
        signals.changed.connect(self._on_changes)

    def _sections(self, theme: Theme, today: date) -> list[tuple[str, Section]]:
        shades, marks = ShadeSection(theme), MarksSection(theme)
        self.shade.offered.connect(shades.offer)
        marks.wanted.connect(self.marks.try_file)
        self.marks.usable.connect(lambda path: self._take(self.choices.changed(marks=True, marks_file=path)))
        ground = GroundSection(theme)
        ground.wanted.connect(self.ground.try_ground)
        self.ground.usable.connect(self._take_ground)
        return [
            ("layers.reports", HeatSection(theme, today)),
            ("layers.communes", shades),
            ("layers.places", PlacesSection(theme, today)),
            ("layers.flood", marks),
            ("layers.ground", ground),
        ]

    def _add_button(self, theme: Theme) -> None:
        button = quiet(theme, t("layers.button"), icon="action.layers", parent=self._pane)
        button.setToolTip(t("layers.button.hint"))
        button.clicked.connect(self.toggle)
        self._pane.add_tool(button)
        self._pane.add_key(Qt.Key.Key_L, self.toggle, "L", t("key.layers"))

    def start(self) -> None:
        """Show what this person saw last."""
        self._show(recall(self._memory, self._user))

    def toggle(self) -> None:
        """Open the sheet, or close it."""
        if self.sheet.isVisible():
            self.sheet.close_sheet()
        else:
            self.sheet.open_sheet()

    def facts(self, plain: LegendFacts) -> LegendFacts:
        """The legend's facts with those of the layers."""
        facts = msgspec.structs.replace(plain, pins=self.choices.pins)
        for part in self._parts:
            facts = part.add_to(facts)
        return facts

    def _take(self, choices: Choices) -> None:
        remember(self._memory, self._user, choices)
        self._show(choices)

    def _take_ground(self, kind: Ground, place: str) -> None:
        field = "ground_file" if kind is Ground.FILE else "address"
        self._take(self.choices.changed(ground=kind, **{field: place}))

    def _show(self, choices: Choices) -> None:
        self.choices = choices
        self.sheet.show_choices(choices)
        self._pane.view.set_pins(choices.pins)
        self.legend.set_open(choices.legend)
        for part in self._parts:
            part.show(choices)
        self._say()

    def _on_changes(self, changes: Changes) -> None:
        for part in self._parts:
            part.on_changes(changes)

    def _on_reference(self) -> None:
        for part in self._parts:
            part.on_reference()

    def _tell(self, sentence: str) -> None:
        """In the sheet, and where everybody looks while that is shut."""
        self.sheet.say(sentence)
        if sentence and not self.sheet.isVisible():
            self._door.problem(sentence)

    def _say(self) -> None:
        self.legend.set_facts(self._pane.legend_facts())

    def _close(self) -> None:
        for part in self._parts:
            part.close()

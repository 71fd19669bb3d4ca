"""The legend of the layers in words: for the screen, for the screen reader, and for paper."""

from datetime import timedelta

from console.ui.map.layers.choices import Period
from console.ui.map.layers.facts import HeatFacts, LegendFacts
from console.ui.parts.time_text import date_text
from console.ui.words import language, t


def number_text(number: float, digits: int = 0) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English."""
    text = f"{number:,.{digits}f}"
    return text.translate(str.maketrans(",.", ".,")) if language() == "vi" else text


def distance_text(metres: float) -> str:
    """300 m, 2,5 km: two figures."""
    rounded = float(f"{metres:.2g}")
    if rounded < 1000:
        return t("map.radius.m", n=number_text(rounded))
    return t("map.radius.km", n=number_text(rounded / 1000, 0 if rounded >= 10_000 else 1))


def heat_words(heat: HeatFacts) -> list[str]:
    """How many reports of which period, and what the strongest shade stands for."""
    count = number_text(heat.reports)
    if heat.period is Period.RANGE:
        last = heat.until - timedelta(minutes=1)  # the end is the midnight after
        told = t("layers.heat.range", n=count, since=date_text(heat.since), until=date_text(last))
    else:
        told = t(f"layers.heat.{heat.period.value}", n=count)
    if not heat.reports or not heat.top:
        return [told]
    far = distance_text(heat.within_m)
    return [told, t("layers.heat.top", n=number_text(heat.top), far=far)]


def legend_words(facts: LegendFacts) -> list[str]:
    """All that the layers' legend says, line by line."""
    return heat_words(facts.heat) if facts.heat is not None else []

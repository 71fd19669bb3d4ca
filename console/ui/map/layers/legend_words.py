"""The legend of the layers in words: for the screen, for the screen reader, and for paper."""

from datetime import timedelta

from console.geo.shading import CLASSES, ShadeClass
from console.ui.map.layers.choices import Measure, Period
from console.ui.map.layers.facts import HeatFacts, LegendFacts, ShadeFacts
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


def figure_text(measure: Measure, figure: float) -> str:
    """A commune's figure: 12, or 2,4 per 1,000 people."""
    return number_text(figure, 1 if measure is Measure.PER_1000 else 0)


def class_words(measure: Measure, shade: ShadeClass) -> str:
    """nhiều: 8–19 (29 xã)"""
    least, most = (figure_text(measure, figure) for figure in (shade.least, shade.most))
    span = least if least == most else f"{least}–{most}"
    return t("layers.shade.class", word=t(f"layers.shade.{shade.number}"), span=span, n=shade.communes)


def level_text(number: int) -> str:
    """4/5"""
    return f"{number + 1}/{CLASSES}"


def shade_rest(shade: ShadeFacts) -> list[str]:
    """What is not shaded, and why."""
    told = [("nothing", shade.nothing), ("unknown", shade.unknown), ("unplaced", shade.unplaced)]
    return [t(f"layers.shade.{name}", n=number_text(count)) for name, count in told if count]


def shade_words(shade: ShadeFacts) -> list[str]:
    """The measure, its classes from the least to the most, and what is in none."""
    classes = [class_words(shade.measure, one) for one in shade.classes]
    return [t(f"layers.measure.{shade.measure.value}.title"), *classes, *shade_rest(shade)]


def legend_words(facts: LegendFacts) -> list[str]:
    """All that the layers' legend says, line by line."""
    told = heat_words(facts.heat) if facts.heat is not None else []
    told += shade_words(facts.shade) if facts.shade is not None else []
    told += post_words(facts) + mark_words(facts)
    return [*told, *source_words(facts)] if told or facts.ground else []


def post_words(facts: LegendFacts) -> list[str]:
    """The kinds of posts, and that they are for practice where they are."""
    told = [t(f"layers.post.{kind}") for kind in facts.posts]
    return [*told, t("layers.posts.practice")] if facts.practice_posts else told


def mark_words(facts: LegendFacts) -> list[str]:
    """How many flood marks, and the file they are from."""
    if not facts.marks:
        return []
    return [t("layers.marks.legend", n=number_text(facts.marks_count), file=facts.marks)]


def source_words(facts: LegendFacts) -> list[str]:
    """Of which day the boundaries are, how exact, and whose the pictures beneath are."""
    told = []
    if facts.day is not None:
        key = "layers.source.approximate" if facts.approximate else "layers.source"
        told.append(t(key, day=f"{facts.day:%d/%m/%Y}"))
    if facts.ground:
        told.append(t("layers.source.ground", ground=facts.ground))
    return told + ([facts.ground_by] if facts.ground_by else [])

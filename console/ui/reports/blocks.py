"""From figures to the blocks of a report."""

from collections.abc import Sequence
from datetime import date

from console.domain.figures.figures import AgencyFigures, Count, Figures, on_time
from console.domain.figures.period import DAYS_SHOWN, WEEKS_SHOWN, Period
from console.domain.quality import target_of
from console.domain.reference import Reference
from console.ui.parts.chart_data import Chart, Series
from console.ui.reports.answers_block import answers_block
from console.ui.reports.document import Block, Cell, Column, MapSheet, Table
from console.ui.reports.numbers import count, day_text, minutes, share, whole
from console.ui.words import language, t

TOP_TYPES = 10
AGENCIES_DRAWN = 20
LABELS_ALONG = 12  # so many have room under a line
ROW_MM = 6.5  # of a lying bar
FRAME_MM = 16.0  # around them


class Names:
    """What codes are called, as they were at the end of the period."""

    def __init__(self, reference: Reference, period: Period) -> None:
        self._reference, self._on = reference, period.last

    def unit(self, code: str) -> str:
        """A district or commune with its kind."""
        unit = self._reference.unit(code, self._on) or self._reference.unit(code)
        return unit.name if unit else code or t("period.unknown")

    def agency(self, code: str) -> str:
        """In full."""
        agency = self._reference.agency(code)
        return agency.name if agency else code or t("period.agency.nobody")

    def agency_short(self, code: str) -> str:
        """Where there is little room."""
        agency = self._reference.agency(code)
        return agency.short if agency else code or t("period.agency.nobody")

    def type(self, code: str) -> str:
        """In the language spoken."""
        kind = self._reference.type_of(code, self._on)
        return code if kind is None else kind.name if language() == "vi" else kind.name_en


def blocks_of(figures: Figures, reference: Reference, map_sheet: MapSheet | None) -> tuple[Block, ...]:
    """All but the definitions, in the order of the pages."""
    names = Names(reference, figures.period)
    return (
        _summary(figures),
        _course(figures),
        _counted(
            "channel", figures.channels, figures.received, [t(f"channel.{c.code}") for c in figures.channels]
        ),
        _counted(
            "district",
            figures.districts,
            figures.received,
            [names.unit(c.code) for c in figures.districts],
            t("period.district.note"),
        ),
        _agencies(figures, names, reference),
        _types(figures, names),
        *answers_block(figures, reference, names.type, TOP_TYPES),
        _communes(figures, names, map_sheet),
        _satisfaction(figures),
    )


def _summary(figures: Figures) -> Block:
    standing, kept, said = figures.standing, figures.results, figures.satisfaction
    received = ("received", figures.received)
    judged = ("judged", kept.judged)
    asked: list[tuple[str, Cell, tuple[str, int] | None]] = [
        ("received", count(figures.received), None),
        ("open", count(standing.open), received),
        ("overdue", count(standing.overdue), ("open", standing.open)),
        ("rejected", count(standing.rejected), received),
        ("merged", count(standing.merged), received),
        ("referred", count(standing.referred), received),
        ("results", count(kept.total), None),
        ("met", share(kept.met, kept.judged), judged),
        ("extended", share(kept.extended, kept.judged), judged),
        ("late", share(kept.late, kept.judged), judged),
        ("median", minutes(figures.median_minutes), ("results", kept.total)),
        ("reopened", share(figures.reopened, figures.ended), ("ended", figures.ended)),
        ("satisfied", share(said.satisfied, said.answered), ("answered", said.answered)),
    ]
    rows = [
        (Cell(t(f"period.sum.{name}")), value, Cell(t(f"period.base.{of[0]}", n=whole(of[1])) if of else ""))
        for name, value, of in asked
    ]
    columns = (
        Column(t("period.sum.head"), 3.2, right=False),
        Column(t("period.sum.value"), 1.4),
        Column(t("period.sum.base"), 2.4, right=False),
    )
    return Block(title=t("period.sum.title"), table=Table(columns, tuple(rows)))


def _course(figures: Figures) -> Block:
    days = figures.period.days
    step = "day" if days <= DAYS_SHOWN else "week" if days <= 7 * WEEKS_SHOWN else "month"
    labels = [_step_text(step, count_.code) for count_ in figures.course]
    drawn = Chart(
        title=t("period.course.title"),
        labels=tuple(label[:5] if step != "month" else label for label in labels),
        lines=(Series(t("period.col.received"), tuple(float(c.n) for c in figures.course)),),
        every=max(1, -(-len(labels) // LABELS_ALONG)),
    )
    table = Table(
        (Column(t(f"period.col.{step}"), 3, right=False), Column(t("period.col.received"))),
        tuple((Cell(name), count(c.n)) for name, c in zip(labels, figures.course, strict=True)),
        (Cell(t("period.total")), count(figures.received)),
    )
    return Block(
        title=t("period.course.title"),
        note=t(f"period.course.note.{step}"),
        table=table,
        chart=drawn,
        high_mm=48.0,
    )


def _step_text(step: str, code: str) -> str:
    day = date.fromisoformat(code)
    return f"{day:%m/%Y}" if step == "month" else day_text(day)


def _counted(name: str, counts: Sequence[Count], of: int, words: Sequence[str], note: str = "") -> Block:
    """How many of each, with bars in the same order."""
    return Block(
        title=t(f"period.{name}.title"),
        note=note,
        table=_table(name, counts, of, words),
        chart=_bars(t(f"period.{name}.title"), counts, words),
        high_mm=FRAME_MM + ROW_MM * max(2, len(counts)),
    )


def _bars(title: str, counts: Sequence[Count], words: Sequence[str]) -> Chart:
    series = Series(t("period.col.received"), tuple(float(c.n) for c in counts))
    return Chart(title=title, labels=tuple(words), bars=(series,), across=True, ends=True)


def _table(name: str, counts: Sequence[Count], of: int, words: Sequence[str]) -> Table:
    rows = [(Cell(word), count(c.n), share(c.n, of)) for word, c in zip(words, counts, strict=True)]
    return Table(
        (Column(t(f"period.col.{name}"), 3, right=False), Column(t("period.col.received")),
         Column(t("period.col.share"))),
        tuple(rows),
        (Cell(t("period.total")), count(of), share(of, of)),
    )  # fmt: skip


def _types(figures: Figures, names: Names) -> Block:
    top, rest = figures.types[:TOP_TYPES], figures.types[TOP_TYPES:]
    words = [names.type(c.code) for c in top]
    counts = [*top]
    if rest:
        counts.append(Count("", sum(c.n for c in rest)))
        words.append(t("period.others", n=len(rest)))
    return Block(
        title=t("period.type.title"),
        table=_table("type", counts, figures.received, words),
        chart=_bars(t("period.type.title"), top, words[: len(top)]),
        high_mm=FRAME_MM + ROW_MM * max(2, len(top)),
    )


def _communes(figures: Figures, names: Names, map_sheet: MapSheet | None) -> Block:
    words = [names.unit(c.code) for c in figures.communes]
    return Block(
        title=t("period.map.title"),
        note=t("period.map.note") if map_sheet else "",
        table=_table("commune", figures.communes, figures.received, words),
        map=map_sheet,
        high_mm=150.0,
    )


def _agencies(figures: Figures, names: Names, reference: Reference) -> Block:
    wanted = target_of(reference.targets, "on_time", figures.period.last)
    largest = [agency for agency in figures.agencies if agency.punctual.judged][:AGENCIES_DRAWN]
    largest.sort(key=lambda agency: (-(on_time(agency.punctual) or 0), -agency.punctual.total, agency.code))

    def percents(take: str) -> tuple[float, ...]:
        return tuple(100 * getattr(a.punctual, take) / a.punctual.judged for a in largest)

    drawn = Chart(
        title=t("period.agency.title"),
        labels=tuple(names.agency_short(agency.code) for agency in largest),
        bars=(
            Series(t("period.col.met"), percents("met"), color="teal"),
            Series(t("period.col.extended"), percents("extended"), color="teal", hatch=True),
        ),
        across=True, ends=True, top=100.0, unit="%", places=1,
        target=float(wanted.percent) if wanted else None,
        target_name=t("period.agency.target"),
    )  # fmt: skip
    columns = (
        Column(t("period.col.agency"), 3.4, right=False), Column(t("period.col.results")),
        Column(t("period.col.met")), Column(t("period.col.extended"), 1.2), Column(t("period.col.late")),
        Column(t("period.col.unjudged"), 0.9), Column(t("period.col.onTime")),
        Column(t("period.col.median"), 1.5),
    )  # fmt: skip
    whole_ = AgencyFigures(code="", punctual=figures.results, median_minutes=figures.median_minutes or 0)
    total = _agency_row(t("period.total"), whole_)
    if figures.median_minutes is None:
        total = (*total[:-1], minutes(None))
    return Block(
        title=t("period.agency.title"),
        note=_agencies_note(len(largest), wanted.percent if wanted else None),
        table=Table(columns, tuple(_agency_row(names.agency(a.code), a) for a in figures.agencies), total),
        chart=drawn if largest else None,
        high_mm=FRAME_MM + ROW_MM * max(2, len(largest)),
    )


def _agencies_note(shown: int, target: int | None) -> str:
    note = t("period.agency.note", shown=shown) if shown else ""
    return f"{note} {t('period.agency.mark', target=target)}" if shown and target else note


def _agency_row(name: str, agency: AgencyFigures) -> tuple[Cell, ...]:
    kept = agency.punctual
    return (
        Cell(name),
        count(kept.total),
        count(kept.met),
        count(kept.extended),
        count(kept.late),
        count(kept.unjudged),
        share(kept.met + kept.extended, kept.judged),
        minutes(agency.median_minutes),
    )


def _satisfaction(figures: Figures) -> Block:
    said = figures.satisfaction
    rated = [(t(f"sat.{rating}"), n) for rating, n in reversed(list(enumerate(said.ratings, 1)))]
    columns = (
        Column(t("period.col.rating"), 3, right=False),
        Column(t("period.col.answers")),
        Column(t("period.col.share")),
    )
    table = Table(
        columns,
        tuple((Cell(name), count(n), share(n, said.answered)) for name, n in rated),
        (Cell(t("period.total")), count(said.answered), share(said.answered, said.answered)),
    )
    drawn = Chart(
        title=t("period.sat.title"),
        labels=tuple(name for name, _ in rated),
        bars=(Series(t("period.col.answers"), tuple(float(n) for _, n in rated), color="teal"),),
        across=True,
        ends=True,
    )
    note = t(
        "period.sat.note",
        n=whole(said.answered),
        unrated=whole(said.unrated),
        unreached=whole(said.unreached),
    )
    return Block(
        title=t("period.sat.title"),
        note=note,
        table=table,
        chart=drawn if said.answered else None,
        high_mm=FRAME_MM + ROW_MM * len(rated),
    )

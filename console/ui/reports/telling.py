"""A whole report as a document: what stands over its blocks, and what its figures are."""

from console.desk.reports.period_reports import PeriodReport, Source
from console.domain.reference import Reference
from console.protocol.reports import KeptKind
from console.ui.parts.time_text import date_text, exact_text
from console.ui.reports.blocks import blocks_of
from console.ui.reports.document import Document
from console.ui.reports.map_sheet import map_sheet_of
from console.ui.reports.numbers import period_text, whole
from console.ui.words import t

DEFINED = (
    "period", "received", "open", "results", "onTime", "median", "reopened", "satisfied", "places",
    "answers", "standing",
)  # fmt: skip
DIGITS = 16  # of a digest that are printed


def document_of(report: PeriodReport, reference: Reference) -> Document:
    """In the language spoken. Takes some ten milliseconds, mostly for the map."""
    return Document(
        title=t("period.title"),
        period=period_text(report.figures.period),
        standing=standing_text(report),
        made=made_texts(report),
        blocks=blocks_of(report.figures, reference, map_sheet_of(report.figures, reference)),
        definitions_title=t("period.def.title"),
        definitions=tuple((t(f"period.def.{name}"), t(f"period.def.{name}.text")) for name in DEFINED),
        locked=is_locked(report),
    )


def is_locked(report: PeriodReport) -> bool:
    """Whether its figures stand for ever."""
    return report.kept is not None and report.kept.kind is KeptKind.LOCKED


def standing_text(report: PeriodReport) -> str:
    """Provisional, and as of when; or locked, by whom."""
    kept, time = report.kept, exact_text(report.figures.as_of)
    if kept is None:
        return t("period.standing.provisional", time=time)
    if kept.kind is KeptKind.LOCKED:
        return t("period.standing.locked", time=exact_text(kept.made_at), name=kept.by_name)
    return t("period.standing.calendar", time=time)


def made_texts(report: PeriodReport) -> tuple[str, ...]:
    """From what it was counted, and what it may lack."""
    if report.source is Source.CENTRE:
        made = [t("period.made.centre")]
        if report.kept is not None:
            made.append(t("period.made.digest", digest=report.kept.digest[:DIGITS]))
        return tuple(made)
    missing, made = report.missing, [t("period.made.here")]
    if missing.filling:
        made.append(t("period.made.filling"))
    if missing.before is not None:
        made.append(t("period.made.before", day=date_text(missing.before)))
    if missing.unsent:
        made.append(t("period.made.unsent", n=whole(missing.unsent)))
    return tuple(made)

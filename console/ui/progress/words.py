"""Long work in words: what, how much, how long still. Pure, so that each state can be read in a test."""

from datetime import timedelta

from console.desk.progress import Progress
from console.ui.parts.time_text import duration_text
from console.ui.words import t

SOON_S = 60.0


def number_text(number: int) -> str:
    """1.234.567"""
    return f"{number:,}".replace(",", ".")


def size_text(size: int) -> str:
    """Bytes as people read them: 812 KB, 1,4 GB."""
    value = float(size)
    for unit in ("B", "KB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    shown = f"{value:.1f}".removesuffix(".0") if value < 100 and unit in ("MB", "GB") else f"{value:.0f}"
    return f"{shown.replace('.', ',')} {unit}"


def percent_of(progress: Progress) -> int | None:
    """0 to 100; None where nobody knows how much there is."""
    if not progress.total:
        return None
    return min(100, progress.done * 100 // progress.total)


def what_text(progress: Progress) -> str:
    """What is being done."""
    return t(f"progress.what.{progress.what}")


def much_text(progress: Progress) -> str:
    """How much of it."""
    show = size_text if progress.unit == "bytes" else number_text
    if not progress.total:
        return t(f"progress.some.{progress.unit}", done=show(progress.done)) if progress.done else ""
    return t(f"progress.much.{progress.unit}", done=show(progress.done), total=show(progress.total))


def left_text(progress: Progress) -> str:
    """How long still; honest where nobody knows."""
    if progress.left_seconds is None:
        return t("progress.guessing")
    if progress.left_seconds < SOON_S:
        return t("progress.soon")
    return t("progress.left.about", duration=duration_text(timedelta(seconds=progress.left_seconds)))


def line_text(progress: Progress) -> str:
    """The whole line."""
    parts = (what_text(progress), much_text(progress), left_text(progress))
    return " · ".join(part for part in parts if part)

"""What is said of an attached file: its kind, its size, where it is."""

from console.desk.attachment_rows import AttachmentRow, Lying
from console.ui.words import has, language, t

KILO = 1024
ICONS = {"image": "action.photo", "audio": "action.audio"}
STATE_ICONS = {
    Lying.HERE: "sync.queued",
    Lying.SENDING: "sync.sending",
    Lying.ON_ITS_WAY: "sync.queued",
    Lying.FETCHING: "ph.cloud-arrow-down",
    Lying.MISSING: "sync.rejected",
    Lying.REFUSED: "sync.rejected",
}


def is_picture(row: AttachmentRow) -> bool:
    """Whether it can be looked at here."""
    return row.media_type.startswith("image/")


def kind_icon(row: AttachmentRow) -> str:
    """The icon of its kind."""
    return ICONS.get(row.media_type.split("/")[0], "ph.file-pdf")


def size_text(size: int) -> str:
    """812 kB; 3,4 MB"""
    if size < KILO * KILO:
        return f"{max(1, round(size / KILO))} kB"
    text = f"{size / (KILO * KILO):.1f} MB"
    return text.replace(".", ",") if language() == "vi" else text


def state_text(row: AttachmentRow) -> str:
    """Where it is, in words; of what moves, how far it is; of what failed, why."""
    if row.trouble and has(f"error.{row.trouble}"):
        return t(f"error.{row.trouble}")
    if row.state is Lying.THERE and not row.here:
        return t("files.state.not_fetched")
    return t(f"files.state.{row.state.value}", percent=round(row.fraction * 100))


def whole_text(row: AttachmentRow) -> str:
    """Everything in one sentence, for tooltips and screen readers."""
    return " · ".join(part for part in (row.name, size_text(row.size), state_text(row), row.by) if part)

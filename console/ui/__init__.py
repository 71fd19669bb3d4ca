"""Everything seen: one room per kind of work."""

from console.ui.keep_none import keep_none

keep_none()

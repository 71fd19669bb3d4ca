"""How long a report from portal or app takes in the triage room, by the keystroke-level model.

python -m benchmarks.triage_model          prints the table of docs/triage.md

The keys are counted as in `intake_model`. Before them stands the reading, which the model has no figure for:
what the citizen wrote and what is proposed, at READ syllables a second. Of 17 languages, read aloud, the mean
is 370 a minute (Trauzettel-Klosinski, Dietz, "Standardized assessment of reading performance", Investigative
Ophthalmology & Visual Science 53 (2012); Vietnamese is not among them). The texts are the practice inbox's.
"""

from statistics import median

from benchmarks.intake_model import KEY_S, keys_of, seconds
from console.central.practice.inbox import with_inbox
from console.central.practice_start import BEGINS
from console.reference import bundled

READ = 370 / 60
PROPOSED = 14
"""Syllables of type, place and agency, which are read; urgency, deadline and reasons are only glanced at."""
TITLE = 8
"""And of each in a storm, its title and place in the list."""
INBOX = 400

WAYS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("clear: as proposed", 1, ("Enter",)),
    ("another type", 1, ("E", "= nap cong", "Enter", "Control+Enter")),
    ("another agency", 1, ("Alt+V", "= cong trinh", "Enter", "Enter")),
    ("asked for more", 1, ("U", "~ Xin cho biết số nhà gần nhất?", "Control+Enter")),
    ("not accepted, reason by digit", 1, ("X", "8", "Control+Enter")),
    ("merged into the proposed one", 1, ("M",)),
    ("a storm of ten, together", 10, ("Shift+Down",) * 9 + ("M", "Control+Enter")),
)
"""What is done, with how many reports, by which keys. A row of the list is one step of an arrow."""


def reading() -> float:
    """Seconds for what a citizen wrote, in the middle of the inbox."""
    cases = [record.case for record in with_inbox(bundled(), iter(()), 1, INBOX * 70, BEGINS)]
    return median(len(f"{case.title} {case.description}".split()) for case in cases) / READ


def storm_seconds(keys: tuple[str, ...]) -> float:
    """One thought before the rows are chosen, none between them, then as usual."""
    return seconds(keys[:1]) + KEY_S * sum(map(keys_of, keys[1:-2])) + seconds(keys[-2:])


def table() -> str:
    """A line for each way: all of it for one report."""
    read, glance = reading(), PROPOSED / READ
    lines = [
        f"Reading: {read:.1f} s for what was written, {glance:.1f} s for what is proposed.",
        "",
        "| way | keys | s at the keys | s a report with reading |",
        "|---|---|---|---|",
    ]
    for name, reports, keys in WAYS:
        storm = reports > 1
        at_keys = (
            seconds(keys[:1]) + 0.2 * 2 * (len(keys) - 3) + seconds(keys[-2:]) if storm else seconds(keys)
        )
        looked = 4 / READ * reports + read if storm else read + glance  # of a storm, titles and places
        count = sum(map(keys_of, keys))
        lines.append(f"| {name} | {count} | {at_keys:.1f} | {(looked + at_keys) / reports:.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())

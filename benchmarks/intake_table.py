"""The table of docs/intake.md, out of the script of calls: python -m benchmarks.intake_table

The test of the script runs the same keys through the real window; here they are counted and timed.
"""

from pathlib import Path
from statistics import median

from benchmarks.intake_model import beyond_the_narrative, narrative, seconds
from tests.journeys.scripted import script

PAGE = Path(__file__).parents[1] / "docs" / "intake.md"
BEGIN, END = "<!-- calls -->", "<!-- end of calls -->"


def table() -> str:
    """The calls in their order, then the medians."""
    lines = [
        "| # | call | keys beyond the narrative | keys of the narrative | seconds by the model |",
        "|---|---|---|---|---|",
    ]
    calls = script()
    for place, call in enumerate(calls, 1):
        own, told = beyond_the_narrative(call.keys), narrative(call.keys)
        lines.append(f"| {place} | {call.what} | {own} | {told} | {seconds(call.keys):.0f} |")
    own, told, time = (
        median(count(call.keys) for call in calls) for count in (beyond_the_narrative, narrative, seconds)
    )
    lines.append(f"| | **median** | **{own:.0f}** | **{told:.0f}** | **{time:.0f}** |")
    return "\n".join(lines) + "\n"


def write() -> None:
    """Put the table where the page has its place for it."""
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(f"{BEGIN}\n")
    _, _, tail = rest.partition(END)
    PAGE.write_text(f"{head}{BEGIN}\n{table()}{END}{tail}", encoding="utf-8")


if __name__ == "__main__":
    write()
    print(table())

"""`make bench`: run every benchmark, write build/bench.json, print a table.

python -m benchmarks [NAME …]     only these modules
"""

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import benchmarks
from benchmarks.entry import Entry

SUPPORT = {
    "entry",
    "corpus",
    "centre",
    "start_bare",
    "start_child",
    "start_measured",
    "server_place",
    "light_console",
    "bare",
    "bulk",
    "queue_bare",
    "growth",
    "npm",
    "intake_model",
    "intake_table",
    "triage_model",
    "place_slips",
    # by name only: packages that take minutes to install, a store of a million cases
    "fill_pouchdb",
    "map_maplibre",
    "queue_million",
    "search",
    "intake_echo",
    "scrolling",
    "__main__",
}
OUT = Path("build/bench.json")


def names() -> list[str]:
    """Modules of this package that measure something."""
    return sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name not in SUPPORT)


def table(entries: list[Entry]) -> str:
    """The entries as aligned text."""
    rows = [("what", "value", "unit", "against", "value", "ratio")]
    rows += [
        (
            e["name"],
            f"{e['value']:g}",
            e["unit"],
            e["against"],
            f"{e['against_value']:g}",
            f"{e['ratio']:.2f}",
        )
        for e in entries
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(6)]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows)


def main(argv: list[str]) -> None:
    """Run what is asked for, or everything."""
    entries: list[Entry] = []
    for name in argv or names():
        print(f"… {name}", flush=True)
        entries += importlib.import_module(f"benchmarks.{name}").run()
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(entries, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(table(entries))
    print(f"written to {OUT}")


if __name__ == "__main__":
    main(sys.argv[1:])

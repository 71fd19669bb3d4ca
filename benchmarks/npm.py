"""Packages from npm that something is measured against, installed once under build/bench/."""

import shutil
import subprocess
from pathlib import Path

from benchmarks.corpus import FOLDER


def installed(source: Path) -> Path | None:
    """The folder with the packages that `source`/package.json names and its other files; None without npm."""
    place = (FOLDER / source.name).resolve()
    if shutil.which("npm") is None or shutil.which("node") is None:
        print("  node and npm are not on this machine: nothing to compare with")
        return None
    place.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        shutil.copy(file, place)
    if not (place / "node_modules" / ".package-lock.json").exists():
        print("  npm install, some minutes", flush=True)
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=place, check=True)
    return place

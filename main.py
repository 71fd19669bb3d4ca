"""Start the console: `python main.py --help` explains."""

import gc
import sys


def start() -> int:
    """The program's exit status. `console.ui.collect_here` takes over from Python's own collector, which
    would only walk through what is being imported."""
    gc.disable()
    from console.app import main

    return main()


if __name__ == "__main__":
    sys.exit(start())

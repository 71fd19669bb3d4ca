"""One start of the program, as `main.py` starts it: see `start_measured`."""

import gc
import sys
from pathlib import Path

if __name__ == "__main__":
    gc.disable()
    from benchmarks.start_measured import main

    main(Path(sys.argv[1]), settled="settled" in sys.argv[2:])

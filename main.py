"""Start the console: `python main.py --help` explains."""

import sys

from console.app import main

if __name__ == "__main__":
    sys.exit(main())

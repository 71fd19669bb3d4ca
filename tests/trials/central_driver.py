"""Forks central servers: `python -m tests.trials.central_driver DATABASE`, then an order "serve PORT" each.

The child is what `python -m console.central serve` is, but for its imports, done before the fork.
"""

import sys

from console.central.__main__ import main
from console.central.app import create_app
from console.reference import bundled
from tests.support.forker import fork_for_each_order

LOADED = (create_app,)  # imported ahead of the first fork


def serve(order: str) -> None:
    """One server, until it is killed."""
    _, port, *more = order.split()
    sys.stdout = sys.stderr  # "ready URL" is for people
    main(["serve", "--port", port, "--database", sys.argv[1], *more])


if __name__ == "__main__":
    bundled()
    fork_for_each_order(serve)

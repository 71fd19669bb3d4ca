"""What lies in a desk's folder, by name: asked before anything of the store is imported."""

from pathlib import Path

FILE = "store.db"
SIDECAR = "store.key.json"
"""Salt and cost of a key made from a passphrase."""


def opens_unasked(folder: Path) -> bool:
    """A store that is there and not under a passphrase: its key lies in the keyring, nobody is asked."""
    return (folder / FILE).exists() and not (folder / SIDECAR).exists()

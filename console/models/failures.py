"""What can go wrong with the store, as known failures with stable codes (sentences: `error.<code>`)."""

from pathlib import Path


class KnownFailure(Exception):
    """Base, known to the screens as DeskError. `code` is stable and has a sentence in resources/i18n.

    The text never holds personal data: codes and names of errors only.
    """

    code = "known"

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{self.code}: {detail}" if detail else self.code)


class StoreFailure(KnownFailure):
    """Base of everything the local file can do to us."""

    code = "store_failed"


class StoreFull(StoreFailure):
    """The disk is full: nothing of this act was stored, what was stored before is whole."""

    code = "store_full"


class StoreCorrupt(StoreFailure):
    """The file is damaged. `kept`: where it was set aside; None while it is still in its place."""

    code = "store_corrupt"

    def __init__(self, detail: str = "", kept: Path | None = None) -> None:
        super().__init__(detail)
        self.kept = kept


class StoreNewer(StoreFailure):
    """The file was written by a newer program; it is left as it is."""

    code = "store_newer"


class StoreBusy(StoreFailure):
    """Another program has the file open."""

    code = "store_busy"


class StoreLocked(StoreFailure):
    """The key or passphrase does not open the file."""

    code = "store_locked"


class StoreUnwritable(StoreFailure):
    """The folder cannot be written: missing rights, a read-only disk, a failing disk."""

    code = "store_unwritable"


class KeyMissing(StoreFailure):
    """No keyring answers and nobody gave a passphrase."""

    code = "key_missing"


class PassphraseTooShort(StoreFailure):
    """A new passphrase must be longer."""

    code = "passphrase_too_short"

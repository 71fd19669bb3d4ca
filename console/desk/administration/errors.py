"""What can keep a change by an administrator from being published; what was typed stays in each case."""

from collections.abc import Sequence

from console.desk.errors import DeskError


class AdminOffline(DeskError):
    """The centre is not reached: publishing, people and stations need it."""

    code = "admin_offline"


class ChangedMeanwhile(DeskError):
    """Somebody else changed the same item since it was opened here."""

    code = "admin_changed"


class DoesNotFit(DeskError):
    """The change does not fit the rest. `sentences`: each says where and what to do."""

    code = "admin_misfits"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(str(len(sentences)))
        self.sentences = tuple(sentences)


class FileDoesNotFit(DoesNotFit):
    """The file cannot be read as that list."""

    code = "admin_file"


class AdminRefused(DeskError):
    """The centre refuses it. `code` names the reason: last_administrator, own_account, user_exists, …"""

    code = "admin_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.code = f"admin_{reason}" if reason in REASONS else self.code


REASONS = frozenset(
    {"last_administrator", "own_account", "own_station", "user_exists", "no_such_agency", "bad_request"}
)

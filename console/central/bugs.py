"""The one place where unexpected errors of the server are written down.

An exception's text may quote the row or the value it failed on, which may be a person's name or phone: so
only its type and where it happened are logged.
"""

import logging
import traceback

log = logging.getLogger("console.central.bugs")


def log_bug(what: str, error: BaseException) -> None:
    """`what` names the work that failed, without personal data."""
    lines = [f"{what}: {type(error).__qualname__}"]
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        lines.append(f"  {type(cause).__qualname__}, at")
        lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    log.error("\n".join(lines))

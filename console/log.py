"""Logging that hides personal data: what looks like a phone number or an e-mail address never reaches a file.

Names and addresses cannot be told from other words by a filter: code does not log them in the first place.
"""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
KEPT_BYTES, KEPT_FILES = 2_000_000, 5

_PHONE = re.compile(r"(?<![\w.:-])(?:\+?84|0)(?:[ .]?\d){8,10}(?![\w-])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def hide(text: str) -> str:
    """The text without phone numbers and e-mail addresses."""
    return _MAIL.sub("<mail>", _PHONE.sub("<phone>", text))


class HidingFormatter(logging.Formatter):
    """Hides in the finished line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return hide(super().format(record))


def log_to(folder: Path, name: str, level: str = "INFO") -> Path:
    """Send everything logged to a rotating file `name`.log in `folder`; answers its path."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.log"
    handler = RotatingFileHandler(file, maxBytes=KEPT_BYTES, backupCount=KEPT_FILES, encoding="utf-8")
    handler.setFormatter(HidingFormatter(FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    return file


def log_to_stderr(quiet: tuple[str, ...] = (), level: str = "INFO") -> None:
    """Send everything logged there, for whoever keeps a server; of the `quiet` ones, warnings only."""
    handler = logging.StreamHandler()
    handler.setFormatter(HidingFormatter(FORMAT))
    logging.basicConfig(level=level, handlers=[handler])
    for talkative in quiet:
        logging.getLogger(talkative).setLevel(logging.WARNING)


def stop_logging() -> None:
    """Close the files that `log_to` opened."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, RotatingFileHandler):
            root.removeHandler(handler)
            handler.close()

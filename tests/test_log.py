import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.log import hide, log_to, stop_logging


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    yield log_to(tmp_path, "console")
    stop_logging()
    logging.getLogger().setLevel(level)


@pytest.mark.parametrize(
    "phone", ["0912345678", "+84912345678", "84912345678", "0912 345 678", "0912.345.678", "01212345678"]
)
def test_phones_are_hidden(phone: str) -> None:
    assert hide(f"caller {phone} said") == "caller <phone> said"


@pytest.mark.parametrize(
    "text",
    [
        "case 2311-07042-3 kept",
        "command 0193545a-7c3e-7cc1-9f0e-0123456789ab (assign)",
        "cursor 20241104 after 1730703600000",
        "2024-11-04 14:00:01,123 INFO wire",
        "http://127.0.0.1:40961/api",
    ],
)
def test_what_is_no_phone_stays(text: str) -> None:
    assert hide(text) == text


def test_mail_is_hidden_also_in_tracebacks(file: Path) -> None:
    try:
        raise ValueError("nobody@example.vn 0912345678")
    except ValueError:
        logging.getLogger("console").exception("failed")
    text = file.read_text(encoding="utf-8")
    assert "<mail> <phone>" in text
    assert "0912345678" not in text
    assert "Traceback" in text


def test_after_the_end_nothing_more_is_written(tmp_path: Path) -> None:
    level = logging.getLogger().level
    file = log_to(tmp_path, "console")
    logging.getLogger("console").warning("one")
    stop_logging()
    logging.getLogger().setLevel(level)
    logging.getLogger("console").warning("two")
    assert "two" not in file.read_text(encoding="utf-8")

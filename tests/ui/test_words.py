"""The catalogue: one place per key, both languages alike, a sentence for every code."""

import json
import re
import string
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from console.domain.case import Role
from console.domain.category import Urgency
from console.domain.refusal import Code
from console.ui.theme import Theme
from console.ui.words import FOLDER, Words, WordsError, language, speak, t

UI = Path(__file__).resolve().parents[2] / "console" / "ui"
HEX = re.compile(r"#[0-9A-Fa-f]{6}\b")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_ask_for_the_same_values() -> None:
    words = Words()
    for key in words.keys():  # noqa: SIM118  it is a list, not a mapping
        vietnamese, english = words.text(key, "vi"), words.text(key, "en")
        assert fields(vietnamese) == fields(english), key


def test_a_key_in_two_files_is_an_error(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text(json.dumps({"a": {"vi": "x", "en": "y"}}), encoding="utf-8")
    with pytest.raises(WordsError, match=r"two\.json"):
        Words(tmp_path)


def test_a_missing_language_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"a": {"vi": "x"}}), encoding="utf-8")
    with pytest.raises(WordsError, match="en"):
        Words(tmp_path)


def test_every_code_has_its_sentence(qapp: QApplication) -> None:
    words = Words()
    tokens = Theme().tokens
    wanted = [f"refusal.{code.value}" for code in Code]
    wanted += [f"role.{role.value}" for role in Role] + [f"urgency.{u.value}" for u in Urgency]
    wanted += [f"status.{name}" for name in tokens["status"]["items"]]
    assert [key for key in wanted if key not in words] == []


def test_no_screen_names_a_colour_of_its_own() -> None:
    for path in UI.rglob("*.py"):
        assert HEX.search(path.read_text(encoding="utf-8")) is None, path.name


def test_the_language_switches() -> None:
    assert language() == "vi"
    try:
        speak("en")
        assert t("nav.queue") == "Queue"
    finally:
        speak("vi")
    assert t("nav.queue") == "Hàng chờ"
    with pytest.raises(WordsError):
        speak("fr")


def test_vietnamese_is_never_written_in_capitals_only() -> None:
    capitals = re.compile(r"\b[A-ZÀ-Ỹ]{6,}\b")
    names = ("QUANG BINH-S",)
    for path in FOLDER.glob("*.json"):
        for key, texts in json.loads(path.read_text(encoding="utf-8")).items():
            text = texts["vi"]
            for name in names:
                text = text.replace(name, "")
            assert capitals.search(text) is None, key

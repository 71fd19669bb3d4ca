"""The catalogue and the code say the same: no key without words, no words without use."""

import ast
import importlib
import json
import pkgutil
import re
import string
from pathlib import Path

import console
from console.desk.errors import DeskError
from console.domain.refusal import Code
from tests.house.test_house_rules import MODULES, name, strings, tree

ROOT = Path(__file__).resolve().parents[2]
I18N = ROOT / "resources" / "i18n"
FILES = sorted(I18N.glob("*.json"))
VOCABULARY = "base.json"  # the design's whole vocabulary: some of its words wait for their room to be built
SPEAKERS = {"t", "has", "words", "label_text"}


def catalogue() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in FILES:
        found.update(json.loads(file.read_text(encoding="utf-8")))
    return found


def spoken() -> dict[str, list[str]]:
    """Keys given to `t` as they stand, with where."""
    found: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "t" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant):
                    found.setdefault(key.value, []).append(f"{name(path)}:{node.lineno}")
    return found


def patterns() -> list[re.Pattern[str]]:
    """f-strings of the code that may be keys, as patterns."""
    found = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.]+"
                    for part in node.values
                ]
                text = "".join(parts)
                if re.match(r"[a-z_]+\\\.", text):
                    found.add(text)
    return [re.compile(text) for text in found]


def test_every_key_that_is_spoken_has_words() -> None:
    words = catalogue()
    assert {key: where for key, where in spoken().items() if key not in words} == {}


def test_no_words_are_stale() -> None:
    literal = {node.value for path in MODULES for node in strings(tree(path))}
    shapes = patterns()
    stale = [
        (file.name, key)
        for file in FILES
        if file.name != VOCABULARY
        for key in json.loads(file.read_text(encoding="utf-8"))
        if key not in literal and not any(shape.fullmatch(key) for shape in shapes)
    ]
    assert stale == []


def test_both_languages_fill_the_same_fields() -> None:
    def fields(text: str) -> set[str]:
        return {field for _, field, _, _ in string.Formatter().parse(text) if field}

    uneven = [key for key, texts in catalogue().items() if fields(texts["vi"]) != fields(texts["en"])]
    assert uneven == []


def test_no_key_stands_in_two_files() -> None:
    seen: dict[str, str] = {}
    twice = []
    for file in FILES:
        for key in json.loads(file.read_text(encoding="utf-8")):
            if key in seen:
                twice.append((key, seen[key], file.name))
            seen[key] = file.name
    assert twice == []


def test_every_known_failure_and_every_refusal_has_its_sentence() -> None:
    words = catalogue()
    assert [f"refusal.{code}" for code in Code if f"refusal.{code}" not in words] == []
    for module in pkgutil.walk_packages(console.__path__, "console."):
        if not module.name.endswith(("__main__", ".migrations.env")):  # programs and Alembic's, not modules
            importlib.import_module(module.name)
    codes = {failure.code for failure in descendants(DeskError)} - {"store_failed", "wire", "refused_here"}
    assert [code for code in sorted(codes) if f"error.{code}" not in words] == []


def descendants(kind: type[DeskError]) -> set[type[DeskError]]:
    return {kind_ for direct in kind.__subclasses__() for kind_ in {direct, *descendants(direct)}}

"""Words on the screen: every visible text is a key of resources/i18n, Vietnamese first.

Each file there maps key -> {"vi": …, "en": …}; a key in two files is an error.
"""

import json
from collections.abc import Mapping
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "i18n"
LANGUAGES = ("vi", "en")


class WordsError(Exception):
    """The catalogue is unusable: a key twice, or a language missing."""


class Words:
    """The catalogue and the language spoken now."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self.language = "vi"
        self._texts: dict[str, Mapping[str, str]] = {}
        for path in sorted(folder.glob("*.json")):
            self._take(path)

    def _take(self, path: Path) -> None:
        for key, texts in json.loads(path.read_text(encoding="utf-8")).items():
            if key in self._texts:
                raise WordsError(f"{key} stands in two files, the second is {path.name}")
            missing = [language for language in LANGUAGES if language not in texts]
            if missing:
                raise WordsError(f"{key} in {path.name} lacks {missing}")
            self._texts[key] = texts

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> list[str]:
        """All keys, sorted."""
        return sorted(self._texts)

    def text(self, key: str, language: str | None = None) -> str:
        """The raw text with its {fields}. Raises KeyError for a key that no file holds."""
        return self._texts[key][language or self.language]


_words = Words()


def t(key: str, /, **values: object) -> str:
    """The text of `key` in the language spoken now, its {fields} filled. KeyError: no such key."""
    text = _words.text(key)
    return text.format(**values) if values else text


def has(key: str) -> bool:
    """Whether some file holds this key (for codes that a newer centre may send)."""
    return key in _words


def speak(language: str) -> None:
    """Switch the language ("vi" or "en"); screens built later speak it."""
    if language not in LANGUAGES:
        raise WordsError(f"no language {language!r}")
    _words.language = language


def language() -> str:
    """The language spoken now."""
    return _words.language

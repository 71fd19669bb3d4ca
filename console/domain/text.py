"""Vietnamese text: one spelling for comparing and searching, clean characters for keeping."""

import re
import unicodedata

_D_STROKE = str.maketrans({"đ": "d", "ð": "d", "Đ": "d"})
_WORD = re.compile(r"[^\W_]+")
_KEPT_CONTROLS = "\n\t"


def nfc(text: str) -> str:
    """The composed form (NFC), in which everything is kept."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """As it is kept: NFC, one kind of line end, no control characters, no space around it."""
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.isprintable():
        text = "".join(c for c in text if c in _KEPT_CONTROLS or unicodedata.category(c) != "Cc")
    return text.strip()


def _without_marks(text: str) -> str:
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    kept = (c for c in apart if unicodedata.category(c) not in ("Mn", "Cf"))
    return "".join(kept).translate(_D_STROKE)


def _letters() -> dict[int, str]:
    """The Vietnamese letters, composed, with the plain letter each is searched by."""
    ranges = (range(0xC0, 0x1B1), range(0x1EA0, 0x1EFA))
    folded = {code: _without_marks(chr(code)) for span in ranges for code in span}
    return {code: plain for code, plain in folded.items() if plain.isascii()}


_FAST = _letters()


def fold_text(text: str) -> str:
    """Lower case, no diacritics, đ as d, single spaces: "Nắp  Cống" and "nap cong" are the same.

    The same for NFC and NFD, and wherever the tone stands (hoà, hòa); folding twice changes nothing.
    """
    folded = text.translate(_FAST).lower()
    if not folded.isascii():
        folded = _without_marks(text)
    return " ".join(folded.split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text in their order: letters and digits only."""
    return tuple(_WORD.findall(fold_text(text)))


def spelled_words(text: str) -> tuple[str, ...]:
    """The words of a text as they are spelled: letters and digits only."""
    return tuple(_WORD.findall(nfc(text)))


def same_words(one: str, other: str) -> bool:
    """Whether two texts read the same but for case, diacritics, spacing and punctuation."""
    return words(one) == words(other)

"""Words of places in one spelling: abbreviations written out, raw Telex undone, words that sound alike."""

import re
from collections.abc import Callable

from console.domain.text import words

Words = tuple[str, ...]

SHORT_FOR: dict[str, str] = {
    "p": "phuong", "f": "phuong", "q": "quan", "h": "huyen", "x": "xa", "tp": "thanh pho",
    "tx": "thi xa", "tt": "thi tran", "ql": "quoc lo", "tl": "tinh lo", "dt": "tinh lo",
    "ddt": "tinh lo", "hl": "huyen lo", "dg": "duong", "hcm": "ho chi minh", "tdp": "to dan pho",
    "tk": "tieu khu", "bv": "benh vien", "bvdk": "benh vien da khoa", "tyt": "tram y te",
    "kcn": "khu cong nghiep", "kdt": "khu do thi", "ks": "khach san", "ubnd": "uy ban", "thcs": "cap 2",
    "thpt": "cap 3", "th": "tieu hoc", "mn": "mam non", "c1": "cap 1", "c2": "cap 2", "c3": "cap 3",
    "bx": "ben xe", "ng": "nguyen", "ngt": "nguyen", "xn": "xi nghiep", "svd": "san van dong",
    "ttyt": "trung tam y te", "st": "sieu thi", "cv": "cong vien", "nt": "nghia trang", "db": "duong bo",
    "qb": "quang binh",
}  # fmt: skip
"""What people write for what; two ways to say one thing become one."""
_SAME = (
    (("uy", "ban", "nhan", "dan"), ("uy", "ban")),
    (("tru", "so", "uy", "ban"), ("uy", "ban")),
    (("trung", "hoc", "co", "so"), ("cap", "2")),
    (("trung", "hoc", "pho", "thong"), ("cap", "3")),
    (("tieu", "hoc"), ("cap", "1")),
    (("mau", "giao"), ("mam", "non")),
    (("tram", "xa"), ("tram", "y", "te")),
    (("duong", "tinh"), ("tinh", "lo")),
)
_GLUED = re.compile(r"(ql|tl|dd?t|hl|km|tdp|tk|thon|to|xom|doi|ban|khu|cap)(\d\w*)")
_COUNTED = {"mot": "1", "hai": "2", "ba": "3", "bon": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8"}
_COUNTING = frozenset(("thon", "xom", "to", "pho", "khu", "doi", "km", "cap"))
FILLERS = frozenset(
    (
        "o", "tai", "gan", "canh", "truoc", "sau", "doan", "khu", "vuc", "cho", "day", "kia", "nha", "ong",
        "ba", "anh", "chi", "doi", "dien", "phia", "ngay", "loi", "vao", "dau", "cuoi", "giua", "den", "qua",
        "tu", "thuoc", "dia", "ban", "tinh", "va", "voi", "giao", "cat", "so", "sat", "ben", "lien", "ke",
    )
)  # fmt: skip
"""Words that tell where from a place somebody stands: they part no two places."""
_VOWEL = re.compile(r"[aeiouy]")
_TONE = re.compile(r"[sfrxjwz]")
_TWICE = re.compile(r"(aa|ee|oo)")
_SOUNDS = (
    ("ngh", "ng"), ("gh", "g"), ("gi", "d"), ("tr", "ch"), ("kh", "kh"), ("ph", "f"),
    ("qu", "cu"), ("k", "c"), ("s", "x"), ("r", "d"),
)  # fmt: skip


def spellings(name: str) -> tuple[Words, ...]:
    """All ways to write a listed name: as listed, abbreviations written out, in the one way of `canonical`.

    A slip keeps a typed "tieu hocc" from being made "cap 1": it is like the name as it is listed.
    """
    listed = words(name)
    written = tuple(part for word in listed for part in _written_out(word))
    return tuple(dict.fromkeys((canonical(name), written, listed)))


def canonical(text: str, begins: Callable[[str], bool] | None = None) -> Words:
    """Folded words with abbreviations written out: "P.Bắc Lý", "phường bắc lý" are the same, also "QL1A".

    `begins`, for what is being typed: a last word that begins a known one is not taken for an abbreviation.
    """
    typed, written = words(text), list[str]()
    open_end = begins is not None and text[-1:].isalpha()
    for at, word in enumerate(typed):
        if begins is not None and open_end and at == len(typed) - 1 and begins(word):
            written.append(word)
            continue
        written += _written_out(word)
    for at in range(1, len(written)):
        if written[at - 1] in _COUNTING:
            written[at] = _COUNTED.get(written[at], written[at])
    return _as_one_says(written)


def _written_out(word: str) -> list[str]:
    glued = _GLUED.fullmatch(word)
    return [
        w for part in ((glued[1], glued[2]) if glued else (word,)) for w in SHORT_FOR.get(part, part).split()
    ]


def _as_one_says(written: list[str]) -> Words:
    for said, same in _SAME:
        size = len(said)
        for at in range(len(written) - size + 1):
            if tuple(written[at : at + size]) == said:
                written[at : at + size] = same
    return tuple(written)


def undone(word: str) -> Words:
    """What may be meant by a word that went past the input method: "dduwowngf", "d9uo7ng2" are "duong"."""
    if word.isdigit() or len(word) < 2:
        return ()
    meant = dict.fromkeys((_untelex(word), _unvni(word)))
    return tuple(one for one in meant if one and one != word)


def _untelex(word: str) -> str:
    """No Vietnamese syllable has one of the tone letters behind its vowel, or a vowel twice."""
    word = word.replace("dd", "d", 1) if word.startswith("dd") else word
    vowel = _VOWEL.search(word)
    if vowel is None:
        return word.replace("w", "u", 1)
    head, tail = word[: vowel.start()], word[vowel.start() :]
    if head.endswith("w"):  # "tw" for "tư"
        head = head[:-1] + "u"
    tail = _TONE.sub("", tail)
    closed = tail[:-1] if tail.endswith("d") else tail  # "dduwowngd": the stroke typed last
    return head + _TWICE.sub(lambda twice: twice[0][0], closed)


def _unvni(word: str) -> str:
    if not word[0].isalpha() or not any(c.isdigit() for c in word):
        return word
    letters = "".join(c for c in word if not c.isdigit())
    return letters if len(letters) > 1 else word


def sound(word: str) -> str:
    """One spelling for words that sound the same here: "li", "ly"; "trung", "chung"; "xuan", "suan"."""
    for written, same in _SOUNDS:
        if word.startswith(written):
            word = same + word[len(written) :]
            break
    return word.replace("y", "i")

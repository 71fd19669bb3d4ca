"""Questions out of the gazetteer, with the slips that people make at a keyboard."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from random import Random
from typing import NamedTuple

from console.domain.area import Area
from console.domain.place import GazetteerEntry, GazetteerKind, Unit
from console.domain.places.roads import KM
from console.domain.reference import Reference, in_force
from console.domain.text import fold_text

PLAIN = 0.7
"""The share that is typed without diacritics."""
_NEIGHBOURS = {
    "a": "qsz", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "g": "fhb", "h": "gjn", "i": "uok", "k": "jl",
    "l": "ko", "m": "n", "n": "bm", "o": "ipl", "p": "o", "q": "wa", "r": "et", "s": "adw", "t": "ry",
    "u": "yi", "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip
_ABBREVIATED = (
    ("thị trấn", "tt"), ("thành phố", "tp"), ("thị xã", "tx"), ("phường", "p."), ("huyện", "h."),
    ("xã", "x."), ("quốc lộ", "ql"), ("tỉnh lộ", "tl"), ("đường hồ chí minh", "đường HCM"),
    ("đường", "đg"),
    ("tổ dân phố", "tdp"), ("trường tiểu học", "trường TH"), ("bệnh viện", "bv"), ("khu công nghiệp", "kcn"),
    ("siêu thị", "st"), ("trạm y tế", "tyt"), ("ủy ban", "ubnd"), ("nguyễn", "ng."),
)  # fmt: skip
_TELEX = {"̂": None, "̆": "w", "̛": "w", "́": "s", "̀": "f", "̉": "r", "̃": "x", "̣": "j"}


class Question(NamedTuple):
    """`slip`: what went wrong; `near`: the commune chosen before; `place`: its kind in the gazetteer."""

    text: str
    commune: str
    near: str | None
    slip: str
    place: str


def raw_telex(word: str) -> str:
    """The keys of a word: "đường" is typed "dduwowngf"."""
    keys, tone = "", ""
    for letter in unicodedata.normalize("NFD", word.replace("đ", "dd").replace("Đ", "DD")):
        if letter not in _TELEX:
            keys += letter
        elif letter == "̂":
            keys += keys[-1]
        elif letter in "̛̆":
            keys += "w"
        else:
            tone = _TELEX[letter] or ""
    return keys + tone


def _in_one_word(chance: Random, text: str, slip: Callable[[str, int], str]) -> str:
    words = text.split(" ")
    long = [n for n, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not long:
        return text
    n = chance.choice(long)
    words[n] = slip(words[n], chance.randrange(1, len(words[n]) - 1))
    return " ".join(words)


def _dropped(chance: Random, text: str) -> str:
    return _in_one_word(chance, text, lambda word, at: word[:at] + word[at + 1 :])


def _swapped(chance: Random, text: str) -> str:
    return _in_one_word(chance, text, lambda word, at: word[:at] + word[at + 1] + word[at] + word[at + 2 :])


def _doubled(chance: Random, text: str) -> str:
    return _in_one_word(chance, text, lambda word, at: word[:at] + word[at] + word[at:])


def _mistyped(chance: Random, text: str) -> str:
    def slip(word: str, at: int) -> str:
        near = _NEIGHBOURS.get(fold_text(word[at]), "")
        return word[:at] + (chance.choice(near) if near else word[at]) + word[at + 1 :]

    return _in_one_word(chance, text, slip)


def _abbreviated(_: Random, text: str) -> str:
    lower = f" {text.lower()} "
    for said, short in _ABBREVIATED:
        lower = lower.replace(f" {said} ", f" {short} ")
    return lower.strip()


def _raw(chance: Random, text: str) -> str:
    words = text.split(" ")
    marked = [n for n, word in enumerate(words) if fold_text(word) != word.lower()]
    if not marked:
        return text
    n = chance.choice(marked)
    return " ".join([*words[:n], raw_telex(words[n]), *words[n + 1 :]])


def _all_raw(_: Random, text: str) -> str:
    return " ".join(raw_telex(word) for word in text.split(" ")).lower()


SLIPS: dict[str, Callable[[Random, str], str]] = {
    "as it is": lambda _, text: text,
    "letter dropped": _dropped,
    "letters swapped": _swapped,
    "letter doubled": _doubled,
    "neighbouring key": _mistyped,
    "abbreviated": _abbreviated,
    "raw Telex, one word": _raw,
    "raw Telex, all": _all_raw,
    "two slips": lambda chance, text: _mistyped(chance, _dropped(chance, text)),
}


def questions(reference: Reference, on: date, seed: int = 7) -> Iterator[Question]:
    """Every place of the day and every commune once, the slips in turn."""
    chance = Random(seed)
    communes = {unit.code: unit for unit in reference.communes(on)}
    asked = list(_said(reference, communes, on, chance))
    held = _holders(reference, communes, on)
    for n, (name, commune, place) in enumerate(asked):
        text, near = _told_apart(reference, held, name, communes[commune], on, chance)
        slip = list(SLIPS)[n % len(SLIPS)]
        if "Telex" not in slip and chance.random() < PLAIN and slip != "abbreviated":
            text = fold_text(text)
        text = SLIPS[slip](chance, text)
        said = text if "Telex" in slip or chance.random() < 0.5 else fold_text(text)
        yield Question(said, commune, near, slip, place)


def other_questions(reference: Reference, on: date, seed: int = 7) -> Iterator[Question]:
    """What is no name: junctions of two streets of a commune, and points in communes in several spellings."""
    chance = Random(seed)
    communes = {unit.code: unit for unit in reference.communes(on)}
    streets: dict[str, list[str]] = defaultdict(list)
    for entry in in_force(reference.gazetteer, on):
        if entry.kind is GazetteerKind.STREET and entry.commune in communes:
            streets[entry.commune].append(entry.name.removeprefix("Đường "))
    for commune, names in streets.items():
        pairs = [tuple(sorted(chance.sample(names, 2))) for _ in range(4)] if len(names) > 1 else []
        for one, other in dict.fromkeys(pairs):
            held = sum({one, other} <= set(theirs) for theirs in streets.values())
            said = chance.choice(("ngã tư {} {}", "ngã ba {} - {}", "góc {} và {}", "{} x {}")).format(
                one, other
            )
            text = f"{said}, {communes[commune].name}" if held > 1 else said
            yield Question(_dropped(chance, fold_text(text)), commune, None, "letter dropped", "junction")
    area = reference.built(Area)
    for unit in communes.values():
        commune = area.commune_at(unit.lon, unit.lat, on)
        if commune is not None:
            form, kind = chance.choice(POINTS)
            yield Question(form(unit.lat, unit.lon), commune, None, "as it is", kind)


def _sexagesimal(degrees: float) -> str:
    minutes, seconds = divmod(round(degrees * 3600), 60)
    return f"{minutes // 60}°{minutes % 60:02d}'{seconds:02d}\""


POINTS: tuple[tuple[Callable[[float, float], str], str], ...] = (
    (lambda lat, lon: f"{lat:.5f}, {lon:.5f}", "coordinates"),
    (lambda lat, lon: f"{lat:.5f}; {lon:.5f}".replace(".", ","), "coordinates"),
    (lambda lat, lon: f"{_sexagesimal(lat)}B {_sexagesimal(lon)}Đ", "coordinates"),
    (lambda lat, lon: f"kinh độ {lon:.5f} vĩ độ {lat:.5f}", "coordinates"),
    (lambda lat, lon: f"https://www.google.com/maps/@{lat:.5f},{lon:.5f},17z", "link"),
    (lambda lat, lon: f"https://maps.google.com/?q={lat:.5f}%2C{lon:.5f}", "link"),
    (
        lambda lat, lon: f"https://www.google.com/maps/place/X/@0.1,0.1,9z/data=!3d{lat:.5f}!4d{lon:.5f}",
        "link",
    ),
)


def _said(
    reference: Reference, communes: dict[str, Unit], on: date, chance: Random
) -> Iterator[tuple[str, str, str]]:
    for entry in in_force(reference.gazetteer, on):
        if entry.commune in communes:
            yield _one_name(entry, chance), entry.commune, entry.kind.value
    for unit in communes.values():
        yield unit.name, unit.code, "commune"


def _one_name(entry: GazetteerEntry, chance: Random) -> str:
    name = chance.choice((entry.name, *entry.also)).replace(",", "")
    km = KM.match(name)
    if km is not None:
        name = chance.choice((f"{km[3]} km {km[1]}", f"km {km[1]} {km[3]}", f"{km[3]} km{km[1]}"))
    if entry.kind is GazetteerKind.STREET and chance.random() < 0.4:
        name = f"{chance.randint(1, 300)} {name.removeprefix('Đường ')}"
    return name


def _bare(name: str) -> str:
    """Without house number and diacritics, as names are held against each other."""
    words = fold_text(name.replace(",", "")).split()
    return " ".join(words[1:] if words[0].isdigit() else words).removeprefix("duong ")


def _holders(reference: Reference, communes: dict[str, Unit], on: date) -> dict[str, set[str]]:
    """Communes by each name that one of their places has, alone and followed by the commune's."""
    held: dict[str, set[str]] = defaultdict(set)
    for entry in in_force(reference.gazetteer, on):
        if entry.commune in communes and entry.kind is not GazetteerKind.ROAD_KM:
            for name in (entry.name, *entry.also):
                held[_bare(name)].add(entry.commune)
                held[f"{_bare(name)} {fold_text(communes[entry.commune].short)}"].add(entry.commune)
    for unit in communes.values():
        held[_bare(unit.name)].add(unit.code)
    return held


def _told_apart(
    reference: Reference, held: dict[str, set[str]], name: str, unit: Unit, on: date, chance: Random
) -> tuple[str, str | None]:
    """A repeated name says its commune, or the commune was chosen before."""
    if len(held[_bare(name)]) < 2:
        return name, None
    if chance.random() < 0.25:
        return name, unit.code
    district = reference.district_of(unit.code, on)
    said = unit.name if chance.random() < 0.6 else unit.short
    if fold_text(unit.short) in fold_text(name):  # "Thôn 3 Quảng Phú" needs no commune but its district
        said = ""
    text = f"{name} {said}".strip()
    if len(held[f"{_bare(name)} {fold_text(unit.short)}"]) > 1 or not said:
        text = f"{text} {district.short}" if district else text
    return text, None

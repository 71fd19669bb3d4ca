"""One typed line of fields and words: `dv:dien luc han:qua han cot dien`. The grammar, apart from any screen.

A field is a key and a colon; what follows is the longest run of words that names a value of the field, folded
(no diacritics, đ as d). Several values are separated by commas, a name of several words may stand in quotes.
A hyphen before the key asks for all but these values: `-dv:dien luc`. Whatever names no field is a word to
search for.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from console.domain.text import fold_text
from console.domain.typed_pair import Pairs

_KEY = re.compile(r"(-?)(\w+):", re.UNICODE)
_WORD = re.compile(r"[^\s,]+")
_QUOTES = '"“”'
MANY = 24  # a value that names more than these is too short to mean them


class Value(NamedTuple):
    """One value of a field. `names`: all it may be called, the first is shown. `past`: meant only where it is
    named in full."""

    code: str
    names: tuple[str, ...]
    detail: str = ""
    past: bool = False


class Field(NamedTuple):
    """`keys`: all it may be called, the first is shown. `other`: reads what is no listed value ("": nothing),
    such as a day; there is no "all but" of such a field. `pairs`: reads values of two halves."""

    name: str
    keys: tuple[str, ...]
    values: tuple[Value, ...]
    other: Callable[[str], str] | None = None
    pairs: Pairs | None = None


class Part(NamedTuple):
    """A field with what its values mean, and where it stands in the line. `but`: all but these are meant."""

    field: str
    codes: tuple[str, ...]
    start: int
    end: int
    but: bool = False


class Trouble(NamedTuple):
    """What names nothing, and what it may have meant; or (`but`) what nobody can ask for all but."""

    field: str
    typed: str
    start: int
    end: int
    meant: tuple[str, ...] = ()
    but: bool = False


class Line(NamedTuple):
    """What a line says. `words`: all that belongs to no field."""

    parts: tuple[Part, ...]
    words: str
    troubles: tuple[Trouble, ...]


class Reader:
    """Reads lines by these fields."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self.fields = tuple(fields)
        self._by_key = {_plain(key): field for field in fields for key in field.keys}
        self._names = {field.name: _names(field) for field in fields}
        self._past = {field.name: {value.code for value in field.values if value.past} for field in fields}

    def field_of(self, key: str) -> Field | None:
        """The field that a key names."""
        return self._by_key.get(_plain(key))

    def read(self, text: str) -> Line:
        """Never fails: what cannot be read is a trouble."""
        parts, troubles, words, at = list[Part](), list[Trouble](), list[str](), 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            key = _KEY.match(text, at)
            field = self.field_of(key[2]) if key else None
            if key is None or field is None:
                end = _word_end(text, at)
                words.append(text[at:end])
                at = end
                continue
            codes, wrong, end = self._values(field, text, key.end())
            troubles += wrong
            but = bool(key[1])
            if but and field.other is not None:
                troubles.append(Trouble(field.name, text[at:end], at, end, but=True))
            elif codes:
                parts.append(Part(field.name, codes, at, end, but))
            elif not wrong:
                troubles.append(Trouble(field.name, "", at, end))
            at = end
        return Line(tuple(parts), " ".join(words), tuple(troubles))

    def _values(self, field: Field, text: str, at: int) -> tuple[tuple[str, ...], list[Trouble], int]:
        codes, wrong = list[str](), list[Trouble]()
        while True:
            start = at = _skip(text, at)
            if at >= len(text):
                break
            if text[at] in _QUOTES:
                typed, at = _quoted(text, at)
                found: tuple[str, ...] = self.meaning(field, typed)
            else:
                typed, found, at = self._longest(field, text, at)
                word = next(_ends(text, _skip(text, at)), at) if found else at
                if meant := self._missed(field, typed, text[at:word]):
                    wrong.append(Trouble(field.name, text[start:word], start, word, meant))
                    found, typed, at = (), "", word
            if found:
                codes += [code for code in found if code not in codes]
            elif typed:
                wrong.append(Trouble(field.name, typed, start, at, self._meant(field, typed)))
            comma = _skip(text, at)
            if comma >= len(text) or text[comma] != ",":
                break
            at = comma + 1
        return tuple(codes), wrong, at

    def _longest(self, field: Field, text: str, at: int) -> tuple[str, tuple[str, ...], int]:
        """The longest run of words from here that means something; else the first word alone."""
        ends = list(_ends(text, at))
        for end in reversed(ends):
            if found := self.meaning(field, text[at:end]):
                return text[at:end], found, end
        end = ends[0] if ends else at
        return text[at:end], (), end

    def meaning(self, field: Field, typed: str) -> tuple[str, ...]:
        """Codes that a value means: the one of that name, else all whose name has these words in this order,
        each perhaps unfinished."""
        if field.pairs is not None:
            return field.pairs.meaning(typed)
        folded = fold_text(typed)
        exact = [code for name, code in self._names[field.name] if name == folded or name == _plain(folded)]
        if exact:
            return tuple(dict.fromkeys(exact))
        if field.other is not None and (code := field.other(folded)):
            return (code,)
        hits = dict.fromkeys(code for _name, code in self._fitting(field, folded))
        return tuple(hits) if 0 < len(hits) <= MANY else ()

    def _fitting(self, field: Field, folded: str) -> list[tuple[str, str]]:
        """Folded names with these words, perhaps unfinished, and their codes; past ones only where alone."""
        words = folded.split()
        hits = [named for named in self._names[field.name] if _fits(words, named[0].split())]
        past = self._past[field.name]
        return [named for named in hits if named[1] not in past] or hits

    def _missed(self, field: Field, run: str, word: str) -> tuple[str, ...]:
        """Names that have this run of words and another one that `word` is nearly."""
        folded, near = fold_text(run), fold_text(word)
        if (
            len(near) < 4
            or field.pairs is not None
            or folded in (name for name, _ in self._names[field.name])
        ):
            return ()
        codes = dict.fromkeys(
            code
            for name, code in self._fitting(field, folded)
            if get_close_matches(near, name.split(), 1, 0.8)
        )
        return tuple(value.names[0] for value in field.values if value.code in codes)[:3]

    def _meant(self, field: Field, typed: str) -> tuple[str, ...]:
        if field.pairs is not None:
            return field.pairs.meant(typed)
        shown = {name: value.names[0] for value in field.values for name in map(fold_text, value.names)}
        close = get_close_matches(fold_text(typed), list(shown), n=3, cutoff=0.6)
        return tuple(dict.fromkeys(shown[name] for name in close))

    def spell(self, field: str, codes: Sequence[str]) -> str:
        """A part as one would type it, so that reading it gives the same codes."""
        found = next(one for one in self.fields if one.name == field)
        return f"{found.keys[0]}:{','.join(self._spelled(found, code) for code in codes)}"

    def _spelled(self, field: Field, code: str) -> str:
        if field.pairs is not None:
            return field.pairs.spelled(code)
        for value in field.values:
            if value.code == code:
                name = next((n for n in value.names if self.meaning(field, n) == (code,)), code)
                return f'"{name}"' if re.search(r"[\s,]", name) else name
        return code


def _names(field: Field) -> list[tuple[str, str]]:
    listed = [(name, value.code) for value in field.values for name in (*value.names, value.code)]
    return [(form, code) for name, code in listed for form in dict.fromkeys((fold_text(name), _plain(name)))]


def _plain(text: str) -> str:
    """As it is typed in one word: "quá hạn" is quahan."""
    return "".join(fold_text(text).split())


def _fits(typed: list[str], name: list[str]) -> bool:
    rest = iter(name)
    return bool(typed) and all(any(word.startswith(one) for word in rest) for one in typed)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _quoted(text: str, at: int) -> tuple[str, int]:
    closing = min((i for i in (text.find(q, at + 1) for q in _QUOTES) if i >= 0), default=len(text))
    return text[at + 1 : closing], min(closing + 1, len(text))


def _ends(text: str, at: int) -> Iterator[int]:
    """Where each next word ends, up to a comma or the next key."""
    for word in _WORD.finditer(text, at):
        if "," in text[at : word.start()] or (word.start() > at and _KEY.match(text, word.start())):
            return
        yield word.end()

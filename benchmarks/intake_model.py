"""How long a call takes by the keystroke-level model, from its keys alone.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive systems",
Communications of the ACM 23 (1980): K = 0.2 s a key (an average skilled typist), M = 1.35 s of thought before
each unit of typing or command; by their rules there is none before a key that only ends what was just typed,
nor inside a string. Hands stay on the keys (no H), the program answers within a frame (no R).
"""

import unicodedata
from collections.abc import Sequence

KEY_S, THOUGHT_S = 0.2, 1.35
TYPED, TOLD = "= ", "~ "


def telex_keys(text: str) -> int:
    """Keys that type a Vietnamese text in Telex: a letter each, one more for each mark, đ as dd, and a shift
    for each capital."""
    keys = 0
    for letter in unicodedata.normalize("NFD", text):
        keys += 2 if letter in "đĐ" else 1
        keys += letter.isupper()
    return keys


def keys_of(step: str) -> int:
    """Keys of one step: modifiers count, as they are pressed."""
    if step.startswith(TYPED):
        return len(step) - len(TYPED)
    if step.startswith(TOLD):
        return telex_keys(step.removeprefix(TOLD))
    return len(step.split("+"))


def beyond_the_narrative(steps: Sequence[str]) -> int:
    """Keys besides what the caller tells."""
    return sum(keys_of(step) for step in steps if not step.startswith(TOLD))


def narrative(steps: Sequence[str]) -> int:
    """Keys of what the caller tells."""
    return sum(keys_of(step) for step in steps if step.startswith(TOLD))


def seconds(steps: Sequence[str]) -> float:
    """The model's time of a whole call at the keys."""
    thoughts = sum(_thinks(step, before) for before, step in zip(("", *steps[:-1]), steps, strict=True))
    return KEY_S * sum(map(keys_of, steps)) + THOUGHT_S * thoughts


def _thinks(step: str, before: str) -> bool:
    """Whether a moment of thought comes before it; an answer to each question does."""
    return not (step == "Enter" and before.startswith((TYPED, TOLD)))

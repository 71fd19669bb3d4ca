"""The words that a case is found by, the same at desk and centre: its number, phones, what was said of it."""

from console.domain.case import Event

SAID = (
    "instruction", "note", "reason", "result", "missing", "public_answer", "text", "question", "answer",
    "words",
)  # fmt: skip
"""Of an event's data, what somebody wrote."""
OF_NUMBER, OF_PHONE = 3, 4  # digits in a row that find one


def number_words(number: str) -> list[str]:
    """What a case's number is looked for by: as printed, without hyphens, any stretch of its last digits."""
    digits = number.replace("-", "")
    return [number, digits, *_ends(digits[4:], OF_NUMBER)]


def phone_words(phone: str | None) -> list[str]:
    """What a phone is looked for by: any of its digits in a row, four at least, to its end or not."""
    if not phone:
        return []
    digits = phone.removeprefix("+")
    national = "0" + digits.removeprefix("84") if digits.startswith("84") else digits
    return [digits, *_ends(national, OF_PHONE)]


def _ends(digits: str, shortest: int) -> list[str]:
    """Every end of a row of digits: each word may go on, so any part of it is found."""
    return [digits[at:] for at in range(len(digits) - shortest + 1)]


def said_in(event: Event) -> list[str]:
    """The texts of an event."""
    return [value for name in SAID if isinstance(value := event.data.get(name), str)]

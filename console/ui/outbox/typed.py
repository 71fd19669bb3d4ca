"""The words that a command carries: which field holds them, and the same command with other words."""

from msgspec.structs import replace

from console.domain.command import AnyBody, EditReport, FieldChange

_FIELDS = {
    "log_report": "description",
    "ask_info": "question",
    "give_info": "answer",
    "assign": "instruction",
    "accept": "note",
    "return": "reason",
    "ask_extension": "reason",
    "grant_extension": "note",
    "refuse_extension": "reason",
    "resolve": "result",
    "rework": "missing",
    "close": "public_answer",
    "reject": "text",
    "unmerge": "note",
    "refer": "note",
    "reopen": "reason",
    "record_callback": "words",
    "add_note": "text",
    "add_call": "text",
    "set_urgency": "reason",
    "release_contact": "reason",
    "relate": "note",
    "withdraw": "reason",
    "ask_approval": "note",
    "approve": "note",
    "decline": "reason",
    "tell_citizen": "text",
    "remind": "text",
}
_EDITED = ("description", "title")  # words among the fields of an edit, the longer first


def field_of(body: AnyBody) -> str:
    """The field that holds the words; "" for a command without any."""
    if isinstance(body, EditReport):
        return next((name for name in _EDITED if name in body.fields), "")
    return _FIELDS.get(str(body.__struct_config__.tag), "")


def text_of(body: AnyBody) -> str:
    """The words; "" for a command without any."""
    name = field_of(body)
    value = body.fields[name].new if isinstance(body, EditReport) and name else getattr(body, name, "")
    return value if isinstance(value, str) else ""


def with_text(body: AnyBody, text: str) -> AnyBody:
    """The same command with these words."""
    name = field_of(body)
    if not name:
        return body
    if isinstance(body, EditReport):
        change = FieldChange(old=body.fields[name].old, new=text)
        return EditReport(fields={**body.fields, name: change})
    return replace(body, **{name: text})

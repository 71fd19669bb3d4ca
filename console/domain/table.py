"""The table of commands: from which statuses, and by whom. docs/domain.md shows the same table."""

from console.domain.case import Role, Status

ALL = frozenset(Status)
OPEN = frozenset(status for status in Status if status.is_open)
WITH_AGENCY = frozenset(
    {Status.NEED_INFO, Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED, Status.RESOLVED}
)
ASKED_IN = frozenset({Status.NEW, Status.NEED_INFO, Status.RETURNED, Status.RESOLVED})
"""Where a case can be rejected or closed: so there it can be asked for."""

FROM: dict[str, frozenset[Status]] = {
    "log_report": frozenset(),
    "edit_report": OPEN,
    "ask_info": frozenset({Status.NEW, Status.ASSIGNED, Status.IN_PROGRESS}),
    "give_info": frozenset({Status.NEED_INFO}),
    "assign": frozenset({Status.NEW, Status.RETURNED, Status.ASSIGNED, Status.IN_PROGRESS}),
    "accept": frozenset({Status.ASSIGNED}),
    "return": frozenset({Status.ASSIGNED, Status.IN_PROGRESS}),
    "ask_extension": frozenset({Status.ASSIGNED, Status.IN_PROGRESS}),
    "grant_extension": frozenset({Status.ASSIGNED, Status.IN_PROGRESS}),
    "refuse_extension": frozenset({Status.ASSIGNED, Status.IN_PROGRESS}),
    "resolve": frozenset({Status.ASSIGNED, Status.IN_PROGRESS}),
    "rework": frozenset({Status.RESOLVED}),
    "close": frozenset({Status.RESOLVED}),
    "reject": frozenset({Status.NEW, Status.NEED_INFO, Status.RETURNED}),
    "merge": OPEN,
    "unmerge": frozenset({Status.MERGED}),
    "refer": frozenset({Status.NEW}),
    "reopen": frozenset({Status.CLOSED, Status.REJECTED}),
    "record_callback": frozenset({Status.RESOLVED, Status.CLOSED, Status.MERGED}),
    "add_note": ALL,
    "add_call": ALL - {Status.MERGED},
    "attach": ALL,
    "set_urgency": ALL,
    "watch": ALL,
    "show_contact": ALL,
    "remind": frozenset({Status.ASSIGNED, Status.IN_PROGRESS}),
    "escalate": frozenset({Status.NEW, Status.ASSIGNED, Status.IN_PROGRESS, Status.RETURNED}),
    "release_contact": WITH_AGENCY,
    "relate": ALL,
    "withdraw": frozenset({Status.ASSIGNED}),
    "ask_approval": ASKED_IN,
    "approve": ASKED_IN,
    "decline": ASKED_IN,
    "drop_request": ASKED_IN,
    "tell_citizen": ALL,
}
"""Kind of command -> statuses it may be given in. `log_report` needs that there is no case yet."""

SUPERVISORS = frozenset({Role.SUPERVISOR})
DISPATCHERS = SUPERVISORS | {Role.DISPATCHER}
OPERATORS = DISPATCHERS | {Role.OPERATOR}
AGENCIES = frozenset({Role.AGENCY})
ANY = frozenset(Role)

BY: dict[str, frozenset[Role]] = {
    "log_report": OPERATORS | {Role.SYSTEM},
    "edit_report": OPERATORS,
    "ask_info": OPERATORS | AGENCIES,
    "give_info": OPERATORS | AGENCIES | {Role.SYSTEM},
    "assign": DISPATCHERS,
    "accept": AGENCIES,
    "return": AGENCIES,
    "ask_extension": OPERATORS | AGENCIES,
    "grant_extension": SUPERVISORS,
    "refuse_extension": SUPERVISORS,
    "resolve": DISPATCHERS | AGENCIES,
    "rework": DISPATCHERS,
    "close": DISPATCHERS,
    "reject": DISPATCHERS,
    "merge": DISPATCHERS,
    "unmerge": DISPATCHERS,
    "refer": OPERATORS,
    "reopen": OPERATORS,
    "record_callback": OPERATORS,
    "add_note": ANY,
    "add_call": OPERATORS,
    "attach": ANY,
    "set_urgency": ANY,
    "watch": ANY,
    "show_contact": OPERATORS,
    "remind": DISPATCHERS,
    "escalate": frozenset({Role.SYSTEM}),
    "release_contact": DISPATCHERS,
    "relate": OPERATORS,
    "withdraw": DISPATCHERS,
    "ask_approval": OPERATORS,
    "approve": SUPERVISORS,
    "decline": SUPERVISORS,
    "drop_request": OPERATORS,
    "tell_citizen": OPERATORS,
}
"""Kind of command -> roles that may give it. Finer rules are in `console.domain.rights`."""

APPROVALS = frozenset({"grant_extension", "refuse_extension", "approve", "decline", "close"})
"""What a dispatcher whom a supervisor has named for the time of an absence does in their place."""

LEAD_ONLY = frozenset({"accept", "return", "ask_extension", "resolve"})
"""What an agency may do only where it leads; the rest of its acts also where it supports."""

HANDLED = frozenset(
    {
        "log_report",
        "edit_report",
        "ask_info",
        "give_info",
        "assign",
        "resolve",
        "rework",
        "close",
        "reject",
        "merge",
        "unmerge",
        "refer",
        "reopen",
        "record_callback",
        "set_urgency",
        "withdraw",
        "ask_approval",
        "tell_citizen",
    }
)
"""Acts that make an operator, dispatcher or supervisor the case's handler. A note, a further call, a file, a
watch, a shown contact or a decision on an extension does not take the case out of a colleague's hands."""

NO_MOVE = frozenset({"watch", "show_contact", "remind", "escalate"})
"""Acts that do not move a case on: one that has seen only these for long is dormant."""

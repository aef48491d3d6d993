"""Entries of the audit as a file, and what is said of them, in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import tzinfo

from babel import Locale

from shared.audit import OF_PEOPLE, Action, AuditEntry
from shared.http.route import Answer
from shared.text.message import N_, Message
from shared.text.table_file import EXTENSIONS, Value, write_table

ACTIONS: Mapping[Action, str] = {
    Action.REPLAY: N_("Replayed"),
    Action.RELEASE: N_("Released"),
    Action.DISCARD: N_("Discarded"),
    Action.RETRY: N_("Sent at once"),
    Action.RESEND: N_("Sent again"),
    Action.ACCEPT: N_("SAP's price accepted"),
    Action.REJECT: N_("Rejected"),
    Action.PARK: N_("Parked"),
    Action.CANCEL: N_("Cancelled"),
    Action.CALL_AGAIN: N_("SAP called again"),
    Action.RECONCILE: N_("Orders compared with SAP's"),
    Action.TAKE: N_("SAP's side taken over"),
    Action.SETTLE: N_("Difference left as it is"),
    Action.INVITE: N_("Person invited"),
    Action.WITHDRAW: N_("Invitation withdrawn"),
    Action.JOIN: N_("Person let in"),
    Action.CHANGE_PERSON: N_("Person's role changed"),
    Action.REMOVE_PERSON: N_("Person removed"),
    Action.CHANGE_RULES: N_("Rules for approvals changed"),
    Action.NAME_DEPUTY: N_("Deputy of an approver named"),
    Action.CHANGE_ASSORTMENT: N_("Assortment changed"),
    Action.PLAN_ASSORTMENT: N_("Change of an assortment planned"),
    Action.DROP_PLAN: N_("Planned change given up"),
    Action.ASSIGN_ASSORTMENT: N_("Company given an assortment"),
}
"""What each action is called, as the portal calls it."""

ROLES: Mapping[str, str] = {
    "viewer": N_("Views only"),
    "buyer": N_("Views and orders"),
    "approver": N_("Orders and approves orders"),
    "admin": N_("Orders and manages people"),
}
"""What each role that a company gives is called, as the portal calls it."""

_STATES: Mapping[str, str] = {**ROLES, "suspended": N_("suspended")}
_COLUMNS = (
    N_("When"),
    N_("Who"),
    N_("Action"),
    N_("For whom"),
    N_("On what"),
    N_("Before"),
    N_("After"),
    N_("Reason"),
    N_("Company"),
)


def state_in_words(entry: AuditEntry, state: str, locale: Locale) -> str:
    """`before` or `after` of the entry: of people their role in words, else as it was stored."""
    if entry.action not in OF_PEOPLE:
        return state
    return ", ".join(
        Message(_STATES[part]).render(locale) if part in _STATES else part
        for part in state.split(", ")
    )


def audit_file(
    media_type: str, entries: Iterable[AuditEntry], zone: tzinfo, locale: Locale
) -> Answer:
    """The entries as a file of one of `EXTENSIONS`; times are those of `zone`, which is named."""
    name, *others = (Message(column).render(locale) for column in _COLUMNS)
    columns = [f"{name} ({zone})", *others]
    title = Message(N_("Audit")).render(locale)
    rows = _rows(entries, zone, locale)
    extension = EXTENSIONS[media_type]
    return Answer(
        write_table(media_type, title, columns, rows, locale),
        headers={
            "Content-Type": media_type,
            "Content-Disposition": f'attachment; filename="audit.{extension}"',
        },
    )


def _rows(
    entries: Iterable[AuditEntry], zone: tzinfo, locale: Locale
) -> Iterator[tuple[Value, ...]]:
    for entry in entries:
        yield (
            entry.at.astimezone(zone).replace(tzinfo=None, microsecond=0),
            entry.by,
            Message(ACTIONS[entry.action]).render(locale),
            entry.about,
            entry.object,
            state_in_words(entry, entry.before, locale),
            state_in_words(entry, entry.after, locale),
            entry.reason,
            entry.company,
        )

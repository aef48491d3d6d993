"""What a message changes of a stored company and of its doors, pure."""

from shared.company.model import INLINE_DOORS, Credit, DoorDocument, Profile
from shared.company.open_amounts import pending_amounts, stored_amounts
from shared.company.repository import with_open_amounts
from shared.event.verdict import Verdict, judge, stamp_by_snapshot
from shared.event.writing import newer
from shared.reconciliation.recording import sides as differing
from shared.reconciliation.snapshot import Sides
from shared.sap.fields import read_stamp
from shared.store import Document, to_document
from shared.vat.check import VatCheck
from shared.vat.ids import about, vies_request_of


def beside(stored: Document | None, new: Profile | Credit, as_of: str) -> Profile | Credit:
    """The profile or credit as it is told beside the stored one, by a snapshot of `as_of`."""
    known = new
    if isinstance(new, Profile) and has_many_doors(new):
        known = new.model_copy(update={"doors": {}})
    before = (stored or {}).get("profile" if isinstance(new, Profile) else "credit")
    return new.model_copy(update={"stamp": stamp_by_snapshot(before, known, as_of).stamp})


def sides(stored: Document | None, new: Profile | Credit, company: str) -> list[Sides]:
    """Both sides of what a snapshot mends; nothing where it tells another stamp only."""
    if verdict(stored, new) is not Verdict.APPLIED:
        return []
    if isinstance(new, Profile) and has_many_doors(new):
        new = new.model_copy(update={"doors": {}})
    name = "profile" if isinstance(new, Profile) else "credit"
    return differing(company, (stored or {}).get(name), to_document(new))


def merge(stored: Document | None, new: Profile | Credit) -> Document | None:
    """The document with its profile or credit replaced; None where what is stored is as new.

    Many doors stay out of it: they are documents of their own (`merge_door`).
    What the new exposure includes of accepted orders is forgotten: it would count twice.
    """
    document = stored or {}
    name = "profile" if isinstance(new, Profile) else "credit"
    if not newer(document.get(name), new.stamp):
        return None
    if isinstance(new, Profile):
        document = with_vat_check_due(document, new)
        if has_many_doors(new):
            return with_doors_apart(document, new)
    merged = {**document, name: to_document(new)}
    if isinstance(new, Credit):
        pending = pending_amounts(stored_amounts(document), new.stamp)
        return with_open_amounts(merged, pending)
    return merged


def verdict(stored: Document | None, new: Profile | Credit) -> Verdict:
    """What the profile or credit is to the stored one."""
    if isinstance(new, Profile) and has_many_doors(new):
        new = new.model_copy(update={"doors": {}})
    return judge((stored or {}).get("profile" if isinstance(new, Profile) else "credit"), new)


def with_vat_check_due(document: Document, profile: Profile) -> Document:
    """The document, due for a check of the profile's VAT id unless VIES answered for that one.

    `reconcile` finds it from the message's own time on, should nobody else ask before.
    """
    question = vies_request_of(profile)
    stored = document.get("vat_check")
    check = about(VatCheck.model_validate(stored) if stored else None, question)
    if question is None or (check is not None and check.is_settled):
        return {name: value for name, value in document.items() if name != "vat_due_at"}
    return {**document, "vat_due_at": read_stamp(profile.stamp)}


def has_many_doors(profile: Profile) -> bool:
    """Whether the doors are more than a profile holds."""
    return len(profile.doors) > INLINE_DOORS


def with_doors_apart(document: Document, profile: Profile) -> Document:
    """The company's document with the profile, whose doors are documents."""
    kept = profile.model_copy(update={"doors": {}})
    return {**document, "profile": to_document(kept), "door_documents": True}


def door_sides(stored: Document | None, new: DoorDocument, company: str) -> list[Sides]:
    """Both sides of what a snapshot mends of a door; nothing where it tells another stamp only."""
    return differing(f"{company}/{new.id}", stored, to_document(new))


def merge_door(stored: Document | None, new: DoorDocument) -> Document | None:
    """The door's document; None where what is stored is as new."""
    return to_document(new) if newer(stored, new.stamp) else None

"""What a message changes of a stored style or assortment, pure."""

from shared.assortment.model import Assortment
from shared.event.verdict import Verdict, judge
from shared.event.writing import newer
from shared.store import Document, to_document
from shared.style.model import Style


def merge(stored: Document | None, new: Style | Assortment) -> Document | None:
    """The new document; None where what is stored is as new. Deleted ones keep their stamp."""
    return to_document(new) if newer(stored, new.stamp) else None


def merge_listing(stored: Document | None, new: Assortment) -> Document | None:
    """The assortment with SAP's listing; None where what is stored is as new, or kept by the desk."""
    if stored is not None and stored.get("keeper") == "desk":
        return None
    return merge(stored, _beside(stored, new))


def judge_listing(stored: Document | None, new: Assortment) -> Verdict:
    """What SAP's listing is to the stored assortment."""
    if stored is not None and stored.get("keeper") == "desk":
        return Verdict.IGNORED
    return judge(stored, _beside(stored, new))


def _beside(stored: Document | None, new: Assortment) -> Assortment:
    """The listing with what the desk plans for the assortment."""
    if stored is None or not stored.get("planned_for"):
        return new
    known = Assortment.model_validate(stored)
    planned = {"planned": known.planned, "planned_for": known.planned_for}
    return new.model_copy(update=planned)


def changed_units(stored: Document | None, new: Style) -> list[str]:
    """Units that have other pieces than before: what is priced by them, SAP must send again.

    Prices are stored per piece, by the factor that a unit had when they came.
    """
    before = (stored or {}).get("units", {})
    return [
        f"E1BPE1MARMRT: {unit} of {new.number} has {new.units.get(unit, 'no')} pieces, and had"
        f" {pieces}: conditions per {unit} are to be sent again"
        for unit, pieces in before.items()
        if not new.deleted and new.units.get(unit) != pieces
    ]

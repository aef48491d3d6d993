"""What a message changes of a stored style or assortment, pure."""

from shared.assortment.model import Assortment
from shared.event.writing import newer
from shared.store import Document, to_document
from shared.style.model import Style


def merge(stored: Document | None, new: Style | Assortment) -> Document | None:
    """The new document; None where what is stored is as new. Deleted ones keep their stamp."""
    return to_document(new) if newer(stored, new.stamp) else None


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

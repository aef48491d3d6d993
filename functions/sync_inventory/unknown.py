"""Stock of styles that SAP has not sent: it is stored, of no effect, and waits for them.

A style is looked up only where its availability is new, or says that the style was unknown: that of
all others has been there before, and a night's snapshot names them all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from google.cloud.firestore import Client

from shared.availability import repository as availabilities
from shared.event.verdict import Verdict
from shared.event.writing import Change, Written, write_changes
from shared.sap.stock import StyleStock
from shared.store import Document
from shared.style import repository as styles

_AT_A_TIME = 500


@dataclass
class Doubted:
    """What may be of a style that SAP has not sent, and whether it is known to be."""

    was_unknown: dict[tuple[str, str], bool] = field(default_factory=dict)

    def look(self, told: StyleStock, stored: Document | None) -> None:
        """Note the style in a plant where nothing shows that the style is there."""
        if stored is None or "stock" not in stored or stored.get("unknown", False):
            flagged = bool((stored or {}).get("unknown", False))
            self.was_unknown[told.style, told.plant] = flagged

    def settle(self, db: Client) -> tuple[set[str], Written]:
        """The styles that are not there, and what noting that has written."""
        unknown = _missing(db, {style for style, _ in self.was_unknown})
        return unknown, write_changes(db, self._notes(db, unknown))

    def _notes(self, db: Client, unknown: set[str]) -> Iterator[Change]:
        for (style, plant), before in self.was_unknown.items():
            if (style in unknown) != before:
                yield Change(
                    availabilities.reference(db, style, plant),
                    partial(_with_note, unknown=style in unknown),
                    announced=False,
                    verdict=lambda _: Verdict.IGNORED,
                )


def _with_note(stored: Document | None, *, unknown: bool) -> Document | None:
    return {**stored, "unknown": unknown} if stored else None


def _missing(db: Client, numbers: Iterable[str]) -> set[str]:
    """Those that are no style's, deleted ones being there."""
    wanted = sorted(numbers)
    found: set[str] = set()
    for first in range(0, len(wanted), _AT_A_TIME):
        some = [styles.reference(db, one) for one in wanted[first : first + _AT_A_TIME]]
        found |= {one.id for one in db.get_all(some, field_paths=["number"]) if one.exists}
    return {*wanted} - found

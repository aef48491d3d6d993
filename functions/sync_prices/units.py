"""What prices are per, by the articles that they are of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from google.cloud.firestore import Client, FieldFilter

from shared.event.awaited import awaited
from shared.sap.fault import AwaitedError, UntranslatableMessageError
from shared.sap.source_system import SourceSystem
from shared.store import Document, find_all
from shared.style import repository as styles

_AT_A_TIME = 30
"""Values that Firestore compares in one query."""


@dataclass(frozen=True)
class Units:
    """The units of a style; `unit` is "" where SAP has not sent the article yet.

    `generic` is the style that the number is a variant of, "" where it is none.
    """

    style: str
    unit: str = ""
    pieces: dict[str, int] = field(default_factory=dict)
    generic: str = ""

    def pieces_in(self, unit: str, system: SourceSystem) -> int:
        """How many pieces, or pairs where the style is counted in those, a unit of SAP's is.

        Raises:
            AwaitedError: only an article that has not come, or does not say it, tells that.
            UntranslatableMessageError: it is a price of a variant.
        """
        if self.generic:
            # All that is shown and reckoned of prices is of styles, volume tiers too.
            reason = f"E1KOMG/MATNR: {self.style} is a variant of {self.generic}, and prices are of the generic article"
            raise UntranslatableMessageError([reason])
        counted = system.articles.units.get(unit, "")
        if not unit or (counted and self.unit in ("", counted)):
            return 1
        if unit in self.pieces:
            return self.pieces[unit]
        if self.unit:
            reason = (
                f"E1KONP/KMEIN: how many pieces {unit} of {self.style} is, the article does not say"
            )
            raise AwaitedError([reason], awaited("unit", self.style))
        reason = f"E1KONP/KMEIN: the article {self.style} has not come, which says what {unit} is"
        raise AwaitedError([reason], awaited("article", self.style))


def read_units(db: Client, numbers: Iterable[str]) -> dict[str, Units]:
    """The units of each of the styles, in one read a style and one query for 30 that are not there."""
    wanted = sorted(set(numbers))
    found = {number: Units(number) for number in wanted}
    references = [styles.reference(db, number) for number in wanted]
    fields = ["unit", "units"]
    for snapshot in db.get_all(references, field_paths=fields) if wanted else ():
        if snapshot.exists:
            document = snapshot.to_dict() or {}
            pieces = document.get("units", {})
            found[snapshot.id] = Units(snapshot.id, str(document.get("unit", "")), pieces)
    unknown = [number for number in wanted if not found[number].unit]
    for first in range(0, len(unknown), _AT_A_TIME):
        some = unknown[first : first + _AT_A_TIME]
        for document, style in _generics(db, some):
            for article in {*some} & {*document["articles"]}:
                found[article] = Units(article, generic=style)
    return found


def _generics(db: Client, articles: list[str]) -> Iterable[tuple[Document, str]]:
    held = FieldFilter("articles", "array_contains_any", articles)
    query = db.collection("styles").where(filter=held).select(["articles"])
    return [(read.data(), read.id) for read in find_all(db, query)]

"""What prices are per, by the articles that they are of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from google.cloud.firestore import Client, FieldFilter

from shared.event.awaited import awaited_name
from shared.sap.fault import AwaitedError, UntranslatableMessageError
from shared.sap.source_system import SourceSystem
from shared.store import Document, find_all
from shared.style import repository as styles

_AT_A_TIME = 30
"""Values that Firestore compares in one query."""

_FIELDS = ("unit", "units")


@dataclass(frozen=True)
class Units:
    """The units of an article; `unit` is "" where SAP has not sent it yet.

    `generic` is the style that it is a variant of, and has the units of; "" where it is none.
    """

    article: str
    unit: str = ""
    pieces: dict[str, int] = field(default_factory=dict)
    generic: str = ""

    def pieces_in(self, unit: str, system: SourceSystem) -> int:
        """How many pieces, or pairs where the style is counted in those, a unit of SAP's is.

        Raises:
            AwaitedError: only an article that has not come, or does not say it, tells that.
            UntranslatableMessageError: it is a case, of all articles.
        """
        counted = system.articles.units.get(unit, "")
        if not unit or (counted and self.unit in ("", counted)):
            return 1
        if unit in self.pieces:
            return self.pieces[unit]
        if not self.article:
            reason = f"E1KONP/KMEIN: {unit} is neither piece nor pair, and the key has no article"
            raise UntranslatableMessageError([reason])
        if self.unit:
            reason = (
                f"E1KONP/KMEIN: how many pieces {unit} of {self.article} is, the article does not"
                " say"
            )
            raise AwaitedError([reason], awaited_name("unit", self.generic or self.article))
        reason = f"E1KONP/KMEIN: the article {self.article} has not come, which says what {unit} is"
        raise AwaitedError([reason], awaited_name("article", self.article))


ALL_ARTICLES = Units("")
"""Of conditions on all articles, which are per piece or pair."""


def read_units(db: Client, articles: Iterable[str]) -> dict[str, Units]:
    """The units of each article, in one read a style and one query for 30 that are no style."""
    wanted = sorted(set(articles))
    found = {number: Units(number) for number in wanted}
    references = [styles.reference(db, number) for number in wanted]
    for snapshot in db.get_all(references, field_paths=_FIELDS) if wanted else ():
        if snapshot.exists:
            found[snapshot.id] = _units(snapshot.id, snapshot.to_dict() or {})
    unknown = [number for number in wanted if not found[number].unit]
    for first in range(0, len(unknown), _AT_A_TIME):
        some = unknown[first : first + _AT_A_TIME]
        for document, style in _generics(db, some):
            for article in {*some} & {*document["articles"]}:
                found[article] = _units(article, document, generic=style)
    return found


def _units(article: str, style: Document, generic: str = "") -> Units:
    return Units(article, str(style.get("unit", "")), style.get("units", {}), generic)


def _generics(db: Client, articles: list[str]) -> Iterable[tuple[Document, str]]:
    held = FieldFilter("articles", "array_contains_any", articles)
    query = db.collection("styles").where(filter=held).select(["articles", *_FIELDS])
    return [(read.data(), read.id) for read in find_all(db, query)]

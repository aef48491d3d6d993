"""What a message changes of the stored availability of a style in a plant, pure."""

from functools import reduce

from shared.availability.model import Availability, Stock
from shared.availability.promised import purge
from shared.availability.repository import with_promised
from shared.event.verdict import Verdict, judge, stronger
from shared.store import Document, to_document


def merge(
    stored: Document | None, style: str, plant: str, rows: dict[str, Stock]
) -> Document | None:
    """The document with newer stock (by article), without what it includes of the promised.

    None where no row is newer than what is stored.
    """
    old = (
        Availability(style=style, plant=plant)
        if stored is None
        else Availability.model_validate(stored)
    )
    fresh = {
        article: row
        for article, row in rows.items()
        if article not in old.stock or old.stock[article].stamp < row.stamp
    }
    if not fresh:
        return None
    new = old.model_copy(update={"stock": {**old.stock, **fresh}})
    document = {**(stored or {}), **to_document(new)}
    return with_promised(document, purge(new.promised, new.stock))


def verdict(stored: Document | None, rows: dict[str, Stock]) -> Verdict:
    """What the rows are to the stored ones."""
    before = (stored or {}).get("stock", {})
    return reduce(stronger, (judge(before.get(article), row) for article, row in rows.items()))

"""What a message changes of stored prices and of the company that has them, pure."""

from dataclasses import dataclass, replace
from typing import Literal

from shared.event.verdict import Verdict, judge, stamp_by_snapshot
from shared.event.writing import newer
from shared.price.model import DiscountKey, PriceKey, Source, VariantPriceKey
from shared.reconciliation.recording import sides as differing
from shared.reconciliation.snapshot import Sides
from shared.sap.conditions import StylePriceKey
from shared.sap.discounts import ArticleDiscount
from shared.store import Document, to_document


@dataclass(frozen=True)
class StoredKey:
    """A key within a document of prices, `style` and `currency`; of a company; or, of all articles
    and nobody's own, of discounts.

    `as_of`: a full snapshot of then tells it; empty for a change.
    """

    name: str
    key: PriceKey | DiscountKey
    style: str = ""
    currency: str = ""
    as_of: str = ""

    @property
    def field(self) -> Literal["keys", "variants", "discounts", "material_group_discounts"]:
        """The document's map that it stands in."""
        if isinstance(self.key, DiscountKey):
            is_of_group = self.is_customers and self.key.material_group
            return "material_group_discounts" if is_of_group else "discounts"
        return "variants" if isinstance(self.key, VariantPriceKey) else "keys"

    @property
    def is_customers(self) -> bool:
        """Whether it is a single company's."""
        return self.key.source is Source.CUSTOMER

    @property
    def place(self) -> str:
        """The condition key as people read it."""
        return f"{self.name} of style {self.style}" if self.style else self.name

    def before(self, stored: Document | None) -> Document | None:
        """The key that it replaces; None where it is the first."""
        found: Document | None = (stored or {}).get(self.field, {}).get(self.name)
        return found

    def beside(self, stored: Document | None) -> "StoredKey":
        """The key as it is told beside what is stored, by a snapshot of then."""
        told = stamp_by_snapshot(self.before(stored), self.key, self.as_of)
        return replace(self, key=told)


def stored_keys(
    one: StylePriceKey | ArticleDiscount, currencies: list[str], as_of: str = ""
) -> list[StoredKey]:
    """Where a key is stored: a price in its currency, a discount in all of `currencies`.

    A percentage has none; an amount replaces what it was in another currency before.
    """
    if isinstance(one, StylePriceKey):
        return [StoredKey(one.name, one.key, one.style, one.currency, as_of)]
    if not one.style:
        return [StoredKey(one.name, one.key, as_of=as_of)]
    return [StoredKey(one.name, one.key, one.style, currency, as_of) for currency in currencies]


def merge(stored: Document | None, new: StoredKey) -> Document | None:
    """The document with the key replaced; None where the stored key is as new."""
    new = new.beside(stored)
    if not newer(new.before(stored), new.key.stamp):
        return None
    document = stored or {}
    if not document and new.style:
        document = {"style": new.style, "currency": new.currency, "keys": {}}
    others = document.get(new.field, {})
    return {**document, new.field: {**others, new.name: to_document(new.key)}}


def verdict(stored: Document | None, new: StoredKey) -> Verdict:
    """What the key is to the stored one."""
    return judge(new.before(stored), new.beside(stored).key)


def sides(stored: Document | None, new: StoredKey) -> list[Sides]:
    """Both sides of what a snapshot mends; nothing where it tells another stamp only."""
    if verdict(stored, new) is not Verdict.APPLIED:
        return []
    key = " ".join(part for part in (new.name, new.style, new.currency) if part)
    return differing(key, new.before(stored), to_document(new.key))


def with_own_prices(stored: Document | None) -> Document | None:
    """The company's document, which says that there may be prices of its own."""
    document = stored or {}
    return None if document.get("own_prices") else {**document, "own_prices": True}

"""All price conditions in one currency, packed: an instance holds those of every company."""

from collections import defaultdict
from collections.abc import Iterable

from shared.company.model import Company
from shared.price.model import PriceKey, Source, StylePrices

Holder = tuple[Source, str]


class Tariff:
    """Condition keys as JSON (a tenth of the models' size), by who holds them and style."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.revision = 0
        self._revised: dict[str, int] = {}
        self._keys: dict[Holder, dict[str, tuple[bytes, ...]]] = defaultdict(dict)
        self._holders: dict[str, tuple[Holder, ...]] = {}

    def replace(self, prices: StylePrices) -> None:
        """Take the prices of a style in place of those it had; a new `revision`."""
        self.revision += 1
        self._revised[prices.style] = self.revision
        for holder in self._holders.pop(prices.style, ()):
            del self._keys[holder][prices.style]
        by_holder: dict[Holder, list[bytes]] = defaultdict(list)
        for key in prices.keys.values():
            by_holder[key.source, key.holder].append(key.model_dump_json().encode())
        for holder, packed in by_holder.items():
            self._keys[holder][prices.style] = tuple(packed)
        self._holders[prices.style] = tuple(by_holder)

    def prices_for(self, style: str, company: Company) -> StylePrices | None:
        """The prices of a style, without the keys that are for other companies or lists."""
        packed = [key for holder in _holders(company) for key in self._keys_of(holder, style)]
        if not packed:
            return None
        keys = {str(i): PriceKey.model_validate_json(key) for i, key in enumerate(packed)}
        return StylePrices(style=style, currency=self.currency, keys=keys)

    def is_same(self, style: str, revision: int) -> bool:
        """Whether the prices of a style did not change after `revision`."""
        return self._revised.get(style, 0) <= revision

    def has_own(self, company: Company) -> bool:
        """Whether there is any price that only this company gets."""
        return bool(self._keys.get((Source.CUSTOMER, company.id)))

    def _keys_of(self, holder: Holder, style: str) -> Iterable[bytes]:
        return self._keys.get(holder, {}).get(style, ())


def _holders(company: Company) -> tuple[Holder, ...]:
    profile = company.profile
    return (
        (Source.CUSTOMER, company.id),
        (Source.PRICE_LIST, profile.price_list),
        (Source.MARKET, profile.sales_area.organisation),
    )

"""What every style costs the companies that pay alike, today."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from functions.catalog.index.bits import union
from functions.catalog.index.orders import SlotOrder, SortKey
from functions.catalog.index.styles import Styles
from functions.catalog.prices.book import PriceBook
from shared.catalogue.packed_prices import Holder, Key, Record, holder_of
from shared.company.model import Company
from shared.money import UnitPrice, divide_half_up
from shared.price.discounts import apply_discounts, choose_discounts, in_force, leaves_nothing
from shared.price.holders import groups_of
from shared.price.model import InForce, ListPrice, Price, PriceKind, Source, Tier, Tiers

_BYTES_PER_SLOT = 40

_FEW = 100
"""So many changes are always followed; of many more, making the table anew is quicker."""


class StylePrice(NamedTuple):
    """The net wholesale price of a style with its volume tiers, and its RRP if it has one.

    Amounts are minor units of the table's currency for `per` pieces; tiers are (pieces,
    amount) ascending, the RRP is (amount, per). `listed` are the amount and tiers before
    `discounts`, where there are any; `variants` what articles cost that have prices of their own.
    """

    amount: int
    per: int
    source: int
    tiers: Tiers
    rrp: tuple[int, int] | None
    listed: tuple[int, Tiers] | None = None
    variants: tuple[tuple[str, "StylePrice"], ...] = ()
    discounts: tuple[InForce, ...] = ()

    def of(self, article: str) -> "StylePrice":
        """What a variant costs."""
        return next((price for own, price in self.variants if own == article), self)

    @property
    def piece(self) -> int:
        """Minor units for one piece."""
        return divide_half_up(self.amount, self.per)

    @property
    def best_piece(self) -> int:
        """Minor units for one piece at the best tier."""
        return divide_half_up(min((self.amount, *(amount for _, amount in self.tiers))), self.per)

    @property
    def listed_piece(self) -> int:
        """Minor units for one piece before discounts."""
        return divide_half_up(self.listed[0], self.per) if self.listed else self.piece

    def price(self, currency: str) -> Price:
        """The wholesale price."""
        unit = UnitPrice(amount=self.amount, currency=currency, per=self.per)
        before = None
        if self.listed:
            amount, tiers = self.listed
            listed = unit.model_copy(update={"amount": amount})
            before = ListPrice(unit=listed, tiers=_tiers(tiers))
        return Price(
            unit=unit,
            source=Source(self.source),
            tiers=_tiers(self.tiers),
            before=before,
            discounts=self.discounts,
        )

    def retail_price(self, currency: str) -> UnitPrice | None:
        """The RRP."""
        if self.rrp is None:
            return None
        return UnitPrice(amount=self.rrp[0], currency=currency, per=self.rrp[1])


def _tiers(tiers: Tiers) -> list[Tier]:
    return [Tier(quantity=quantity, amount=amount) for quantity, amount in tiers]


class Payer(NamedTuple):
    """All that a price depends on besides the style; who is equal in it pays the same.

    `company` is empty for companies without any price of their own; `discounts` are those in force
    on more than a style. What a style's material pricing group is depends on the `chain`.
    """

    currency: str
    organisation: str
    price_list: str
    company: str
    day: date
    groups: tuple[str, ...] = ()
    chain: str = ""
    discounts: tuple[InForce, ...] = ()

    @property
    def holders(self) -> list[Holder]:
        """The holders whose keys apply to the company."""
        held = (
            (Source.CUSTOMER, self.company),
            *((Source.PRICE_GROUP, group) for group in self.groups),
            (Source.PRICE_LIST, self.price_list),
            (Source.MARKET, self.organisation),
        )
        return [holder_of(source, holder) for source, holder in held if holder]


class PriceTable:
    """Prices by a style's slot; a style without one is not shown (docs/domain.md).

    `own` is the book of the payer's own prices, if there is one; `priced` are the SKUs of
    styles that have a price. It changes under its owner's lock.
    """

    def __init__(self, payer: Payer, styles: Styles, book: PriceBook, own: PriceBook | None):
        self.payer = payer
        self._today = payer.day.isoformat()
        self.styles = styles
        self._book = book
        self._own = own
        self._make()

    def _make(self) -> None:
        """Price every style."""
        self._seen = self._latest()
        self._same: dict[StylePrice, StylePrice] = {}
        self._by_slot: list[StylePrice | None] = [None] * len(self.styles.entries)
        for number, keys in self._all_keys():
            slot = self.styles.slots.get(number)
            if slot is not None:
                self._by_slot[slot] = self._price(slot, keys)
        slots = [slot for slot, _ in self.styles.living() if self._by_slot[slot]]
        self.priced = union(map(self.styles.span, slots), self.styles.size)
        self.ascending = SlotOrder(slots, self._ascending_key)
        self._descending: SlotOrder | None = None

    def __getitem__(self, slot: int) -> StylePrice | None:
        return self._by_slot[slot]

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self._by_slot) * _BYTES_PER_SLOT + len(self._same) * 400

    @property
    def descending(self) -> SlotOrder:
        """The slots by price, the highest first."""
        if self._descending is None:
            self._descending = SlotOrder(self.ascending, self._descending_key)
        return self._descending

    def is_of(self, styles: Styles, book: PriceBook, own: PriceBook | None) -> bool:
        """Whether it is made of these, and so can follow them."""
        return self.styles is styles and self._book is book and self._own is own

    def follow(self) -> None:
        """Price again what changed: styles, or their prices."""
        latest = self._latest()
        if latest == self._seen:
            return
        replaced = self.styles.log[self._seen[0] :]
        if len(replaced) + latest[1] - self._seen[1] > len(self.styles.slots) // 10 + _FEW:
            self._make()
            return
        self._by_slot += [None] * (len(self.styles.entries) - len(self._by_slot))
        for replacement in replaced:
            if replacement.dead is not None:
                self._set(replacement.dead, None)
        changed = {self.styles.entries[one.new].number for one in replaced if one.new is not None}
        changed.update(self._book.log[self._seen[1] :])
        changed.update(self._own.log[self._seen[2] :] if self._own else ())
        for number in changed:
            slot = self.styles.slots.get(number)
            if slot is not None:
                self._set(slot, self._price(slot, self._keys(number)))
        self._seen = latest

    def piece_price(self, slot: int) -> int:
        """Minor units for one piece of the style in `slot`, which has a price."""
        price = self._by_slot[slot]
        if price is None:
            raise LookupError(f"no price: {self.styles.entries[slot].number}")
        return price.piece

    def is_given_away(self, number: str) -> bool:
        """Whether a style that has no price has a list price, of which discounts leave nothing."""
        keys, organisation = self._keys(number), self.payer.organisation
        return _choose(keys, "wholesale", organisation, self._today, "") is not None

    def between(self, least: int | None, greatest: int | None) -> Iterable[int]:
        """The slots of piece prices from `least` to `greatest`, both inclusive."""
        if greatest is None:
            return self.ascending.after(None if least is None else (least, ""))
        return self.ascending.between((least or 0, ""), (greatest + 1, ""))

    def _latest(self) -> tuple[int, int, int]:
        own = len(self._own.log) if self._own else 0
        return len(self.styles.log), len(self._book.log), own

    def _all_keys(self) -> Iterable[tuple[str, list[Key]]]:
        holders = self.payer.holders
        if self._own is None:
            return self._book.all_keys(holders)
        keys = dict(self._book.all_keys(holders))
        for number, own in self._own.all_keys(holders):
            keys[number] = _newest(keys.get(number, ()), own)
        return keys.items()

    def _keys(self, number: str) -> list[Key]:
        keys = self._book.keys(number, self.payer.holders)
        if self._own is None:
            return keys
        return _newest(keys, self._own.keys(number, self.payer.holders))

    def _price(self, slot: int, keys: list[Key]) -> StylePrice | None:
        group = self.styles.entries[slot].pricing_group(self.payer.chain)
        price = choose_price(keys, self.payer, self._today, group)
        return None if price is None else self._same.setdefault(price, price)

    def _set(self, slot: int, price: StylePrice | None) -> None:
        before = self._by_slot[slot]
        if before == price:
            return
        orders = [order for order in (self.ascending, self._descending) if order is not None]
        first, end = self.styles.span(slot)
        skus = (1 << end) - (1 << first)
        if before is not None:
            for order in orders:
                order.remove(slot)
            self.priced &= ~skus
        self._by_slot[slot] = price
        if price is not None:
            for order in orders:
                order.add(slot)
            self.priced |= skus

    def _ascending_key(self, slot: int) -> SortKey:
        return self.piece_price(slot), self.styles.entries[slot].number

    def _descending_key(self, slot: int) -> SortKey:
        return -self.piece_price(slot), self.styles.entries[slot].number


def _newest(keys: Sequence[Key], own: Iterable[Key]) -> list[Key]:
    """A customer's key may still stand beside the market's, too: the newer stamp counts."""
    others = [key for key in keys if key[0] != Source.CUSTOMER]
    newest = {key[4]: key for key in keys if key[0] == Source.CUSTOMER}
    for key in own:
        known = newest.get(key[4])
        if known is None or known[5] <= key[5]:
            newest[key[4]] = key
    return [*newest.values(), *others]


def choose_price(
    keys: Sequence[Key], payer: Payer, on: str, material_group: str
) -> StylePrice | None:
    """What `shared.price.rules` choose of the keys of a payer's holders, on an ISO day."""
    price = _price_of(keys, payer, on, "", material_group)
    if price is None:
        return None
    articles = sorted({key[6] for key in keys if key[6]})
    variants = [
        (article, _price_of(keys, payer, on, article, material_group)) for article in articles
    ]
    if any(own is None for _, own in variants):
        # It has the style's price at least, so discounts leave nothing of its own.
        return None
    apart = tuple((article, own) for article, own in variants if own and own != price)
    return price._replace(variants=apart) if apart else price


def _price_of(
    keys: Sequence[Key], payer: Payer, on: str, article: str, material_group: str
) -> StylePrice | None:
    wholesale = _choose(keys, "wholesale", payer.organisation, on, article)
    if wholesale is None:
        return None
    source, (_, _, amount, per, tiers) = wholesale
    retail = _choose(keys, "rrp", payer.organisation, on, article)
    rrp = None if retail is None else (retail[1][2], retail[1][3])
    listed = tuple((q, a) for q, a in tiers)
    discounts = choose_discounts(
        [*payer.discounts, *_discounts(keys, payer, on)], article, material_group
    )
    if not discounts:
        return StylePrice(amount, per, source, listed, rrp)
    net, net_tiers = apply_discounts(amount, per, listed, discounts, payer.currency)
    if leaves_nothing(amount, listed, [net, *dict(net_tiers).values()], discounts):
        return None
    before = (amount, listed)
    return StylePrice(net, per, source, net_tiers, rrp, before, discounts=tuple(discounts))


def _discounts(keys: Iterable[Key], payer: Payer, on: str) -> Iterator[InForce]:
    """The records of the style's own discounts that are in force."""
    for source, _, organisation, records, _, _, article, terms in keys:
        if terms is None or organisation != payer.organisation:
            continue
        step, condition, access, percent, running, by_value, currency = terms
        if currency not in ("", payer.currency):
            continue
        for first, last, rate, per, tiers in records:
            if first <= on <= last:
                yield InForce(
                    step,
                    condition,
                    access,
                    source,
                    article,
                    "",
                    first,
                    percent,
                    running,
                    by_value,
                    rate,
                    per,
                    tuple((start, at) for start, at in tiers),
                )


def _choose(
    keys: Iterable[Key], kind: PriceKind, organisation: str, on: str, article: str
) -> tuple[int, Record] | None:
    """The record of the highest source; within it the variant's own, then the one that became
    valid last."""
    best: tuple[int, Record] | None = None
    rank = (0, "", "")
    for source, own_kind, own_organisation, records, _, _, own_article, _ in keys:
        if own_kind != kind or own_organisation != organisation:
            continue
        if own_article and own_article != article:
            continue
        for record in records:
            if record[0] <= on <= record[1] and (source, own_article, record[0]) > rank:
                best, rank = (source, record), (source, own_article, record[0])
    return best


def payer_of(company: Company, day: date, *, own: bool) -> Payer:
    """Who pays like the company; `own` says whether it has any price of its own."""
    profile = company.profile
    return Payer(
        currency=profile.currency,
        organisation=profile.sales_area.organisation,
        price_list=profile.price_list,
        company=company.id if own else "",
        day=day,
        groups=tuple(filter(None, groups_of(profile))),
        chain=profile.sales_area.chain,
        discounts=tuple(in_force(company.discounts.values(), company, profile.currency, day)),
    )

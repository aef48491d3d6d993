"""What is told of a day is what orders of that day were placed with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.sync_prices.merge import StoredKey
from functions.sync_prices.merge import merge as merge_key
from functions.sync_products.merge import merge, merge_listing
from shared.assortment.repository import parse as parse_assortment
from shared.cart.context import CartContext
from shared.company.model import Company
from shared.past.asking import said_at
from shared.past.keeping import BEGAN, Terms, past_of
from shared.past.terms import assortment_terms, company_terms, price_terms, style_terms
from shared.price.model import PriceKey, Source
from shared.price.repository import parse as parse_prices
from shared.store import Document, to_document
from shared.style.model import Style
from shared.style.repository import parse as parse_style
from tests.factories.assortment import assortment
from tests.factories.company import company, profile
from tests.factories.price import discount, key, record
from tests.factories.style import style

BEGIN = datetime(2027, 3, 1, 8, tzinfo=UTC)
ORDERS = 20
TERMS: Mapping[str, Terms] = {
    "style": style_terms,
    "company": company_terms,
    "assortment": assortment_terms,
    "prices": price_terms,
}

_days = st.integers(0, 40).map(lambda days: date(2027, 2, 20) + timedelta(days=days))
_changes = st.one_of(
    st.tuples(st.just("price"), st.integers(1, 90), _days, _days, st.sampled_from(Source)),
    st.tuples(st.just("discount"), st.integers(1, 90), _days, _days),
    st.tuples(st.just("style"), st.integers(0, 9), st.sampled_from(["TOPS", "BALLS"])),
    st.tuples(st.just("colours"), st.sampled_from([("010",), ("400",), ("010", "400")])),
    st.tuples(st.just("company"), st.integers(0, 9), st.sampled_from(["W1", "W2"])),
    st.tuples(st.just("assortment"), st.sampled_from(["TOPS", "BALLS"]), st.booleans()),
    st.tuples(st.just("again")),
)


@dataclass
class _World:
    """Documents as they are stored, and what is kept of before, by minutes."""

    documents: dict[str, Document] = field(default_factory=dict)
    past: dict[str, list[Document]] = field(default_factory=dict)

    def save(self, name: str, after: Document | None, now: datetime) -> None:
        if after is None:
            return
        before = self.documents.get(name)
        kept = past_of(before, after, TERMS[name])
        if kept is not None:
            self.past.setdefault(name, []).append({**kept, "until": now, "expires_at": now})
        began = now if before is None else before[BEGAN]
        self.documents[name] = {**after, BEGAN: began}

    def at(self, name: str, at: datetime) -> Document | None:
        if name not in self.documents:
            return None
        later = (one for one in self.past.get(name, []) if one["until"] > at)
        return said_at(self.documents[name], next(later, None), at, TERMS[name])


def _apply(world: _World, change: tuple[Any, ...], number: int, now: datetime) -> None:
    stamp = f"{20270301000000000000 + number}"
    match change:
        case ("price", int(amount), date() as start, date() as end, Source() as source):
            holder = {Source.CUSTOMER: "100001", Source.PRICE_LIST: "W1"}.get(source, "1000")
            valid = record(amount * 100, valid_from=start, valid_to=end)
            told = key(valid, source=source, holder=holder, stamp=stamp)
            world.save("prices", merge_key(world.documents.get("prices"), _stored(told)), now)
        case ("discount", int(rate), date() as start, date() as end):
            days = {"valid_from": start, "valid_to": end}
            off = discount(rate * 1000, record_of=days, stamp=stamp)
            one = StoredKey("K007", off, style="10123", currency="EUR")
            world.save("prices", merge_key(world.documents.get("prices"), one), now)
        case ("style", int(minimum), str(category)):
            told_style = style(minimum=minimum, category=category, stamp=stamp)
            world.save("style", merge(world.documents.get("style"), told_style), now)
        case ("colours", tuple(colours)):
            told_style = style(colours=colours, stamp=stamp)
            world.save("style", merge(world.documents.get("style"), told_style), now)
        case ("company", int(minimum), str(price_list)):
            told_company = profile(minimum_order=minimum, price_list=price_list, stamp=stamp)
            stored = world.documents.get("company", {})
            world.save("company", {**stored, "profile": to_document(told_company)}, now)
        case ("assortment", str(category), bool(is_out)):
            out = [{"style": "10123", "colour": "010"}] if is_out else []
            listed = assortment(rules=[{"category": [category]}], excluded=out, stamp=stamp)
            stored_one = world.documents.get("assortment")
            world.save("assortment", merge_listing(stored_one, listed), now)
        case _:
            for name, document in list(world.documents.items()):
                world.save(name, {**document, "stamp": stamp}, now)


def _stored(told: PriceKey) -> StoredKey:
    return StoredKey(f"{told.source}-{told.holder}", told, style="10123", currency="EUR")


def _ordered(read: Callable[[str], Document | None], day: date) -> list[object]:
    """What an order is placed with: of each SKU whether it can be bought, price and minimums."""
    buyer, found = read("company"), parse_style(read("style"))
    if buyer is None or not isinstance(found, Style):
        return []
    prices = parse_prices(read("prices"))
    known = Company.model_validate({**buyer, "id": "100001"})
    listed = parse_assortment("SPORT", read("assortment"))
    context = CartContext(
        company=known,
        assortment=listed,
        styles={found.number: found},
        prices={found.number: prices} if prices else {},
        own_prices={},
        availability={},
        today=day,
    )
    skus = [sku.id for colour in found.colourways for sku in colour.skus]
    return [
        known.profile.minimum_order,
        found.minimum,
        found.multiple,
        context.price(found.number),
        context.rrp(found.number),
        [(sku, context.product(sku) is not None) for sku in skus],
    ]


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 2000), _changes), min_size=1, max_size=40),
    st.lists(st.tuples(st.integers(0, 40_000), _days), min_size=ORDERS, max_size=ORDERS),
)
def test_as_of_its_moment_each_order_reads_as_it_was_placed(
    told: list[tuple[int, tuple[Any, ...]]], asked: list[tuple[int, date]]
) -> None:
    world, now = _World(), BEGIN
    placed: list[tuple[datetime, date, list[object]]] = []
    moments = sorted((BEGIN + timedelta(minutes=minutes), day) for minutes, day in asked)
    changes = []
    for number, (minutes, change) in enumerate(told):
        now += timedelta(minutes=minutes)
        changes.append((now, number, change))
    for at, day in moments:
        while changes and changes[0][0] <= at:
            _apply(world, changes[0][2], changes[0][1], changes[0][0])
            changes.pop(0)
        placed.append((at, day, _ordered(world.documents.get, day)))
    for now, number, change in changes:
        _apply(world, change, number, now)
    for at, day, as_placed in placed:
        assert _ordered(partial(world.at, at=at), day) == as_placed


def test_what_tells_the_same_again_keeps_nothing() -> None:
    before = to_document(style())
    assert past_of(before, {**before, "stamp": "20280101000000000000"}, style_terms) is None
    assert past_of(before, {**before, "names": {"en": "Other"}}, style_terms) is None
    assert past_of(before, {**before, "minimum": 7}, style_terms) == style_terms(before)


def test_of_a_company_nothing_is_kept_that_names_people() -> None:
    kept = company_terms(to_document(company()))
    assert "Läufer" not in str(kept)
    assert "Laufweg" not in str(kept)

"""The sums are those of a model that keeps every order, and where they are folded, never less."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from functions.sync_customers.merge import merge as merge_company
from functions.sync_inventory.merge import merge as merge_stock
from shared.availability.model import Availability
from shared.availability.rules import ats, pending
from shared.company.model import Company
from shared.company.open_amounts import pending_amounts
from shared.order.commitment import open_amounts, promised_pieces
from shared.order.model import Order, OrderChange
from shared.order.status import Status
from shared.order.versions import add_version, revert_version, with_quantities
from shared.stamped import UNTOLD
from shared.store import to_document
from tests.factories import availability as stocks
from tests.factories.assortment import NOW, TODAY
from tests.factories.company import company, credit
from tests.factories.order import ANNA, order, order_line, waiting
from tests.factories.sap import stamp
from tests.support import sums
from tests.support.idocs import stock_change

ARTICLES = ("10123001", "10123002")
SKUS = ("10123-010-S", "10123-010-M")
DAYS = [TODAY + timedelta(days=days) for days in (0, 3, 7, 30)]
FEW_SUMS, FEW_AMOUNTS = 4, 2


def _availability() -> Availability:
    found = Availability(style="10123", plant="EU01")
    for article in ARTICLES:
        found.stock[article] = stocks.stock(40, [(DAYS[2], 20)], stamp=stamp(1))
    return found


@dataclass
class World:
    """Every order; and the sums, as they are and with little room for them."""

    orders: dict[str, Order] = field(default_factory=dict)
    stock: Availability = field(default_factory=_availability)
    buyer: Company = field(default_factory=company)
    folded_stock: Availability = field(default_factory=_availability)
    folded_buyer: Company = field(default_factory=company)
    second: int = 100

    def save(self, after: Order) -> None:
        """Save a new order, or one that is there."""
        before = self.orders.get(after.number)
        self.orders[after.number] = after
        self.stock, self.buyer = sums.save(self.stock, self.buyer, before, after)
        self.folded_stock, self.folded_buyer = sums.save(
            self.folded_stock, self.folded_buyer, before, after, FEW_SUMS, FEW_AMOUNTS
        )

    def count_stock(self, article: str, at: str) -> None:
        """SAP tells the stock of an article as of a stamp."""
        rows = {article: stocks.stock(40, [(DAYS[2], 20)], stamp=at)}
        self.stock, self.folded_stock = (
            Availability.model_validate(
                merge_stock(to_document(one), stock_change(rows)) or to_document(one)
            )
            for one in (self.stock, self.folded_stock)
        )

    def count_credit(self, at: str) -> None:
        """SAP tells the company's exposure as of a stamp."""
        self.buyer, self.folded_buyer = (
            Company.model_validate(
                {"id": one.id, **(merge_company(to_document(one), credit(stamp=at)) or {})}
                if one.credit is None or one.credit.stamp < at
                else one
            )
            for one in (self.buyer, self.folded_buyer)
        )

    def model_pending(self, article: str) -> dict[date, int]:
        """What is promised of the article beside its stock, of every order."""
        found: Counter[date] = Counter()
        figures = self.stock.stock.get(article)
        for one in self.orders.values():
            for promise, pieces in promised_pieces(one).items():
                known = figures is not None and promise.stamp <= figures.stamp
                if promise.article == article and (promise.stamp == UNTOLD or not known):
                    found[promise.on] += pieces
        return {day: pieces for day, pieces in found.items() if pieces}

    def model_open(self) -> int:
        """What is open beside the credit figures, of every order."""
        known = self.buyer.credit.stamp if self.buyer.credit else ""
        return sum(
            amount
            for one in self.orders.values()
            for at, amount in open_amounts(one).items()
            if at == UNTOLD or at > known
        )


_OFTEN = ("place", "told", "change", "told")
_steps = st.lists(
    st.tuples(
        st.sampled_from([*_OFTEN, *_OFTEN, "end", "reject", "stock", "credit"]),
        st.integers(0, 9),
        st.lists(st.integers(0, 9), min_size=2, max_size=2).filter(any),
    ),
    min_size=10,
    max_size=30,
)


@settings(deadline=None)
@given(_steps)
def test_the_sums_are_those_of_all_orders(steps: list[tuple[str, int, list[int]]]) -> None:
    world = World()
    for what, choice, pieces in steps:
        world.second += 1
        known = list(world.orders.values())
        one = known[choice % len(known)] if known else None
        match what:
            case "stock":
                # Also figures from before orders that SAP has told of since.
                world.count_stock(ARTICLES[choice % 2], stamp(world.second - choice))
            case "credit":
                world.count_credit(stamp(world.second - choice))
            case "place":
                world.save(_placed(len(known), DAYS[choice % 4], pieces))
            case _ if one is not None and one.status is not Status.REJECTED:
                _take_a_step(world, one, what, pieces)
        _check(world)


def _placed(index: int, on: date, pieces: list[int]) -> Order:
    lines = [
        order_line(sku, article, count, position=position)
        for position, (sku, article, count) in enumerate(
            zip(SKUS, ARTICLES, pieces, strict=True), start=1
        )
    ]
    return order(f"AAAAAAAAAA-{index:03}", lines, requested_on=on)


def _take_a_step(world: World, one: Order, what: str, pieces: list[int]) -> None:
    now = stamp(world.second)
    last = one.versions[-1] if one.versions else None
    running = last is not None and last.via_sap and not last.refused and last.sap_stamp is None
    match what:
        case "told" if one.sap_stamp is None:
            world.save(one.model_copy(update={"sap_stamp": now}))
        case "told" if running and last is not None:
            versions = [*one.versions[:-1], last.model_copy(update={"sap_stamp": now})]
            world.save(one.model_copy(update={"versions": versions}))
        case "change" if not running:
            via_sap = one.sap_stamp is not None
            new = add_version(one, pieces, NOW, ANNA, via_sap=via_sap)
            asked = OrderChange(number=new.version, at=NOW, by="Anna", handover=waiting())
            world.save(new.model_copy(update={"change": asked if via_sap else None}))
        case "end" if running and last is not None:
            world.save(revert_version(one, last.number))
        case "end":
            # By a cancellation here or in SAP.
            world.save(one.model_copy(update={"status": Status.CANCELLED}))
        case "reject":
            world.save(one.model_copy(update={"status": Status.REJECTED}))


def _check(world: World) -> None:
    for article in ARTICLES:
        found = pending(world.stock, article)
        assert {day: n for day, n in found.items() if n} == world.model_pending(article)
    exact = pending_amounts(world.buyer.open_amounts, None)
    assert sum(exact.values()) == world.model_open()
    folded = world.folded_stock.promised
    entries = sum(len(days) for by_stamp in folded.values() for days in by_stamp.values())
    assert entries <= FEW_SUMS
    assert len(world.folded_buyer.open_amounts) <= FEW_AMOUNTS
    # Now, and with any later stock and credit, no more is left than without folding.
    for at in {stamp(1), *world.buyer.open_amounts} - {UNTOLD}:
        for article in ARTICLES:
            for day in DAYS:
                left = ats(_counted_at(world.stock, article, at), article, day)
                assert ats(_counted_at(world.folded_stock, article, at), article, day) <= left
        open_at = sum(pending_amounts(world.buyer.open_amounts, at).values())
        assert sum(pending_amounts(world.folded_buyer.open_amounts, at).values()) >= open_at


def _counted_at(some: Availability, article: str, at: str) -> Availability:
    figures = some.stock[article]
    later = figures.model_copy(update={"stamp": max(figures.stamp, at)})
    return some.model_copy(update={"stock": {**some.stock, article: later}})


_pieces = st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any)


@given(st.lists(_pieces, min_size=2, max_size=5), st.data())
def test_open_orders_cover_what_is_due_whatever_changes(
    versions: list[list[int]], data: st.DataObject
) -> None:
    """SAP tells each change, what it removed as rejected; its exposure has what it told by then."""
    lines = [
        order_line(f"10123-010-{n}", f"1012300{n}", count, price=4560, position=n)
        for n, count in enumerate(versions[0], start=1)
    ]
    one = order(lines=lines, sap_stamp=stamp(100))
    told = {stamp(100): one.net.amount}
    for second, wanted in enumerate(versions[1:], start=101):
        # A line that was removed stays removed.
        pieces = [n if line.quantity else 0 for n, line in zip(wanted, one.lines, strict=True)]
        one = add_version(one, pieces, NOW, ANNA, via_sap=True)
        latest = one.versions[-1].model_copy(update={"sap_stamp": stamp(second)})
        removed = [
            line.model_copy(update={"rejected": line.rejected or not line.quantity})
            for line in one.lines
        ]
        one = one.model_copy(update={"versions": [*one.versions[:-1], latest], "lines": removed})
        told[stamp(second)] = with_quantities(one, pieces).net.amount
    due = one.net.amount
    assert sum(open_amounts(one).values()) == due
    at = data.draw(st.sampled_from(sorted(told)))
    beside = sum(pending_amounts(open_amounts(one), at).values())
    assert told[at] + beside >= due

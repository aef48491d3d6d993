"""What settings of a source system say that can't be, all of it at once. Pure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from shared.market.model import MARKETS, PLANTS, SALES_ORGANISATIONS
from shared.order.rejection import RejectionReason

if TYPE_CHECKING:
    from shared.sap.source_system import SourceSystem

_REGISTRY = "shared/market/registry.json"

H = TypeVar("H", bound=Hashable)


def contradictions(system: "SourceSystem") -> Iterator[str]:
    """Each with its place: what the registry of markets does not know, and what is said two ways."""
    yield from _sales_areas(system)
    yield from _markets(system)
    for plant in sorted(system.stock.plants.keys() - PLANTS.keys()):
        yield f"stock.plants: {plant} is no plant of {_REGISTRY}"
    yield from _prices(system)
    yield from _units(system)
    yield from _orders(system)


def _sales_areas(system: "SourceSystem") -> Iterator[str]:
    for area in _twice(system.sales_areas):
        yield f"sales_areas: {area.organisation} {area.channel} {area.division} is there twice"
    organisations = dict.fromkeys(area.organisation for area in system.sales_areas)
    for organisation in organisations:
        if organisation not in SALES_ORGANISATIONS:
            yield f"sales_areas: {organisation} is no sales organisation of {_REGISTRY}"
        elif (seat := SALES_ORGANISATIONS[organisation].country) not in system.markets:
            yield f"markets: {seat} lacks, the seat of {organisation}"


def _markets(system: "SourceSystem") -> Iterator[str]:
    for country in _twice(system.markets):
        yield f"markets: {country} is there twice"
    selling = {area.organisation for area in system.sales_areas}
    for country in dict.fromkeys(system.markets):
        if country not in MARKETS:
            yield f"markets: {country} is no market of {_REGISTRY}"
        elif (seller := MARKETS[country].organisation) not in selling:
            yield f"markets: {seller}, which sells into {country}, is not among sales_areas"


def _prices(system: "SourceSystem") -> Iterator[str]:
    areas = dict.fromkeys(system.sales_areas)
    counts = Counter(area.organisation for area in areas)
    named = [area.organisation for area in system.prices.areas]
    for organisation in _twice(named):
        yield f"prices.areas: {organisation} is there twice"
    for organisation in dict.fromkeys(named):
        if organisation not in counts:
            yield f"prices.areas: {organisation} is not among sales_areas"
    for organisation, count in counts.items():
        if count > 1 and organisation not in named:
            yield (
                f"prices.areas: {organisation} has {count} sales areas, and none is named whose"
                " conditions count in all"
            )


def _units(system: "SourceSystem") -> Iterator[str]:
    known = system.articles.units
    for counted, unit in system.orders.units.items():
        if known.get(unit) != counted:
            yield f"orders.units: {unit} is not {counted} in articles.units"
    for counted in sorted({*known.values()} - system.orders.units.keys()):
        yield f"orders.units: {counted} lacks"
    for unit in system.documents.case_units:
        if unit in known:
            yield f"documents.case_units: {unit} is a case, and in articles.units a piece or pair"


def _orders(system: "SourceSystem") -> Iterator[str]:
    own = {system.order_types.at_once, system.order_types.pre_book}
    for kind in sorted(own & system.documents.order_types.keys()):
        yield f"documents.order_types: {kind} is the type of our own orders"
    for message in sorted({*system.orders.locks} & system.orders.holds.keys()):
        yield f"orders.locks: {message} is a hold, too"
    condition = system.orders.condition
    others = {*system.prices.ignored, *(one.type for one in system.prices.discounts)}
    if condition in others or system.prices.types.get(condition, "wholesale") != "wholesale":
        yield f"orders.condition: {condition} is another thing than the price in prices"
    texts = system.orders.texts
    for name in _twice((texts.cancel_by, texts.season, texts.po_written)):
        yield f"orders.texts: {name} is the id of two texts of the header"
    types = {one.type for one in system.prices.discounts}
    for name in sorted(system.buyer_texts.discounts.keys() - types):
        yield f"buyer_texts.discounts: {name} is none of prices.discounts"
    told = system.buyer_texts.rejections.get(system.withdrawn)
    if told is not RejectionReason.AT_YOUR_REQUEST:
        yield (
            f"buyer_texts.rejections: {system.withdrawn} is what a buyer takes out (withdrawn), so it"
            f" means {RejectionReason.AT_YOUR_REQUEST.value}"
        )


def _twice(found: Iterable[H]) -> list[H]:
    return [one for one, count in Counter(found).items() if count > 1]

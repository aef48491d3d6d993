"""What is sold in the benchmarks: styles of twelve SKUs, and one of forty for each order."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any, TypeVar

from google.cloud.firestore import Client

from shared.price.model import Source
from shared.style.model import Style
from tests.factories.assortment import assortment, at_once, store_assortment
from tests.factories.availability import availability, store_availability
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, store_company
from tests.factories.price import key, prices, record, store_own_prices, store_prices
from tests.factories.style import store_style, style

T = TypeVar("T")

COMPANY, DOOR, WINDOW = "100001", "200001", "AO"
SIZES = [str(size) for size in range(36, 46)]
_BATCH = 250
"""Documents of a commit, far below its 10 MiB."""


def ordinary(count: int) -> list[Style]:
    """Styles of three colours in four sizes."""
    colours, sizes = ("010", "400", "600"), SIZES[:4]
    return [style(str(10000 + i), colours, sizes, rank=i) for i in range(count)]


def size_runs(count: int, colours: int = 4) -> list[Style]:
    """Styles in ten sizes; of four colours, so with forty cells, unless said else."""
    codes = [f"{100 + i}" for i in range(colours)]
    return [style(str(50000 + i), codes, SIZES, rank=90000 + i) for i in range(count)]


def open_shop(
    db: Client, styles: Sequence[Style], today: date, *, own_prices: bool = False
) -> None:
    """A company that may buy today; of each style its master, tiered prices and much stock.

    With `own_prices` there is a price of each style that only the company gets.
    """
    last = today + timedelta(days=60)
    window = at_once(WINDOW, ship_from=today, ship_to=last, opens=today, cut_off=last)
    store_company(db, company(COMPANY))
    store_assortment(db, assortment(windows=[window]))
    tiered = [key(record(2500, [(10, 2250), (50, 2000)])), key(record(4999), kind="rrp")]
    for some in _batches(styles):
        store_style(db, *some)
        store_prices(db, *(prices(one.number, keys=tiered) for one in some))
        if own_prices:
            own = [key(record(2400), source=Source.CUSTOMER, holder=COMPANY)]
            store_own_prices(db, COMPANY, *(prices(one.number, keys=own) for one in some))
        store_availability(db, *(availability(one, 100_000) for one in some))
    let_announcements_pass(db)


def cells(styles: Iterable[Style], quantity: int = 1) -> list[dict[str, Any]]:
    """Every SKU of the styles for one door and window."""
    return [
        {"sku": sku.id, "door": DOOR, "window": WINDOW, "quantity": quantity}
        for one in styles
        for colourway in one.colourways
        for sku in colourway.skus
    ]


def placing(cart: Any) -> dict[str, Any]:
    """The request that places a cart as it was answered."""
    return {
        "cart": {"id": cart["id"], "revision": int(cart["etag"].strip('"'))},
        "po_number": "PO 4711",
        "prices": [
            {"style": one["style"], "unit_price": one["unit_price"]} for one in cart["styles"]
        ],
    }


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, _BATCH)):
        yield some

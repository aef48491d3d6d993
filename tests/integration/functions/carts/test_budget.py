"""What a change of a cart costs in Firestore (ARCHITECTURE.md, "Budgets")."""

from google.cloud.firestore import Client

from tests.factories.availability import availability, store_availability
from tests.factories.price import prices, store_prices
from tests.factories.style import store_style, style
from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import cell, make, patch
from tests.support.firestore_counter import Count, counting

SIZES = [str(size) for size in range(36, 46)]


def one_change(styles: int) -> Count:
    """Cart and company, then the assortment, general discounts and three documents a style; one write."""
    count = Count(reads=2 + 2 + 3 * styles, writes=1)
    count.methods.update({"BatchGetDocuments": 2, "Commit": 1})
    return count


def costs(count: Count) -> tuple[int, int, dict[str, int]]:
    return count.reads, count.writes, dict(count.methods)


def test_filling_forty_cells_of_one_style(anna: Person, firestore: Client) -> None:
    shoe = style("10300", ("001", "002", "003", "004"), SIZES)
    store_style(firestore, shoe)
    store_prices(firestore, prices("10300"))
    store_availability(firestore, availability(shoe))
    made = make(anna)
    cells = [cell(sku.id, 1) for colourway in shoe.colourways for sku in colourway.skus]
    with counting(firestore) as count:
        answer = patch(anna, made["id"], made["etag"], *cells)
    assert len(answer.json["lines"]) == 40
    assert costs(count) == costs(one_change(styles=1))


def test_a_change_costs_by_the_styles_of_the_cart(anna: Person, firestore: Client) -> None:
    made = make(anna, cell(), cell("10200-001-41", 1))
    with counting(firestore) as count:
        patch(anna, made["id"], made["etag"], cell(quantity=7), key="filled-once")
    assert costs(count) == costs(one_change(styles=2))


def test_a_stale_change_reads_two_documents(anna: Person, firestore: Client) -> None:
    made = make(anna, cell())
    with counting(firestore) as count:
        patch(anna, made["id"], '"1"', cell(quantity=7))
    assert (count.reads, count.writes) == (2, 0)


def test_reading_a_cart_is_two_round_trips(anna: Person, firestore: Client) -> None:
    made = make(anna, cell(), cell("10200-001-41", 1))
    with counting(firestore) as count:
        anna.ask("GET", f"/{made['id']}")
    assert costs(count) == (2 + 2 + 3 * 2, 0, {"BatchGetDocuments": 2})


def test_what_can_be_no_style_is_not_read(anna: Person, firestore: Client) -> None:
    made = make(anna)
    with counting(firestore) as count:
        patch(anna, made["id"], made["etag"], cell("a/b-1-2"), cell("é-1-2"), cell("x" * 41))
    assert (count.reads, count.writes) == (4, 0)

"""A SKU exists for a company if it is in its assortment and has a valid price."""

from datetime import date

import pytest

from shared.cart.context import CartContext
from tests.factories.assortment import assortment, item
from tests.factories.cart import context_of
from tests.factories.price import key, prices, record
from tests.factories.style import style

SKU = "10123-010-M"
EXPIRED = record(2500, valid_to=date(2026, 11, 21))


def test_a_product_is_a_sku_in_its_style() -> None:
    product = context_of().product(SKU)
    assert product is not None
    assert (product.style.number, product.colourway.code, product.sku.size) == (
        "10123",
        "010",
        "M",
    )


@pytest.mark.parametrize(
    "hidden",
    [
        context_of(seen=assortment(excluded=[item("10123", "010")])),
        context_of(seen=assortment(rules=[])),
        context_of(seen=assortment(deleted=True)),
        context_of(style(exclusive="CLUB")),
        context_of(style(deleted=True)),
        context_of(all_prices=[]),
        context_of(all_prices=[prices(keys=[key(EXPIRED)])]),
        context_of(all_prices=[prices(holder="3000", organisation="3000")]),
        context_of(style("10200")),
    ],
)
def test_what_is_not_for_the_company_does_not_exist(hidden: CartContext) -> None:
    assert hidden.product(SKU) is None


def test_what_its_distribution_chain_does_not_sell_does_not_exist() -> None:
    chains = {"S": ["1000~20"], "M": ["1000~10", "1000~20"]}
    sold = style(colours=["010"], sizes=["S", "M"])
    skus = [
        sku.model_copy(update={"blocked_in": chains[sku.size]}) for sku in sold.colourways[0].skus
    ]
    colourways = [sold.colourways[0].model_copy(update={"skus": skus})]
    known = context_of(sold.model_copy(update={"colourways": colourways}))
    assert known.product("10123-010-M") is None
    assert known.product("10123-010-S") is not None


@pytest.mark.parametrize("sku", ["", "10123", "10123-010", "10123-010-XXL", "10123-999-M", "-"])
def test_what_is_no_sku_does_not_exist(sku: str) -> None:
    assert context_of().product(sku) is None


def test_places_follow_colourways_and_size_runs() -> None:
    known = context_of()
    skus = [sku.id for colourway in style().colourways for sku in colourway.skus]
    places = [product.place for sku in skus if (product := known.product(sku))]
    assert len(places) == len(skus)
    assert places == sorted(set(places))

"""A stored condition key has the name that SAP's snapshot holds it by."""

from hypothesis import given
from hypothesis import strategies as st

from shared.price.held import key_of, stored_key
from shared.sap.conditions import ArticleConditions
from shared.sap.discounts import DiscountConditions
from tests.factories import price
from tests.factories.sap import STAMP

generics = st.sampled_from(["", "10123"])


@given(generic=generics)
def test_of_a_price(generic: str) -> None:
    name, article = "PR00~304~1000~W1", "10123001" if generic else "10123"
    one = price.key()
    told = ArticleConditions(
        article, "EUR", name, STAMP, one.kind, one.source, one.holder, one.organisation, ()
    ).in_pieces(lambda _: 1, generic)
    held = key_of(name, article, "EUR")
    assert stored_key(told.name, told.key, told.style, told.currency) == held


@given(generic=generics, is_on_all=st.booleans())
def test_of_a_discount(generic: str, is_on_all: bool) -> None:
    name = "KA00~005~1000~100001"
    article = "" if is_on_all else "10123001" if generic else "10123"
    told = DiscountConditions(article, name, price.discount(), ()).in_pieces(
        lambda _: 1, "" if is_on_all else generic
    )
    assert stored_key(told.name, told.key, told.style, "EUR") == key_of(name, article)

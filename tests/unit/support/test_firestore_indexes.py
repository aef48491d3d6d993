"""The judge of indexes itself: what the real service would refuse is refused."""

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client, FieldFilter
from google.cloud.firestore_v1.base_query import BaseQuery

from tests.support.firestore_indexes import missing, need


@pytest.fixture(name="prices")
def _prices() -> BaseQuery:
    client = Client(project="none", credentials=AnonymousCredentials())
    return client.collection("prices").order_by("updated_at")


def test_a_declared_composite_index_serves_its_query(prices: BaseQuery) -> None:
    query = prices.where(filter=FieldFilter("currency", "==", "EUR"))

    assert missing(need(query._to_protobuf())) is None


def test_a_range_on_the_sorted_field_needs_no_more(prices: BaseQuery) -> None:
    query = prices.where(filter=FieldFilter("currency", "==", "EUR")).where(
        filter=FieldFilter("updated_at", ">", 1)
    )

    assert missing(need(query._to_protobuf())) is None


def test_one_sorted_field_alone_is_indexed_by_itself(prices: BaseQuery) -> None:
    assert missing(need(prices._to_protobuf())) is None


@pytest.mark.parametrize("field", ["style", "season"])
def test_an_equality_that_no_index_has_is_refused(prices: BaseQuery, field: str) -> None:
    query = prices.where(filter=FieldFilter(field, "==", "EUR"))

    assert "no composite index" in (missing(need(query._to_protobuf())) or "")


def test_another_sort_is_refused(prices: BaseQuery) -> None:
    query = prices.where(filter=FieldFilter("currency", "==", "EUR")).order_by("style")

    assert "no composite index" in (missing(need(query._to_protobuf())) or "")

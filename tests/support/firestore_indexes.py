"""Which index a Firestore query needs, and whether infra/firestore.indexes.json has it.

The emulator answers every query; the real service refuses one without its index. Rules:
https://firebase.google.com/docs/firestore/query-data/index-overview (composite indexes,
index merging, exemptions).
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

from google.cloud.firestore_v1.aggregation import AggregationQuery
from google.cloud.firestore_v1.base_query import BaseQuery
from google.cloud.firestore_v1.types import StructuredAggregationQuery, StructuredQuery

DECLARED = Path(__file__).parents[2] / "infra" / "firestore.indexes.json"

Order = tuple[str, str]  # field path, ASCENDING or DESCENDING

_EQUALITIES = {"EQUAL", "IN", "ARRAY_CONTAINS", "ARRAY_CONTAINS_ANY"}


@dataclass(frozen=True)
class Need:
    """What a query filters for equality, and then sorts by."""

    collection: str
    equal: frozenset[str]
    sort: tuple[Order, ...]


@contextmanager
def recorded() -> Iterator[list[Need]]:
    """Collects what every query issued within needs."""
    needs: list[Need] = []
    to_protobuf = BaseQuery._to_protobuf
    summed_to_protobuf = AggregationQuery._to_protobuf

    def record(query: BaseQuery) -> StructuredQuery:
        message = to_protobuf(query)
        needs.append(need(message))
        return message

    def record_sums(query: AggregationQuery) -> StructuredAggregationQuery:
        # What is summed has to stand in the index, behind what is filtered by.
        message = summed_to_protobuf(query)
        fields = [each.sum.field.field_path for each in message.aggregations if "sum" in each]
        summed = tuple((path, "ASCENDING") for path in fields)
        needs[-1] = replace(needs[-1], sort=(*needs[-1].sort, *summed))
        return message

    with (
        mock.patch.object(BaseQuery, "_to_protobuf", record),
        mock.patch.object(AggregationQuery, "_to_protobuf", record_sums),
    ):
        yield needs


def need(query: StructuredQuery) -> Need:
    """Read a query as it goes over the wire."""
    equal: set[str] = set()
    ranges: list[str] = []
    for path, operator in _filters(query.where):
        if operator in _EQUALITIES:
            equal.add(path)
        elif path not in ranges:
            ranges.append(path)
    sort = [(o.field.field_path, o.direction.name) for o in query.order_by]
    sorted_by = {path for path, _ in sort}
    sort = [*((path, "ASCENDING") for path in ranges if path not in sorted_by), *sort]
    named = tuple(order for order in sort if order[0] != "__name__")
    return Need(query.from_[0].collection_id, frozenset(equal), named)


def missing(wanted: Need) -> str | None:
    """Why the query would be refused; None when its indexes are declared."""
    indexes, exempt = _declared()
    for path in (*wanted.equal, *(path for path, _ in wanted.sort)):
        if any(path == e or path.startswith(f"{e}.") for e in exempt.get(wanted.collection, ())):
            return f"{wanted.collection}.{path} is exempt from indexing but queried: {wanted}"
    if not wanted.sort or (not wanted.equal and len(wanted.sort) == 1):
        return None  # single-field indexes serve it
    covered: set[str] = set()
    for fields in indexes.get(wanted.collection, ()):
        prefix, suffix = _split(fields, len(wanted.sort))
        if prefix <= wanted.equal and suffix in (wanted.sort, _reversed(wanted.sort)):
            covered |= prefix
    if covered == wanted.equal and (covered or _whole(wanted, indexes)):
        return None
    return f"no composite index in {DECLARED.name} for {wanted}"


def _whole(wanted: Need, indexes: dict[str, list[tuple[Order, ...]]]) -> bool:
    return any(
        fields in (wanted.sort, _reversed(wanted.sort))
        for fields in indexes.get(wanted.collection, ())
    )


def _split(fields: tuple[Order, ...], sort: int) -> tuple[frozenset[str], tuple[Order, ...]]:
    cut = max(0, len(fields) - sort)
    return frozenset(path for path, _ in fields[:cut]), fields[cut:]


def _reversed(sort: tuple[Order, ...]) -> tuple[Order, ...]:
    other = {"ASCENDING": "DESCENDING", "DESCENDING": "ASCENDING"}
    return tuple((path, other[direction]) for path, direction in sort)


def _filters(where: Any) -> Iterator[tuple[str, str]]:
    if "composite_filter" in where:
        for part in where.composite_filter.filters:
            yield from _filters(part)
    elif "field_filter" in where:
        yield where.field_filter.field.field_path, where.field_filter.op.name
    elif "unary_filter" in where:
        yield where.unary_filter.field.field_path, "EQUAL"


@cache
def _declared() -> tuple[dict[str, list[tuple[Order, ...]]], dict[str, list[str]]]:
    content = json.loads(DECLARED.read_text())
    indexes: dict[str, list[tuple[Order, ...]]] = {}
    for index in content["indexes"]:
        fields = tuple(
            (field["fieldPath"], field.get("order", "CONTAINS"))
            for field in index["fields"]
            if field["fieldPath"] != "__name__"
        )
        indexes.setdefault(index["collectionGroup"], []).append(fields)
    exempt: dict[str, list[str]] = {}
    for override in content["fieldOverrides"]:
        if not override["indexes"]:
            exempt.setdefault(override["collectionGroup"], []).append(override["fieldPath"])
    return indexes, exempt

"""The order's status only moves along the edges that the trade knows (all pairs)."""

from itertools import product

import pytest

from shared.order.status import EDGES, Status, may_move

# Rows are from, columns to; x marks an edge.
TABLE = """
                 pen hld acc snt cnf psh shp inv cls rej can
pending_approval  .   x   x   .   .   .   .   .   .   x   x
on_hold           .   .   x   .   .   .   .   .   .   x   x
accepted          .   x   .   x   x   .   .   .   .   x   x
sent              .   .   .   .   x   .   .   .   .   x   x
confirmed         .   .   .   .   .   x   x   .   .   x   x
partly_shipped    .   .   .   .   .   .   x   x   x   .   .
shipped           .   .   .   .   .   .   .   x   x   .   .
invoiced          .   .   .   .   .   .   .   .   x   .   .
closed            .   .   .   .   .   .   .   .   .   .   .
rejected          .   .   .   .   x   .   .   .   .   .   .
cancelled         .   .   .   .   x   .   .   .   .   .   .
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()[1:]}
EXPECTED = {
    (Status(old), new): mark == "x"
    for old, marks in ROWS.items()
    for new, mark in zip(Status, marks, strict=True)
}


@pytest.mark.parametrize(("old", "new"), list(product(Status, Status)))
def test_every_pair(old: Status, new: Status) -> None:
    assert may_move(old, new) is EXPECTED[old, new]


def test_every_status_has_its_edges() -> None:
    assert set(EDGES) == set(Status)


def test_only_a_hold_and_what_sap_opens_again_are_left_backwards() -> None:
    both_ways = {
        frozenset(p) for p in product(Status, Status) if may_move(*p) and may_move(*p[::-1])
    }
    assert both_ways == {
        frozenset({Status.ACCEPTED, Status.ON_HOLD}),
        frozenset({Status.CONFIRMED, Status.REJECTED}),
        frozenset({Status.CONFIRMED, Status.CANCELLED}),
    }

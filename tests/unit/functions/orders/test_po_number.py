"""PO numbers as buyers write them."""

import pytest
from pydantic import ValidationError

from functions.orders.schema import PoNumberQuery


@pytest.mark.parametrize(
    "written", ["PO 1\n", "\tPO 1", " " * 120 + "PO 1", "PO 1\u00a0", "\r\nPO 1 "]
)
def test_blanks_around_it_are_gone_before_anything_is_checked(written: str) -> None:
    assert PoNumberQuery(po_number=written).po_number == "PO 1"


@pytest.mark.parametrize("written", ["PO\n1", "PO\x001", " \t", "x" * 101])
def test_what_it_can_not_be_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        PoNumberQuery(po_number=written)

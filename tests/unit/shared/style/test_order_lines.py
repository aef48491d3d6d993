"""A line of a pasted list is read as a code and a quantity, or asked about."""

import pytest

from shared.style.order_lines import read_line


@pytest.mark.parametrize(
    ("line", "code", "quantity"),
    [
        ("10001-010-M", "10001-010-M", 1),
        ("10001-010-M 3", "10001-010-M", 3),
        ("10001-010-42.5\t12", "10001-010-42.5", 12),
        ("10001-010-M;3", "10001-010-M", 3),
        ("10001-010-M,3", "10001-010-M", 3),
        ("10001-010-42, 5", "10001-010-42", 5),
        ("10001-010-42,5", "10001-010-42", "ambiguous_quantity"),
        ("10001-010-M 3,5", "10001-010-M", "not_whole"),
        ("10001-010-M 3,0", "10001-010-M", 3),
        ("10001-010-M -3", "10001-010-M", "negative"),
        ("10001-010-M 1.000", "10001-010-M", "ambiguous_quantity"),
        ("10001-010-M\tShirt\t3", "10001-010-M", "not_whole"),
        ("4012345678901,6", "4012345678901", 6),
        ("4012345678901 1 200", "4012345678901", 1200),
        ("4 012345 678901", "4 012345 678901", 1),
        ("4 012345 678901 7", "4 012345 678901", 7),
        ("\u200e4012345678901\u00a02", "4012345678901", 2),
        ("(01) 14012345678908 (37) 24", "(01)14012345678908(37)24", 1),
        ("(01)14012345678908;2", "(01)14012345678908", 2),
        ("some words here", "SOME", "not_whole"),
    ],
)
def test_a_line_is_read(line: str, code: str, quantity: int | str) -> None:
    read, _, pieces = read_line(line)
    assert (read.text, pieces) == (code, quantity)

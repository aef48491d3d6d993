"""Days and weeks are read however they are spaced, and no text takes long."""

from datetime import date

import pytest

from functions.carts.upload.days import Days, read_days

TODAY = date(2027, 1, 4)
WEEK_9 = Days(date(2027, 3, 1), date(2027, 3, 7))


@pytest.mark.parametrize(
    "text", ["KW 9", "kw9", "KW  .  9", "9.  KW", "KW\u00a09 / 2027", "KW 9  27"]
)
def test_a_week_is_read_with_any_blanks(text: str) -> None:
    assert read_days(text, TODAY) == WEEK_9


@pytest.mark.parametrize("text", ["KW{}1a", "9{}KWa", "1.{}2.{}2027a", "KW 9{}/{}27a"])
def test_blanks_without_end_are_read_in_one_go(text: str) -> None:
    # Shared out in each way, a million would take days.
    assert read_days(text.format(*[" " * 1_000_000] * 2), TODAY) is None

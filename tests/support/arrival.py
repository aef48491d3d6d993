"""Messages as they arrive: in any order, some more than once."""

from collections.abc import Sequence
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


def arrivals(messages: Sequence[T]) -> st.SearchStrategy[list[T]]:
    """Every message at least once, in any order, up to four of them again."""
    again = st.lists(st.sampled_from(list(messages)), max_size=4)
    return again.flatmap(lambda more: st.permutations([*messages, *more]))

"""Answering from memory, never from a state that is older than the request."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from functions.catalog.memory import Memory, View, is_behind
from shared.store import Read

P = TypeVar("P")


def answer_fresh(
    memory: Memory,
    company: str,
    day: date,
    plan: Callable[[View], tuple[P, Sequence[str]]],
) -> tuple[View, P, list[Read | None]]:
    """The view, what `plan` makes of it, and the availability of the styles that it names.

    `plan` is made from memory. Its styles' availability and the stored version come in one
    RPC; if that version tells that memory was behind, it is refreshed and the plan made
    again, and is then no older than the request.
    """
    view = memory.view(company, day)
    planned, styles = plan(view)
    stored, reads = memory.read(styles, view.company.profile.plant)
    if is_behind(view.version, stored):
        memory.refresh(stored)
        view = memory.view(company, day)
        planned, styles = plan(view)
        _, reads = memory.read(styles, view.company.profile.plant)
    return view, planned, reads

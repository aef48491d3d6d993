"""What is wrong with a message of SAP's, all of it at once."""

from pydantic import ValidationError


class UntranslatableMessageError(Exception):
    """The message can never succeed as it is. `reasons` names every fault and its place."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class AwaitedError(UntranslatableMessageError):
    """It can't succeed before something has come that it needs.

    `awaits` names that, as `shared.event.awaited` does.
    """

    def __init__(self, reasons: list[str], awaits: str) -> None:
        super().__init__(reasons)
        self.awaits = awaits


def reasons_of(error: ValidationError) -> list[str]:
    """One reason for each error: the segment, row and field, and what is wrong there."""
    return [
        f"{'/'.join(str(token) for token in detail['loc'])}: {detail['msg']}"
        for detail in error.errors(include_url=False, include_context=False)
    ]

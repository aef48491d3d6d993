"""What an order may not be, told whole."""

from babel import Locale

from shared.cart.checks import Check, view
from shared.problem import Problem, ProblemBody


class BlockedProblem(Problem):
    """Checks that block it, told with all others."""

    status = 409

    def __init__(self, checks: list[Check]) -> None:
        super().__init__()
        self.checks = checks

    def body(self, locale: Locale, request_id: str) -> ProblemBody:
        """The problem with every check in the reader's language."""
        self.extra["checks"] = [view(check, locale).model_dump() for check in self.checks]
        return super().body(locale, request_id)

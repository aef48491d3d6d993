"""Asks for a check of a company's VAT id, once for each occasion."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog


@dataclass(frozen=True)
class VatRequest:
    """`occasion` tells requests for a company apart: the same one makes one task, however often."""

    company: str
    occasion: str


EnqueueVatCheck = Callable[[VatRequest], None]


def request_vat_check(enqueue: EnqueueVatCheck, request: VatRequest) -> None:
    """Make the task, or leave it to `reconcile`: what needs the answer is due."""
    try:
        enqueue(request)
    except Exception:  # noqa: BLE001 (whatever it is, nobody waits for the answer)
        structlog.get_logger().exception("vat check not requested", company=request.company)

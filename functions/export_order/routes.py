"""The route that Cloud Tasks calls."""

from dataclasses import dataclass

import structlog
from google.cloud.firestore import Client

from functions.export_order.schema import ExportRequest
from functions.export_order.turn import hand_over
from shared.http.app import utc_now
from shared.http.route import Access, Answer, Call, NoQuery, Route, Service
from shared.problem import NotFoundProblem
from shared.sap.rfc import Connect
from shared.sap.source_system import SourceSystem


@dataclass(frozen=True)
class Resources:
    """What the handler works with."""

    db: Client
    connect: Connect
    system: SourceSystem


def export_order(resources: Resources, call: Call[NoQuery, ExportRequest]) -> Answer:
    """Hand one order over to SAP."""
    order = call.body.order
    try:
        hand_over(resources.db, resources.connect, order, utc_now, resources.system)
    except NotFoundProblem:
        # Cloud Tasks tries anything but a success for ever, and the order never comes.
        structlog.get_logger().error("no such order to export", order=order)
    return Answer(status=204)


SERVICE: Service[Resources] = Service(
    name="export_order",
    version="1.0.0",
    routes=(
        Route(
            method="POST",
            path="",
            handler=export_order,
            access=Access.MACHINE,
            summary="Hand an order over to SAP",
            answer=None,
            query=NoQuery,
            body=ExportRequest,
            status=204,
        ),
    ),
)

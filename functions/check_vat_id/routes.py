"""The route that Cloud Tasks calls."""

from dataclasses import dataclass

from google.cloud.firestore import Client

from functions.check_vat_id.checking import check
from functions.check_vat_id.schema import CheckRequest
from functions.check_vat_id.vies import Ask
from shared.http.app import utc_now
from shared.http.route import Access, Answer, Call, NoQuery, Route, Service


@dataclass(frozen=True)
class Resources:
    """What the handler works with."""

    db: Client
    ask: Ask


def check_vat_id(resources: Resources, call: Call[NoQuery, CheckRequest]) -> Answer:
    """Ask VIES for what a company and its orders wait for."""
    check(resources.db, resources.ask, call.body.company, utc_now)
    return Answer(status=204)


SERVICE: Service[Resources] = Service(
    name="check_vat_id",
    version="1.0.0",
    routes=(
        Route(
            method="POST",
            path="",
            handler=check_vat_id,
            access=Access.MACHINE,
            summary="Ask VIES for a company's VAT id",
            answer=None,
            query=NoQuery,
            body=CheckRequest,
            status=204,
        ),
    ),
)

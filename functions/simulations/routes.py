"""The routes of simulations."""

from dataclasses import dataclass

from google.cloud.firestore import Client

from functions.simulations.asking import Sap, ask
from functions.simulations.cart import planned_orders
from functions.simulations.schema import SettingsView, SimulationRequest, SimulationView
from functions.simulations.views import view
from shared.http.rate import Counted, Rate
from shared.http.route import Answer, Call, NoBody, NoQuery, Route, Service
from shared.identity.caller import READERS


@dataclass(frozen=True)
class Resources:
    """What the handlers work with."""

    db: Client
    sap: Sap


def get_settings(resources: Resources, call: Call[NoQuery, NoBody]) -> Answer:
    """Whether SAP is asked at all."""
    del call
    return Answer(SettingsView(asks=resources.sap.system.before_placing.asks))


def simulate(resources: Resources, call: Call[NoQuery, SimulationRequest]) -> Answer:
    """What SAP would make of a cart."""
    found = planned_orders(resources.db, call.caller.company, call.body, call.now)
    answers = ask(resources.db, resources.sap, [one.order for one in found.orders], call.now)
    return Answer(view(found, answers, call.locale, call.now))


SERVICE: Service[Resources] = Service(
    name="simulations",
    version="1.0.0",
    routes=(
        Route(
            method="GET",
            path="",
            handler=get_settings,
            access=READERS,
            summary="Whether SAP is asked before an order is placed",
            answer=SettingsView,
            query=NoQuery,
            body=NoBody,
        ),
        Route(
            method="POST",
            path="",
            handler=simulate,
            access=READERS,
            summary="What SAP would confirm and charge for the orders of a cart",
            answer=SimulationView,
            query=NoQuery,
            body=SimulationRequest,
            safe=True,
            rate=Rate("simulate", burst=30, per_minute=12, counted=Counted.REGION),
        ),
    ),
)

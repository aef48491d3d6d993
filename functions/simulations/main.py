"""simulations: what SAP would make of a cart before it is ordered, for the portal."""

import os
from functools import cache

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.simulations.asking import Pause, Sap
from functions.simulations.routes import SERVICE, Resources
from functions.simulations.settings import Settings
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import verify_person
from shared.person.membership import with_memberships
from shared.sap.rfc import Limits, connector
from shared.telemetry import configure_logging

GRACE_SECONDS = 0.25
"""A buyer waits: what SAP does not answer in its time is given up at once."""


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    limits = Limits(settings.system.before_placing.longest_seconds, GRACE_SECONDS)
    sap = Sap(connector(settings.connection, limits), settings.system, Pause())
    person = with_memberships(db, verify_person(settings.identity_project))
    return create_app(SERVICE, Resources(db, sap), Verifiers(person=person), db=db)


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

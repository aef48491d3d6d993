"""export_order: called by Cloud Tasks for each accepted order, and each change of one."""

import os
from functools import cache

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.export_order.routes import SERVICE, Resources
from functions.export_order.settings import Settings
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import verify_machine
from shared.sap.rfc import connector
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    resources = Resources(db, connector(settings.connection), settings.system)
    return create_app(SERVICE, resources, Verifiers(machine=verify_machine(settings)))


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

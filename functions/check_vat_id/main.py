"""check_vat_id: called by Cloud Tasks wherever the answer of VIES is needed."""

import os
from functools import cache

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.check_vat_id.routes import SERVICE, Resources
from functions.check_vat_id.settings import Settings
from functions.check_vat_id.vies import client
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import verify_machine
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    resources = Resources(db, client(settings.vies_url))
    return create_app(SERVICE, resources, Verifiers(machine=verify_machine(settings)))


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

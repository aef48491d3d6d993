"""assortments: the brand's desk for the catalogues of its customers."""

import os
from functools import cache

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.assortments.routes import SERVICE, Resources
from functions.assortments.settings import Settings
from functions.assortments.styles import Styles
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.record import verify_writer
from shared.identity.tokens import verify_person
from shared.person.membership import with_memberships
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    project = settings.identity_project
    verifiers = Verifiers(
        person=with_memberships(db, verify_person(project)),
        writer=with_memberships(db, verify_writer(project)),
    )
    return create_app(SERVICE, Resources(db, Styles(db)), verifiers)


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

"""catalog: search, styles and lookup, for the portal."""

import os
from functools import cache

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.catalog.memory import Memory
from functions.catalog.routes import SERVICE, Resources
from functions.catalog.settings import Settings
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import verify_person
from shared.person.membership import with_memberships
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    person = with_memberships(db, verify_person(settings.identity_project))
    return create_app(SERVICE, Resources(Memory(db), settings.media_url), Verifiers(person=person))


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

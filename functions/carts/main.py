"""carts: named carts of a company, priced and checked, for the portal."""

import os
from functools import cache

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.carts import routes, settings
from shared.http import app, authentication
from shared.identity.record import verify_writer
from shared.identity.tokens import verify_person
from shared.person.membership import with_memberships
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    env = settings.Settings.load(os.environ)
    configure_logging(env.google_cloud_project, env.log_level)
    db = Client(env.google_cloud_project, database=env.firestore_database)
    verifiers = authentication.Verifiers(
        person=with_memberships(db, verify_person(env.identity_project)),
        writer=with_memberships(db, verify_writer(env.identity_project)),
    )
    return app.create_app(routes.SERVICE, db, verifiers, db=db)


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

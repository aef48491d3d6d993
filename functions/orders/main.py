"""orders: placing, reading, changing and cancelling orders, for the portal."""

import os
from functools import cache, partial

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.orders.placement import VatChecks
from functions.orders.resources import Resources
from functions.orders.routes import SERVICE
from functions.orders.settings import Settings
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.record import verify_writer
from shared.identity.tokens import verify_person
from shared.person.membership import with_memberships
from shared.queue import TaskQueue, enqueue_export, enqueue_vat_check
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    exports = TaskQueue(settings.export_queue, settings.export_url, settings.export_caller)
    checks = TaskQueue(settings.vat_queue, settings.vat_url, settings.vat_caller)
    vat_checks = VatChecks(partial(enqueue_vat_check, checks), settings.vat_check_age)
    enqueue = partial(enqueue_export, exports)
    resources = Resources(db, enqueue, vat_checks, settings.buyer_texts)
    project = settings.identity_project
    verifiers = Verifiers(
        person=with_memberships(db, verify_person(project)),
        writer=with_memberships(db, verify_writer(project)),
    )
    return create_app(SERVICE, resources, verifiers, db=db)


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

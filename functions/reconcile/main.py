"""reconcile: called by Cloud Scheduler every minute."""

import os
from datetime import timedelta
from functools import cache, partial

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.reconcile.publishing import publisher
from functions.reconcile.routes import SERVICE, Resources
from functions.reconcile.runs import Connections
from functions.reconcile.settings import Settings
from shared.event.waiting import replay
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.tokens import verify_machine
from shared.queue import TaskQueue, enqueue_export, enqueue_vat_check
from shared.sap.rfc import connector
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    exports = TaskQueue(settings.export_queue, settings.export_url, settings.export_caller)
    checks = TaskQueue(settings.vat_queue, settings.vat_url, settings.vat_caller)

    publish = publisher(db.project, settings.topic_region)
    resources = Resources(
        db,
        partial(enqueue_export, exports),
        partial(enqueue_vat_check, checks),
        partial(replay, db, region=settings.topic_region),
        timedelta(hours=settings.waiting_hours),
        Connections(db, connector(settings.connection), publish, settings.system),
    )
    return create_app(SERVICE, resources, Verifiers(machine=verify_machine(settings)))


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

"""operations: the desk, from which the brand's people operate the connection to SAP."""

import os
from functools import cache, partial

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.operations.dead_letters import DeadLetters
from functions.operations.handlers import Resources
from functions.operations.routes import SERVICE
from functions.operations.settings import Settings
from shared.event import dead_letters, waiting
from shared.event.quarantine import replay
from shared.http.app import create_app
from shared.http.authentication import Verifiers
from shared.identity.record import verify_writer
from shared.identity.tokens import verify_person
from shared.person.membership import with_memberships
from shared.queue import TaskQueue, enqueue_export
from shared.telemetry import configure_logging


@cache
def _app() -> Flask:
    settings = Settings.load(os.environ)
    configure_logging(settings.google_cloud_project, settings.log_level)
    db = Client(project=settings.google_cloud_project, database=settings.firestore_database)
    exports = TaskQueue(settings.export_queue, settings.export_url, settings.export_caller)
    system = settings.source_system.logical_system
    publish = partial(replay, db, region=settings.topic_region)
    region = (settings.google_cloud_project, settings.topic_region)
    resources = Resources(
        db,
        system,
        publish,
        partial(enqueue_export, exports),
        partial(waiting.replay, db, region=settings.topic_region),
        DeadLetters(
            settings.topics,
            partial(dead_letters.look, *region),
            partial(dead_letters.take, *region),
            partial(dead_letters.publish, *region),
        ),
    )
    project = settings.identity_project
    verifiers = Verifiers(
        person=with_memberships(db, verify_person(project)),
        writer=with_memberships(db, verify_writer(project)),
    )
    return create_app(SERVICE, resources, verifiers)


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

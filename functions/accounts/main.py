"""accounts: who a person is, and the company that they act for."""

import os
from datetime import timedelta
from functools import cache, partial

import functions_framework
from flask import Flask, Request
from google.cloud.firestore import Client
from werkzeug import Response

from functions.accounts import notices, policy_reports, resources, routes, settings
from shared.http import app, authentication
from shared.identity.record import keep_account, sign_out_everywhere, verify_writer
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
    system = notices.SapSystem(env.logical_system, timedelta(hours=env.stock_old_after_hours))
    end_sessions = partial(sign_out_everywhere, env.identity_project)
    accounts = partial(keep_account, env.identity_project)
    works_with = resources.Resources(db, end_sessions, system, accounts, env.buyer_texts)
    service = app.create_app(routes.SERVICE, works_with, verifiers, db=db)
    service.add_url_rule(
        policy_reports.PATH, view_func=policy_reports.take_report, methods=["POST"]
    )
    return service


@functions_framework.http
def main(request: Request) -> Response:
    """The entry point."""
    return Response.from_app(_app().wsgi_app, request.environ)

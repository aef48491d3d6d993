"""A function as Pub/Sub meets it: its real entry point, called with recorded requests."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import functions_framework
from flask.testing import FlaskClient

from emulators.oidc import Issuer
from tests.factories.sap import ECC

ROOT = Path(__file__).resolve().parents[2]
CALLER = "pubsub-push@demo-sellin.iam.gserviceaccount.com"
AUDIENCE = "https://sync.test"


def recorded(topic: str) -> dict[str, Any]:
    """The push request of `tests/events/<topic>.json`."""
    body: dict[str, Any] = json.loads((ROOT / "tests" / "events" / f"{topic}.json").read_text())
    return body


@contextmanager
def certificates(issuer: Issuer) -> Iterator[str]:
    """A URL with the issuer's certificates."""
    body = json.dumps(issuer.certificates()).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing, so that test output stays readable."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/certs"
    finally:
        server.shutdown()
        server.server_close()


def environment(project: str, certs_url: str) -> dict[str, str]:
    """What functions that Pub/Sub calls read; of Cloud Tasks, where nobody answers."""
    return {
        "GOOGLE_CLOUD_PROJECT": project,
        "FIRESTORE_DATABASE": "(default)",
        "LOG_LEVEL": "INFO",
        "OIDC_AUDIENCE": AUDIENCE,
        "OIDC_CALLER": CALLER,
        "OIDC_CERTS_URL": certs_url,
        "SOURCE_SYSTEM": ECC.model_dump_json(),
        "CLOUD_TASKS_EMULATOR_HOST": "127.0.0.1:9",
        "VAT_QUEUE": f"projects/{project}/locations/europe-west1/queues/vat-checks",
        "VAT_URL": "https://check-vat-id.test",
        "VAT_CALLER": f"check-vat-ids@{project}.iam.gserviceaccount.com",
    }


def entry_point(function: str) -> FlaskClient:
    """The function as functions-framework serves it."""
    source = ROOT / "functions" / function / "main.py"
    app = functions_framework.create_app("main", str(source), "http")  # type: ignore[no-untyped-call]
    client: FlaskClient = app.test_client()
    return client

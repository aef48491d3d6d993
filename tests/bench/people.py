"""People: tokens as the Auth emulator makes them, and what Identity Platform has of them."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

UID, EMAIL = "anna", "anna@example.com"


def token(project: str, company: str) -> str:
    """That of a buyer of a company; not signed (RFC 7519, section 6)."""
    now = int(datetime.now(UTC).timestamp())
    claims = {
        "iss": f"https://securetoken.google.com/{project}",
        "aud": project,
        "sub": UID,
        "iat": now,
        "auth_time": now,
        "exp": now + 3600,
        "email": EMAIL,
        "email_verified": True,
        "companies": {company: "buyer"},
    }
    return f"{_segment({'alg': 'none', 'typ': 'JWT'})}.{_segment(claims)}."


@contextmanager
def identity_platform(company: str) -> Iterator[str]:
    """Where Identity Platform answers, as host:port, with the record of that buyer to anything.

    The Auth emulator is slower than what is measured.
    """
    claims = {"companies": {company: "buyer"}}
    user = {"localId": UID, "email": EMAIL, "emailVerified": True, "validSince": "0"}
    answer = json.dumps({"users": [{**user, "customAttributes": json.dumps(claims)}]}).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Else head and body are two packets, and the second waits 40 ms for the first to be confirmed.
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Nothing, so that test output stays readable."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def _segment(content: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

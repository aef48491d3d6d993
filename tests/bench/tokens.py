"""The token of a buyer who calls the benchmarked functions."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

from tests.bench.shop import COMPANY


def buyer_token(project: str) -> str:
    """A token as the Auth emulator makes them: not signed (RFC 7519, section 6)."""
    now = int(datetime.now(UTC).timestamp())
    claims = {
        "iss": f"https://securetoken.google.com/{project}",
        "aud": project,
        "sub": "anna",
        "iat": now,
        "auth_time": now,
        "exp": now + 3600,
        "email": "anna@example.com",
        "companies": {COMPANY: "buyer"},
    }
    return f"{_segment({'alg': 'none', 'typ': 'JWT'})}.{_segment(claims)}."


def _segment(content: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

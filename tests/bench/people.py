"""Tokens as the Auth emulator makes them: not signed (RFC 7519, section 6)."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any


def token(project: str, company: str) -> str:
    """That of a buyer of a company."""
    now = int(datetime.now(UTC).timestamp())
    claims = {
        "iss": f"https://securetoken.google.com/{project}",
        "aud": project,
        "sub": "anna",
        "iat": now,
        "auth_time": now,
        "exp": now + 3600,
        "email": "anna@example.com",
        "companies": {company: "buyer"},
    }
    return f"{_segment({'alg': 'none', 'typ': 'JWT'})}.{_segment(claims)}."


def _segment(content: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")

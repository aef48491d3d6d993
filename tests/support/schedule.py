"""Cloud Scheduler, called when a test wants it and not only every minute."""

from collections.abc import Mapping
from typing import Any

from emulators.local.environment import SCHEDULER_CALLER
from tests.support.portal import send


def reconcile(cloud: Mapping[str, Any]) -> None:
    """Calls reconcile as Cloud Scheduler does every minute."""
    url = cloud["functions"]["reconcile"]
    wanted = {"audience": url, "email": SCHEDULER_CALLER}
    token = send("POST", f"{cloud['oidc']}/token", wanted).body["token"]
    reply = send("POST", f"{url}/v1/reconcile", Authorization=f"Bearer {token}")
    assert reply.status == 200, reply

"""The registry of the functions, infra/functions.json: who calls each of them.

Terraform makes functions, topics and subscriptions from the same file, the local cloud its
processes and routes, and the tests compare it with the folders of functions/. An entry has
`called_by` (portal, pubsub, tasks or scheduler), and besides:

    topic      pubsub: the Pub/Sub topic that it reads, without the region
    smoke      portal: a path that every person who signed in may read, for infra/smoke.py;
               /v1/<function> where none is named
    side       portal: "brand" where only the brand's own people may call, so that a company's
               are refused that path
    documents  portal: "read" where it never writes to Firestore
    people     portal: what it may do with people's records at Identity Platform: "read" them, as
               whoever writes needs to, or also end a person's sessions ("sign_out")
    sap        portal: whether it calls SAP: it reads the connection's secret, and reaches SAP's network
"""

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

FILE = Path(__file__).with_name("functions.json")

Caller = Literal["portal", "pubsub", "tasks", "scheduler"]


class Function(BaseModel):
    """One entry of the registry."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    called_by: Caller
    topic: str | None = None
    smoke: str | None = None
    side: Literal["company", "brand"] = "company"
    documents: Literal["read", "write"] = "write"
    people: Literal["read", "sign_out"] | None = None
    sap: bool = False


FUNCTIONS: dict[str, Function] = TypeAdapter(dict[str, Function]).validate_python(
    json.loads(FILE.read_text())
)


def called_by(caller: Caller) -> tuple[str, ...]:
    """Names of the functions that `caller` calls."""
    return tuple(name for name, each in FUNCTIONS.items() if each.called_by == caller)


def topics() -> dict[str, str]:
    """Pub/Sub topic, without its region, to the name of the function that reads it."""
    return {each.topic: name for name, each in FUNCTIONS.items() if each.topic is not None}

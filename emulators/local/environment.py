"""The environment of every function: what Terraform sets in the cloud, set locally."""

import json

from emulators.local.plan import PROJECT, QUEUE, TOPIC_TO_FUNCTION, Plan

PUSH_CALLER = f"pubsub-push@{PROJECT}.iam.gserviceaccount.com"
TASKS_CALLER = f"export-orders@{PROJECT}.iam.gserviceaccount.com"
SCHEDULER_CALLER = f"scheduler@{PROJECT}.iam.gserviceaccount.com"

_EVERY = ("GOOGLE_CLOUD_PROJECT", "FIRESTORE_DATABASE", "LOG_LEVEL")
_HTTPS = (*_EVERY, "IDENTITY_PROJECT")
_CALLED = (*_EVERY, "OIDC_AUDIENCE", "OIDC_CALLER", "OIDC_CERTS_URL")
_EXPORTING = ("EXPORT_QUEUE", "EXPORT_URL", "EXPORT_CALLER")

# Function → the variables that its settings.py names.
VARIABLES: dict[str, tuple[str, ...]] = {
    "accounts": _HTTPS,
    "carts": _HTTPS,
    "catalog": (*_HTTPS, "MEDIA_URL"),
    "orders": (*_HTTPS, *_EXPORTING),
    "export_order": (*_CALLED, "SAP_DESTINATION"),
    "reconcile": (*_CALLED, *_EXPORTING),
    **dict.fromkeys(TOPIC_TO_FUNCTION.values(), _CALLED),
}

_CALLERS = {"export_order": TASKS_CALLER, "reconcile": SCHEDULER_CALLER}


EXTERNAL_NUMBERS = ("0500000000", "0599999999")
"""The first and the last sales order number that SAP leaves to Sellin."""


def sap_destination(plan: Plan) -> dict[str, str]:
    """RFC connection parameters of the stand-in, and its external number range."""
    return {
        "external_numbers": "-".join(EXTERNAL_NUMBERS),
        "ashost": "127.0.0.1",
        "sysnr": plan.sap_system,
        "client": "100",
        "user": "SELLIN",
        "passwd": "sellin",
        "lang": "EN",
    }


def _values(function: str, plan: Plan) -> dict[str, str]:
    return {
        "GOOGLE_CLOUD_PROJECT": PROJECT,
        "FIRESTORE_DATABASE": "(default)",
        "LOG_LEVEL": "INFO",
        "IDENTITY_PROJECT": PROJECT,
        "OIDC_AUDIENCE": plan.url(function),
        "OIDC_CALLER": _CALLERS.get(function, PUSH_CALLER),
        "OIDC_CERTS_URL": f"{plan.url('tasks_oidc')}/certs",
        "EXPORT_QUEUE": QUEUE,
        "EXPORT_URL": plan.url("export_order") if "export_order" in plan.ports else "",
        "EXPORT_CALLER": TASKS_CALLER,
        "SAP_DESTINATION": json.dumps(sap_destination(plan)),
        "MEDIA_URL": f"{plan.url('gateway')}/media",
    }


def emulator_hosts(plan: Plan) -> dict[str, str]:
    """What tells Google's libraries (and shared/queue.py) to call the emulators."""
    return {
        "FIRESTORE_EMULATOR_HOST": plan.address("firestore"),
        "PUBSUB_EMULATOR_HOST": plan.address("pubsub"),
        "FIREBASE_AUTH_EMULATOR_HOST": plan.address("auth"),
        "CLOUD_TASKS_EMULATOR_HOST": plan.address("tasks"),
    }


def function_environment(function: str, plan: Plan) -> dict[str, str]:
    """The variables of one function: its own and the emulators' addresses."""
    values = _values(function, plan)
    own = {name: values[name] for name in VARIABLES.get(function, _EVERY)}
    return {**own, **emulator_hosts(plan)}

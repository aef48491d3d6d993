"""The environment of every function: what Terraform sets in the cloud, set locally."""

import importlib
import json

from emulators.local.plan import PROJECT, QUEUE, VAT_QUEUE, Plan
from emulators.sap.customizing import FOLDER, client, read_settings
from emulators.vies.app import PATH
from infra.functions import FUNCTIONS, Caller, topics
from shared.settings import FunctionSettings

PUSH_CALLER = f"pubsub-push@{PROJECT}.iam.gserviceaccount.com"
TASKS_CALLER = f"export-orders@{PROJECT}.iam.gserviceaccount.com"
VAT_CALLER = f"check-vat-ids@{PROJECT}.iam.gserviceaccount.com"
SCHEDULER_CALLER = f"scheduler@{PROJECT}.iam.gserviceaccount.com"

# People call with tokens of their own.
_CALLERS: dict[Caller, str] = {"pubsub": PUSH_CALLER, "scheduler": SCHEDULER_CALLER, "portal": ""}
_TASK_CALLERS = {"export_order": TASKS_CALLER, "check_vat_id": VAT_CALLER}


LIBRARIES = {"GRPC_SINGLE_THREADED_UNARY_STREAM": "1"}
"""What Google's libraries read of the environment, and no settings name."""


def settings_of(function: str) -> type[FunctionSettings]:
    """The function's settings, whose fields are its variables in lower case."""
    settings: type[FunctionSettings] = importlib.import_module(
        f"functions.{function}.settings"
    ).Settings
    return settings


def sap_destination(plan: Plan) -> dict[str, str]:
    """RFC connection parameters of the stand-in."""
    return {
        "ashost": "127.0.0.1",
        "sysnr": plan.sap_system,
        "client": client(read_settings(plan.system)),
        "user": "SELLIN",
        "passwd": "sellin",
        "lang": "EN",
    }


def _values(function: str, plan: Plan) -> dict[str, str]:
    settings = read_settings(plan.system)
    return {
        "GOOGLE_CLOUD_PROJECT": PROJECT,
        "FIRESTORE_DATABASE": "(default)",
        "LOG_LEVEL": "INFO",
        "IDENTITY_PROJECT": PROJECT,
        "OIDC_AUDIENCE": plan.url(function),
        "OIDC_CALLER": _TASK_CALLERS.get(function) or _CALLERS[FUNCTIONS[function].called_by],
        "OIDC_CERTS_URL": f"{plan.url('tasks_oidc')}/certs",
        "EXPORT_QUEUE": QUEUE,
        "EXPORT_URL": plan.url("export_order") if "export_order" in plan.ports else "",
        "EXPORT_CALLER": TASKS_CALLER,
        # The region stands before the topics' names in the cloud only.
        "TOPIC_REGION": "",
        "TOPICS": json.dumps([*topics()]),
        "VAT_QUEUE": VAT_QUEUE,
        "VAT_URL": plan.url("check_vat_id") if "check_vat_id" in plan.ports else "",
        "VAT_CALLER": VAT_CALLER,
        "VAT_CHECK_DAYS": "7",
        "WAITING_HOURS": "24",
        "VIES_URL": f"{plan.url('vies')}{PATH}",
        "SOURCE_SYSTEM": (FOLDER / f"{plan.system}.json").read_text(encoding="utf-8"),
        "BUYER_TEXTS": settings.buyer_texts.model_dump_json(),
        "LOGICAL_SYSTEM": settings.logical_system,
        "STOCK_OLD_AFTER_HOURS": str(settings.stock.old_after_hours),
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
    """The variables of one function: those that its settings name, LIBRARIES and the emulators'
    addresses.

    Raises:
        KeyError: its settings name a variable that `_values` has no value for.
    """
    values = _values(function, plan)
    own = {name: values[name] for name in map(str.upper, settings_of(function).model_fields)}
    return {**own, **LIBRARIES, **emulator_hosts(plan)}

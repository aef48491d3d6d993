"""The command line and environment of every part of the local cloud."""

import sys
from pathlib import Path

from emulators.local import firebase, keep, sdk
from emulators.local.environment import (
    PUSH_CALLER,
    SCHEDULER_CALLER,
    emulator_hosts,
    function_environment,
    settings_of,
)
from emulators.local.plan import PROJECT, PUBLIC_SERVICES, TOPIC_TO_FUNCTION, Plan
from emulators.local.process import Part
from emulators.sap.customizing import external_numbers, read_settings
from infra.setup.step import ROOT

_RECONCILE_SECONDS = 60
_JAVA_MENDING = "see that `java -version` says 17 or newer and that memory is left, then `make run`"


def _module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def firestore(plan: Plan) -> Part:
    """Firestore, with what it had saved. Raises MissingError."""
    argv = _module(
        "emulators.local.firestore",
        *("--port", str(plan.ports["firestore"]), "--state", str(plan.state / "firestore")),
        *("--project", PROJECT),
    )
    lost = f"what was written after {keep.described(plan)} is lost"
    return Part("firestore", argv, {}, plan.url("firestore"), _JAVA_MENDING, shown=False, lost=lost)


def pubsub(plan: Plan) -> Part:
    """Pub/Sub, without topics. Raises MissingError."""
    argv = sdk.pubsub_command(plan.ports["pubsub"])
    lost = "messages that it had not delivered yet are lost"
    return Part("pubsub", argv, {}, plan.url("pubsub"), _JAVA_MENDING, shown=False, lost=lost)


def auth_emulator(plan: Plan) -> Part:
    """Identity Platform."""
    return Part(
        "auth",
        firebase.auth_command(plan),
        # Without CI the tool asks the internet for news first. In the temporary folder it notes
        # where its project is, by which a second local cloud would save the accounts of the first.
        {"CI": "1", "TMPDIR": str(plan.build / "auth")},
        plan.url("auth"),
        "see that `node --version` says 20 or newer; rm -r build/firebase-tools; `make run`",
        shown=False,
        lost="accounts made since the last start of all are lost",
        # It leaves a log of its own where it runs.
        folder=plan.build / "auth",
    )


def tasks_emulator(plan: Plan) -> Part:
    """Cloud Tasks, which is also the issuer of OIDC tokens."""
    argv = _module(
        "emulators.cloud_tasks",
        *("--port", str(plan.ports["tasks"]), "--oidc-port", str(plan.ports["tasks_oidc"])),
        *("--state", str(plan.state / "tasks")),
    )
    return Part("tasks", argv, {}, f"{plan.url('tasks_oidc')}/healthz")


def sap(plan: Plan) -> Part:
    """The SAP stand-in; needs the demo data."""
    numbers = external_numbers(read_settings(plan.system))
    argv = _module(
        "emulators.sap",
        *("--system", plan.system),
        *("--sysnr", plan.sap_system, "--control-port", str(plan.ports["sap_control"])),
        *("--data", str(plan.demo / "sap.json"), "--state", str(plan.state / "sap")),
        *("--project", PROJECT),
        *(("--external-numbers", *numbers) if numbers else ()),
    )
    return Part("sap", argv, emulator_hosts(plan), f"{plan.url('sap_control')}/healthz")


def vies(plan: Plan) -> Part:
    """The VIES stand-in; needs the demo data."""
    argv = _module(
        "emulators.vies",
        *("--port", str(plan.ports["vies"]), "--data", str(plan.demo / "sap.json")),
    )
    lost = "ids that were entered or struck off are as in the demo data again"
    return Part("vies", argv, {}, f"{plan.url('vies')}/healthz", lost=lost)


def function(name: str, plan: Plan) -> Part:
    """One Cloud Function in a functions-framework of its own."""
    environment = function_environment(name, plan)
    if "sap_destination" in settings_of(name).model_fields:
        # The stand-in's client takes the place of the real pyrfc.
        environment["PYTHONPATH"] = f"{ROOT / 'emulators/sap/client'}:{ROOT}"
    # What Pub/Sub calls has one path only, and refuses us there, which shows that it is up.
    health = "/" if name in TOPIC_TO_FUNCTION.values() else f"/v1/{name}/healthz"
    argv = [
        *(str(Path(sys.executable).with_name("functions-framework")), "--target", "main"),
        *("--source", f"functions/{name}/main.py", "--host", sdk.HOST),
        *("--port", str(plan.ports[name])),
        *("--signature-type", "http"),
    ]
    mend = f"mend functions/{name} and `make run` again"
    return Part(name, argv, environment, plan.url(name) + health, mend)


def push_relay(plan: Plan) -> Part:
    """What adds OIDC tokens to Pub/Sub's pushes."""
    routes = [
        argument
        for name in TOPIC_TO_FUNCTION.values()
        if name in plan.ports
        for argument in ("--route", f"{name}={plan.url(name)}")
    ]
    argv = _module(
        "emulators.push",
        *("--port", str(plan.ports["push"]), "--caller", PUSH_CALLER),
        *("--token-url", f"{plan.url('tasks_oidc')}/token", *routes),
    )
    return Part("push", argv, {}, f"{plan.url('push')}/stats")


def scheduler(plan: Plan) -> Part:
    """Calls reconcile every minute."""
    argv = _module(
        "emulators.scheduler",
        *("--url", f"{plan.url('reconcile')}/v1/reconcile", "--audience", plan.url("reconcile")),
        *("--every", str(_RECONCILE_SECONDS)),
        *("--token-url", f"{plan.url('tasks_oidc')}/token", "--caller", SCHEDULER_CALLER),
    )
    return Part("scheduler", argv, {}, plan.url("reconcile"))


def gateway(plan: Plan) -> Part:
    """The one port that people and the portal use."""
    routes = [
        argument
        for name in PUBLIC_SERVICES
        if name in plan.ports
        for argument in ("--route", f"{name}={plan.url(name)}")
    ]
    argv = _module(
        "emulators.gateway",
        *("--port", str(plan.ports["gateway"]), *routes, "--identity", plan.url("auth")),
        *("--media", str(plan.demo / "media"), "--portal", str(ROOT / "web/dist")),
        *("--home", str(plan.build / "home.html")),
    )
    return Part("gateway", argv, {}, f"{plan.url('gateway')}/identity/")

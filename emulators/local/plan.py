"""What runs where: the parts of one local cloud, their ports, folders and addresses."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from emulators.local import sdk
from emulators.local.ports import free_ports, take, take_unused
from infra.functions import called_by, topics
from infra.setup.step import ROOT

# Google's tools never call the real cloud for a project whose id begins with "demo-".
PROJECT = "demo-sellin"
REGION = "europe-west1"
QUEUE = f"projects/{PROJECT}/locations/{REGION}/queues/export-orders"
VAT_QUEUE = f"projects/{PROJECT}/locations/{REGION}/queues/check-vat-ids"

# Services that the portal may reach; the gateway routes nothing else.
PUBLIC_SERVICES = called_by("portal")
TOPIC_TO_FUNCTION = topics()

_EMULATOR_PORTS = (
    "firestore",
    "pubsub",
    "auth",
    "auth_hub",
    "auth_logging",
    "tasks",
    "tasks_oidc",
    "sap_control",
    "vies",
    "push",
)
# SAP's gateway of system number NN listens on 33NN.
_SAP_GATEWAY_BASE = 3300


class PortInUseError(Exception):
    """The port asked for is taken; the text says what to do."""


@dataclass(frozen=True)
class Plan:
    """One local cloud. `ports` has a port for every part and every function."""

    build: Path
    functions: tuple[str, ...]
    ports: dict[str, int]
    sap_system: str
    # The source system, by the name of its settings.
    system: str
    styles: int
    companies: int
    seed: int
    # Whether the data of an earlier run is brought back.
    kept: bool

    @property
    def state(self) -> Path:
        """What KEEP=1 brings back."""
        return self.build / "state"

    @property
    def logs(self) -> Path:
        return self.build / "log"

    @property
    def demo(self) -> Path:
        """The demo data; each size has a folder of its own, shared by all local clouds."""
        whole = (self.seed, self.styles, self.companies) == (1, 520, 40)
        suffix = "" if whole else f"-{self.styles}x{self.companies}-{self.seed}"
        return ROOT / "build" / f"demo-{self.system}{suffix}"

    def address(self, part: str) -> str:
        """host:port."""
        return f"{sdk.HOST}:{self.ports[part]}"

    def url(self, part: str) -> str:
        return f"http://{self.address(part)}"


def build_folder(system: str) -> Path:
    """Where a local cloud of that source system has its logs, data and lock.

    Each has one of its own, since each stands for a region: both can run at once.
    """
    return ROOT / "build" if system == "ecc_eu" else ROOT / "build" / system


def functions_present() -> tuple[str, ...]:
    """Names of the functions: the folders of functions/ that hold a main.py."""
    return tuple(sorted(found.parent.name for found in (ROOT / "functions").glob("*/main.py")))


def _sap_system(earlier: str | None) -> str:
    # At random, so that local clouds starting together don't choose the same.
    candidates = random.sample([f"{number:02d}" for number in range(100)], 100)
    if earlier is not None and take(_SAP_GATEWAY_BASE + int(earlier)):
        return earlier
    for number in candidates:
        if take_unused(_SAP_GATEWAY_BASE + int(number)):
            return number
    raise PortInUseError("No port of 3300 to 3399 is free for the SAP stand-in: end what uses them")


def make_plan(
    build: Path,
    port: int,
    styles: int,
    companies: int,
    seed: int,
    keep: bool,
    system: str = "ecc_eu",
) -> Plan:
    """Takes ports; with `keep` those of the run before, since kept tasks name them.

    `port` is the gateway's, 0 for any. Raises PortInUseError.
    """
    if port and not take(port):
        raise PortInUseError(
            f"Port {port} is in use: `make stop` if that is Sellin, "
            f"or choose another, as in `make run PORT={port + 1}`"
        )
    functions = functions_present()
    remembered = build / "state" / "ports.json"
    kept = keep and remembered.exists()
    earlier = json.loads(remembered.read_text()) if kept else {}
    ports = {
        name: earlier[name] if name in earlier and take(earlier[name]) else free_ports(1)[0]
        for name in (*_EMULATOR_PORTS, *functions)
    }
    ports["gateway"] = port or free_ports(1)[0]
    return Plan(
        build=build,
        functions=functions,
        ports=ports,
        sap_system=_sap_system(earlier.get("sap_system")),
        system=system,
        styles=styles,
        companies=companies,
        seed=seed,
        kept=kept,
    )


def remember_ports(plan: Plan) -> None:
    """Writes down what `make_plan` needs to come out the same with KEEP=1.

    Called once the demo data is there: without it there is nothing to go on with.
    """
    memory = {**plan.ports, "sap_system": plan.sap_system}
    (plan.state / "ports.json").write_text(json.dumps(memory, indent=1))

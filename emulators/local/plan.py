"""What runs where: the parts of one local cloud, their ports, folders and addresses."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

from emulators.local import sdk
from infra.functions import called_by, topics

ROOT = Path(__file__).resolve().parents[2]

# Google's tools never call the real cloud for a project whose id begins with "demo-".
PROJECT = "demo-sellin"
REGION = "europe-west1"
QUEUE = f"projects/{PROJECT}/locations/{REGION}/queues/export-orders"

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
        return ROOT / "build" / f"demo{suffix}"

    def address(self, part: str) -> str:
        """host:port."""
        return f"{sdk.HOST}:{self.ports[part]}"

    def url(self, part: str) -> str:
        return f"http://{self.address(part)}"


def functions_present() -> tuple[str, ...]:
    """Names of the functions: the folders of functions/ that hold a main.py."""
    return tuple(sorted(found.parent.name for found in (ROOT / "functions").glob("*/main.py")))


def _sap_system(earlier: str | None) -> str:
    # At random, so that local clouds starting together don't choose the same.
    candidates = random.sample([f"{number:02d}" for number in range(100)], 100)
    if earlier is not None:
        candidates.insert(0, earlier)
    for number in candidates:
        if sdk.is_free(_SAP_GATEWAY_BASE + int(number)):
            return number
    raise PortInUseError("No port of 3300 to 3399 is free for the SAP stand-in: end what uses them")


def make_plan(build: Path, port: int, styles: int, companies: int, seed: int, keep: bool) -> Plan:
    """Chooses ports; with `keep` those of the run before, since kept tasks name them.

    `port` is the gateway's, 0 for any. Raises PortInUseError.
    """
    if port and not sdk.is_free(port):
        raise PortInUseError(
            f"Port {port} is in use: `make stop` if that is Sellin, "
            f"or choose another, as in `make run PORT={port + 1}`"
        )
    names = [*_EMULATOR_PORTS, *functions_present()]
    *free, any_port = sdk.free_ports(len(names) + 1)
    ports = dict(zip(names, free, strict=True))
    kept = keep and (build / "state" / "complete").exists()
    earlier = json.loads((build / "state" / "ports.json").read_text()) if kept else {}
    ports |= {
        name: earlier[name] for name in names if name in earlier and sdk.is_free(earlier[name])
    }
    ports["gateway"] = port or any_port
    return Plan(
        build=build,
        functions=functions_present(),
        ports=ports,
        sap_system=_sap_system(earlier.get("sap_system")),
        styles=styles,
        companies=companies,
        seed=seed,
        kept=kept,
    )


def remember_ports(plan: Plan) -> None:
    """Writes down what `make_plan` needs to come out the same with KEEP=1."""
    memory = {**plan.ports, "sap_system": plan.sap_system}
    (plan.state / "ports.json").write_text(json.dumps(memory, indent=1))

"""Running a stand-in inside this process: the gateway, the control port, the publisher.

In a test:

    with serve(data, tmp_path) as sap:
        connection = pyrfc.Connection(**sap.destination)
        httpx.put(f"{sap.control_url}/faults", json={"break": "after_commit", "times": 1})
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from emulators.sap.control import control_app
from emulators.sap.customizing import client as client_of
from emulators.sap.customizing import read_settings
from emulators.sap.master import Data
from emulators.sap.publisher import drain
from emulators.sap.rfc import HOST, listen
from emulators.sap.system import Publish, System
from shared.sap.source_system import SourceSystem

# Put first on PYTHONPATH (or sys.path), `import pyrfc` reaches the stand-in's client.
CLIENT_PATH = Path(__file__).parent / "client"

# How soon the servers notice that they shall stop.
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class StandIn:
    """A running stand-in. `destination` are the parameters of pyrfc.Connection."""

    system: System
    system_number: str
    control_url: str

    @property
    def destination(self) -> dict[str, Any]:
        """What SAP_DESTINATION holds as JSON."""
        return destination(self.system_number, client_of(self.system.settings))


def destination(system_number: str, client: str = "100") -> dict[str, Any]:
    """Connection parameters for the stand-in with this two-digit system number."""
    return {
        "ashost": HOST,
        "sysnr": system_number,
        "client": client,
        "user": "SELLIN",
        "passwd": "stand-in",
        "lang": "EN",
    }


@contextmanager
def serve(
    data: Data,
    state: Path,
    *,
    publish: Publish | None = None,
    system_number: int | None = None,
    control_port: int = 0,
    external_numbers: tuple[str, str] | None = None,
    settings: SourceSystem | None = None,
) -> Iterator[StandIn]:
    """Runs a stand-in in threads; free ports unless they are given.

    `state` is the folder that keeps orders and stock. Without `publish`
    (`publisher.to_pubsub(project)` makes one) nothing is published. `external_numbers`: as
    `System`. `settings` are its customizing, those of the ECC unless said else. Raises OSError when a port is taken.
    """
    with ExitStack() as stack:
        system = System(
            data,
            state,
            settings or read_settings(),
            publishes=publish is not None,
            external_numbers=external_numbers,
        )
        stack.callback(system.close)
        gateway = listen(system, system_number)
        stack.callback(gateway.server_close)
        number = f"{gateway.system_number:02d}"
        app = control_app(system, publish, {"sysnr": number})
        control = make_server(HOST, control_port, app, threaded=True)
        stack.callback(control.server_close)
        stack.enter_context(_running("sap-gateway", partial(gateway.serve_forever, _POLL_SECONDS)))
        stack.callback(gateway.break_all)
        stack.callback(gateway.shutdown)
        stack.enter_context(_running("sap-control", partial(control.serve_forever, _POLL_SECONDS)))
        stack.callback(control.shutdown)
        if publish is not None:
            stack.enter_context(_running("sap-publisher", partial(drain, system, publish)))
        stack.callback(system.outbox_filled.set)
        stack.callback(system.stopping.set)
        yield StandIn(system, number, f"http://{HOST}:{control.server_port}")


@contextmanager
def _running(name: str, target: Callable[[], object]) -> Iterator[None]:
    thread = threading.Thread(name=name, target=target, daemon=True)
    thread.start()
    try:
        yield
    finally:
        thread.join()

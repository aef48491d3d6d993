"""python -m emulators.cloud_tasks --port N --oidc-port M --state DIR"""

import argparse
import asyncio
import logging
import signal
from pathlib import Path

from emulators.cloud_tasks.server import Config, Emulator, run

_log = logging.getLogger("emulators.cloud_tasks")


def _config() -> Config:
    parser = argparse.ArgumentParser(
        prog="python -m emulators.cloud_tasks",
        description="Cloud Tasks v2 emulator (gRPC without TLS) with a local OIDC issuer.",
    )
    parser.add_argument("--port", type=int, required=True, help="gRPC port on 127.0.0.1")
    parser.add_argument(
        "--oidc-port", type=int, required=True, help="port of /certs, /token and /healthz"
    )
    parser.add_argument("--state", type=Path, help="directory to keep queues, tasks and the key in")
    arguments = parser.parse_args()
    return Config(port=arguments.port, oidc_port=arguments.oidc_port, state=arguments.state)


def _announce(emulator: Emulator) -> None:
    _log.info("Cloud Tasks on %s, certificates at %s", emulator.address, emulator.certs_url)


async def _main(config: Config) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run(config, _announce, stop)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asyncio.run(_main(_config()))

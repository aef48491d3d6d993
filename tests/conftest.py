"""What every test can ask for: emulators shared by the run, a fresh project per test."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud import firestore as firestore_client
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from emulators.local import sdk
from infra.setup import programs
from tests.support import firestore_indexes, servers

# How long an example takes says nothing on a shared machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

programs.use()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        servers.begin_run()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config):
        servers.end_run()


# The whole, of which the tests take longest, begins at once, the shortest files end the run, so
# that no worker is left without work for long.
_ORDER = ("tests/e2e/", "tests/contract/", "tests/integration/", "tests/stored/", "tests/unit/")


def _turn(item: pytest.Item) -> int:
    return next((n for n, folder in enumerate(_ORDER) if item.nodeid.startswith(folder)), 0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


# Files that share a local cloud, of which some stop parts: they run one after the other.
_SHARING = {"tests/e2e/portal/": "at the portal", "tests/e2e/": "at the whole"}
_ALONE = "tests/e2e/test_restarts.py"


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]
    """A file's tests run in one worker, since they share what is made for the file.

    xdist's own groups (--dist loadgroup) have no effect with pytest 9.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        shared = (name for folder, name in _SHARING.items() if file.startswith(folder))
        return file if file == _ALONE else next(shared, file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    config.option.loadscopereorder = False
    return _ByFile(config, log)


@pytest.fixture(scope="session")
def local_cloud() -> dict[str, Any]:
    """The whole of Sellin, running with small demo data: what its local.json holds."""
    return servers.local_cloud()


@pytest.fixture(scope="session")
def firestore_host() -> str:
    """host:port of the Firestore emulator, also in FIRESTORE_EMULATOR_HOST from now on."""
    if "FIRESTORE_EMULATOR_HOST" not in os.environ:
        os.environ["FIRESTORE_EMULATOR_HOST"] = servers.shared_server(
            "firestore", sdk.firestore_command
        )
    return os.environ["FIRESTORE_EMULATOR_HOST"]


@pytest.fixture(scope="session")
def pubsub_host() -> str:
    """host:port of the Pub/Sub emulator, also in PUBSUB_EMULATOR_HOST from now on."""
    if "PUBSUB_EMULATOR_HOST" not in os.environ:
        os.environ["PUBSUB_EMULATOR_HOST"] = servers.shared_server("pubsub", sdk.pubsub_command)
    return os.environ["PUBSUB_EMULATOR_HOST"]


@pytest.fixture
def project_id() -> str:
    """A project nobody else uses, so that tests share emulators without meeting."""
    return f"test-{uuid.uuid4().hex[:20]}"


@pytest.fixture
def firestore(firestore_host: str, project_id: str) -> Iterator[firestore_client.Client]:
    """A client of an empty database; every query made must have its index declared."""
    client = firestore_client.Client(project=project_id, credentials=AnonymousCredentials())
    with firestore_indexes.recorded() as needs:
        yield client
    client.close()
    assert not {fault for wanted in needs if (fault := firestore_indexes.missing(wanted))}

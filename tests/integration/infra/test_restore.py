"""Restoring from a backup, against the emulator: what is lost comes back, the rest stays."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from functions.export_order.claim import Next, next_step
from infra import restore
from infra.package_contents import ROOT
from shared.event.keeping import keep
from shared.event.message import SapMessage
from shared.event.outcome import whole
from shared.order.handover import Handover, HandoverState
from tests.factories.assortment import NOW
from tests.factories.order import order, store_order
from tests.factories.sap import PUBLISHED_AT
from tests.support import small_world as world

BACKUP = "sellin-eu-restored"
LIVE = "(default)"
HANDED_OVER = "7K3Q9XZ4M2-009"
MAPPING = f"companies/{world.COMPANY}/import_mappings/{'0' * 24}"


@pytest.fixture
def backup(firestore: Client, project_id: str) -> Iterator[Client]:
    """A database as Google would restore it: all that the live one held some time ago."""
    world.store_world(firestore)
    accepted = Handover(state=HandoverState.ACCEPTED, due_at=None)
    store_order(firestore, order(HANDED_OVER, handover=accepted))
    kept = SapMessage("77", "sap-prices", b"{}", {}, PUBLISHED_AT)
    keep(firestore, kept, whole(["too new"], kept.data))
    firestore.document(MAPPING).set({"names": [], "meanings": ["article"]})
    client = Client(project=project_id, database=BACKUP, credentials=AnonymousCredentials())
    for snapshot in restore.documents(firestore):
        client.document(snapshot.reference.path).set(snapshot.to_dict() or {})
    yield client
    client.close()


def dump(db: Client) -> dict[str, dict[str, Any]]:
    """Every document of the database by its path."""
    return {found.reference.path: found.to_dict() or {} for found in restore.documents(db)}


def _parts(db: Client) -> list[bytes]:
    return [(part.to_dict() or {})["data"] for part in db.collection_group("parts").stream()]


def _run(project: str, *arguments: str) -> int:
    return restore.main(["--project", project, "--from", BACKUP, "--into", LIVE, *arguments])


def _lose(db: Client, *kinds: str) -> None:
    for kind in kinds:
        db.recursive_delete(db.collection(kind))


def _without_handover(documents: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        path: {name: value for name, value in content.items() if name != "handover"}
        for path, content in documents.items()
    }


@pytest.mark.usefixtures("backup")
def test_what_is_lost_comes_back_and_what_is_there_stays(
    firestore: Client, project_id: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _lose(firestore, "orders", "carts", "quarantine", "approval_policies")
    firestore.document(MAPPING).delete()
    # Since the backup somebody placed an order, and SAP sent another name.
    store_order(firestore, order("8K3Q9XZ4M2-001"))
    firestore.document("companies", world.COMPANY).update({"name": "Neu GmbH"})
    after = dump(firestore)
    assert _run(project_id) == 0
    told = capsys.readouterr().out
    assert re.search(r"^orders +4 lost$", told, re.MULTILINE)
    assert re.search(r"^parts +2 lost$", told, re.MULTILINE)
    assert re.search(r"^revisions +[1-9]\d* lost$", told, re.MULTILINE)
    assert re.search(r"^import_mappings +1 lost$", told, re.MULTILINE)
    assert dump(firestore) == after, "it was only to say what it would do"

    assert _run(project_id, "--apply") == 0
    whole = dump(firestore)
    assert after.items() <= whole.items()
    assert len([path for path in whole if path.startswith("orders/")]) == 5
    assert len([path for path in whole if path.startswith("carts/")]) == 3
    assert _parts(firestore) == [b'{"IDOCS": []}'] * 2
    capsys.readouterr()
    assert _run(project_id, "--apply") == 0
    assert capsys.readouterr().out == "0 documents brought back\n"


def test_a_database_that_is_gone_comes_back_whole(
    firestore: Client, backup: Client, project_id: str
) -> None:
    _lose(firestore, *(collection.id for collection in firestore.collections()))
    assert dump(firestore) == {}
    assert _run(project_id, "--apply") == 0
    assert _without_handover(dump(firestore)) == _without_handover(dump(backup))


@pytest.mark.usefixtures("backup")
def test_an_order_that_sap_may_have_by_now_is_looked_up_first(
    firestore: Client, project_id: str
) -> None:
    """Created unasked, it would be in SAP twice."""
    reference = firestore.document("orders", world.ORDER)
    waiting = Handover.model_validate((reference.get().to_dict() or {})["handover"])
    assert next_step(waiting, NOW) is Next.CREATE
    settled = (firestore.document("orders", HANDED_OVER).get().to_dict() or {})["handover"]
    _lose(firestore, "orders")
    assert _run(project_id, "--apply") == 0
    back = Handover.model_validate((reference.get().to_dict() or {})["handover"])
    assert next_step(back, NOW) is Next.LOOK_UP_FIRST
    assert (back.state, back.due_at) == (waiting.state, waiting.due_at)
    unchanged = (firestore.document("orders", HANDED_OVER).get().to_dict() or {})["handover"]
    assert unchanged == settled


def test_a_database_is_not_restored_into_itself(project_id: str) -> None:
    with pytest.raises(SystemExit):
        restore.main(["--project", project_id, "--from", LIVE, "--into", LIVE])


def _collections(path: Path) -> set[str]:
    """Collections inside documents that a module names."""
    return set(re.findall(r'\w(?<!db)\.collection\("(\w+)"\)', path.read_text()))


def test_no_collection_inside_documents_is_forgotten() -> None:
    files = [*(ROOT / "shared").rglob("*.py"), *(ROOT / "functions").rglob("*.py")]
    assert set[str]().union(*map(_collections, files)) == {"parts", "past"}

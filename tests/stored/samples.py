"""Every document that the system makes, as a sample."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from google.cloud.firestore import Client, DocumentSnapshot

from shared.store import Document
from tests.stored import flows, operating
from tests.stored.documents import Sample, plain
from tests.stored.flows import World
from tests.stored.readers import read

INNER = 8
"""Documents of a collection within a document."""


def made_today(db: Client, state: Path) -> Iterator[Sample]:
    """What the system writes now, into an empty database; SAP's state is kept in a folder."""
    with flows.world(db, state) as made:
        flows.fill(made)
        operating.fill(made)
        yield from _samples(made)


def _samples(made: World) -> Iterator[Sample]:
    """Every document of the database, but of what is made from others the head only.

    Chunks of the catalogue's snapshot that are in another format are made anew.
    """
    for collection in made.db.collections():
        for snapshot in collection.stream():
            yield _sample(made, collection.id, snapshot)
            for inner in snapshot.reference.collections():
                # Some are enough of those that differ in what they say only.
                parts = list(inner.limit(INNER).stream())
                if inner.id == "past":
                    # Their ids are of chance; the order in which it changed is not.
                    parts.sort(key=lambda part: part.get("until"))
                    of = snapshot.id.replace("~", "-")
                    made.names |= {part.id: f"{of}-{n}" for n, part in enumerate(parts, 1)}
                for part in (one for one in parts if "~" not in one.id or inner.id != "chunks"):
                    yield _sample(made, f"{collection.id}/{inner.id}", part)


def _sample(made: World, kind: str, snapshot: DocumentSnapshot[Any]) -> Sample:
    document = snapshot.to_dict() or {}
    known = document.get("number") if kind == "order_groups" else snapshot.id
    name = made.names.get(str(known)) or _name(kind, snapshot.id, document)
    model = None if _lacks_profile(kind, document) else plain(read(kind, snapshot.id, document))
    return Sample(kind, name, snapshot.id, document, model)


def _lacks_profile(kind: str, document: dict[str, Any]) -> bool:
    """Credit may come before the company that it is of, which then is none yet."""
    return kind == "companies" and "profile" not in document


def _name(kind: str, id_: str, document: Document) -> str:
    """What a document is an example of: its id, unless that is of chance or of today."""
    match kind:
        case "sap_days":
            return id_.partition("~")[2].replace("~", "-")
        case "audit":
            return str(document["action"])
        case "invitations":
            return str(document["name"]).lower()
        case "reconciliations":
            return "asked" if document["asked_by"] else "nightly"
        case "waiting":
            return str(document["topic"])
        case _:
            return id_.replace("~", "-")

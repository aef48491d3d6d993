"""What a company's people said columns are: `companies/{company}/import_mappings/{fingerprint}`.

They see what is kept, and any of them who orders may forget it: the next file is asked about again.
"""

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import zip_longest
from typing import get_args

from google.cloud.firestore import Client, CollectionReference, DocumentReference
from pydantic import BaseModel, Field

from functions.carts.schema import ChangeView
from functions.carts.upload.schema import (
    KeptColumn,
    KeptMappingList,
    KeptMappingView,
    Meaning,
)
from shared.cart.model import Authorship
from shared.company import repository as companies
from shared.optimistic import Attempt, optimistically
from shared.problem import NotFoundProblem
from shared.store import Document, find_all, to_document

MOST_KEPT = 50
"""Mappings of a company. One more takes the place of the oldest."""
NAME_KEPT = 40
"""Characters of a column's name; it is kept for people, the fingerprint is of the whole."""


class ImportMapping(BaseModel):
    """What the columns of a header are, as a person chose when a file with it was taken.

    `names` are those of its columns, empty of a file that names none.
    """

    names: list[str] = Field(description="as the file has them")
    meanings: list[Meaning]
    chosen: Authorship


def read_kept(db: Client, company: str) -> dict[str, ImportMapping]:
    """The company's mappings by fingerprint, in one query."""
    found = find_all(db, _collection(db, company).limit(MOST_KEPT))
    parsed = ((read.id, parse(read.data())) for read in found)
    return {id_: mapping for id_, mapping in parsed if mapping}


def list_kept(db: Client, company: str) -> KeptMappingList:
    """All that the company keeps, the latest choice first."""
    kept = read_kept(db, company)
    latest = sorted(kept, key=lambda id_: kept[id_].chosen.at, reverse=True)
    return KeptMappingList(items=[_view(id_, kept[id_]) for id_ in latest])


def forget(db: Client, company: str, id_: str) -> None:
    """Have the next file with that header asked about again.

    Raises:
        NotFoundProblem: the company keeps none of that fingerprint.
    """
    optimistically(db, partial(_forget, reference=_collection(db, company).document(id_)))


def _forget(attempt: Attempt, reference: DocumentReference) -> None:
    if attempt.read([reference]) == [None]:
        raise NotFoundProblem
    attempt.delete(reference)


def _view(id_: str, mapping: ImportMapping) -> KeptMappingView:
    chosen = mapping.chosen
    return KeptMappingView(
        id=id_,
        columns=[
            KeptColumn(name=name, meaning=meaning)
            for meaning, name in zip_longest(mapping.meanings, mapping.names, fillvalue="")
            if meaning
        ],
        chosen=ChangeView(uid=chosen.uid, at=chosen.at, **chosen.actor.signature),
    )


def parse(document: Document) -> ImportMapping | None:
    """The mapping; None where a later release gave a column a meaning that this one can't read."""
    if set(document["meanings"]) <= set(get_args(Meaning)):
        return ImportMapping.model_validate(document)
    return None


def keep(
    db: Client,
    attempt: Attempt,
    company: str,
    kept: Mapping[str, ImportMapping],
    chosen: Mapping[str, ImportMapping | None],
) -> None:
    """Write what was chosen by fingerprint; None forgets a mapping.

    `kept` are the mappings stored so far. Two people who choose at the same moment may keep one more
    than MOST_KEPT, until the next choice.
    """
    mappings = _collection(db, company)
    left = {id_: mapping for id_, mapping in kept.items() if id_ not in chosen}
    new = {id_: mapping for id_, mapping in chosen.items() if mapping}
    oldest = sorted(left, key=lambda id_: left[id_].chosen.at)
    for id_ in _ids_to_delete(chosen, oldest[: max(0, len(left) + len(new) - MOST_KEPT)]):
        attempt.batch.delete(mappings.document(id_))
    for id_, mapping in new.items():
        attempt.batch.set(mappings.document(id_), to_document(mapping))


def _ids_to_delete(chosen: Mapping[str, ImportMapping | None], oldest: Iterable[str]) -> list[str]:
    return [*(id_ for id_, mapping in chosen.items() if mapping is None), *oldest]


def _collection(db: Client, company: str) -> CollectionReference:
    mappings: CollectionReference = companies.reference(db, company).collection("import_mappings")
    return mappings

"""How the brand's desk changes an assortment: at once, or from a moment on; every version is kept.

Whoever reads assortments takes a change in with the next page (`shared.catalogue.announcement`).
"""

from datetime import UTC, datetime

import structlog
from google.cloud.firestore import Client, DocumentReference, FieldFilter

from shared.actor import SAP, ActorKind
from shared.assortment import repository as assortments
from shared.assortment.model import Assortment, AssortmentVersion, PlannedContent
from shared.catalogue.announcement import announce
from shared.optimistic import Attempt, optimistically
from shared.store import find_all, to_document

AT_ONCE = 100
"""Planned assortments that one call brings into effect; the next call goes on."""


def change(
    attempt: Attempt, db: Client, before: Assortment, decided: PlannedContent, now: datetime
) -> Assortment:
    """Give the assortment what was decided, from `now` on; what was planned for later is dropped.

    `before` is as `attempt` read it.
    """
    announce(db, "assortments")
    number = before.version + 1
    if before.keeper == "sap" and before.stamp:
        _keep_saps(attempt, db, before, number)
        number += 1
    after = before.model_copy(
        update={
            **decided.parts,
            "name": decided.name,
            "deleted": False,
            "keeper": "desk",
            "version": number,
            "planned": None,
            "planned_for": None,
        }
    )
    _save(attempt, db, after)
    version = AssortmentVersion(
        **decided.parts,
        number=number,
        name=decided.name,
        since=now,
        by=decided.by,
        by_kind=decided.by_kind,
        uid=decided.uid,
        reason=decided.reason,
    )
    own = assortments.version_reference(db, before.id, number)
    attempt.create(own, to_document(version))
    return after


def plan(
    attempt: Attempt, db: Client, before: Assortment, decided: PlannedContent, on: datetime
) -> Assortment:
    """Have `change` done at `on`, by whoever calls `apply_planned` then."""
    after = before.model_copy(update={"planned": decided, "planned_for": on})
    _save(attempt, db, after)
    return after


def drop_plan(attempt: Attempt, db: Client, before: Assortment) -> Assortment:
    """Forget what is planned."""
    after = before.model_copy(update={"planned": None, "planned_for": None})
    _save(attempt, db, after)
    return after


def apply_planned(db: Client, now: datetime) -> int:
    """Bring into effect what was planned for `now` or before; says how many assortments changed.

    One that can't be changed never keeps the others waiting.
    """
    due = (
        db.collection("assortments")
        .where(filter=FieldFilter("planned_for", "<=", now))
        .order_by("planned_for")
        .limit(AT_ONCE)
    )
    applied = 0
    for read in find_all(db, due):
        try:
            applied += _apply(db, read.id, now)
        except Exception:  # noqa: BLE001 (whatever is wrong with one)
            structlog.get_logger().exception("plan failed", assortment=read.id)
    return applied


def _apply(db: Client, id_: str, now: datetime) -> bool:
    def body(attempt: Attempt) -> bool:
        [document] = attempt.read([_own(db, id_)])
        before = assortments.parse(id_, document)
        if before.planned is None or before.planned_for is None or before.planned_for > now:
            return False
        change(attempt, db, before, before.planned, before.planned_for)
        return True

    return optimistically(db, body)


def _keep_saps(attempt: Attempt, db: Client, before: Assortment, number: int) -> None:
    """Keep what SAP listed last as a version."""
    [document] = attempt.read([_own(db, before.id)])
    told = (document or {}).get("updated_at") or datetime(1970, 1, 1, tzinfo=UTC)
    version = AssortmentVersion(
        **before.parts,
        number=number,
        name=before.name,
        since=told,
        by=SAP.name,
        by_kind=ActorKind.SAP,
        uid="",
        reason="",
    )
    own = assortments.version_reference(db, before.id, number)
    attempt.create(own, to_document(version))


def _save(attempt: Attempt, db: Client, after: Assortment) -> None:
    attempt.save_model(_own(db, after.id), after)


def _own(db: Client, id_: str) -> DocumentReference:
    return assortments.reference(db, id_)

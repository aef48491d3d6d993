"""Ends what SAP's snapshot lacks, once a person said so: told in SAP's name, then looked for."""

from datetime import date, datetime

import structlog
from google.cloud.firestore import Client, FieldFilter

from functions.reconcile.lacking import is_here, lacking_keys, replace
from functions.reconcile.publishing import Publish
from shared.day import day_in
from shared.price.model import DiscountKey
from shared.reconciliation.model import Difference, Family, State
from shared.reconciliation.repository import GRACE, KEPT
from shared.sap.ended import Message, NotInSettingsError, ended_customer, ended_key
from shared.sap.source_system import SourceSystem
from shared.store import Document, find_all, read_all

BATCH = 50
"""Differences of one call."""

_TOPICS = {Family.PRICES: "sap-prices", Family.CUSTOMERS: "sap-customers"}


def end_decided(db: Client, publish: Publish, system: SourceSystem, now: datetime) -> None:
    """Go on with what is to end; one that fails keeps no other from it."""
    query = (
        db.collection("differences")
        .where(filter=FieldFilter("state", "==", State.MENDING.value))
        .where(filter=FieldFilter("family", "in", [family.value for family in _TOPICS]))
        .limit(BATCH)
    )
    for read in find_all(db, query):
        found = Difference.model_validate(read.data())
        try:
            _end(db, publish, system, found, now)
        except Exception:  # noqa: BLE001 (whatever is wrong with one, the others must not wait)
            structlog.get_logger().exception("difference failed", order=found.order)


def _end(
    db: Client, publish: Publish, system: SourceSystem, before: Difference, now: datetime
) -> None:
    if before.sent_at is not None and now < before.sent_at + GRACE:
        return
    [document] = read_all(db, [db.document(before.path)])
    try:
        left = _ending_messages(before, document or {}, day_in(system.zone, now), system)
    except NotInSettingsError as error:
        _park(db, before, now, f"not in the settings: {error}")
        return
    if not left:
        over = {"state": State.MENDED, "expires_at": now + KEPT, "seen_at": now}
        replace(db, before, before.model_copy(update=over))
    elif before.sent_at is not None:
        _park(db, before, now, "what was to mend it did not")
    else:
        publish(_TOPICS[before.family], {"IDOCS": left})
        replace(db, before, before.model_copy(update={"sent_at": now}))


def _ending_messages(
    difference: Difference, document: Document, today: date, system: SourceSystem
) -> list[Message]:
    """The messages that end what of a difference is still here.

    Raises:
        NotInSettingsError: the settings have a condition table no more.
    """
    as_of = difference.as_of
    if difference.family is Family.CUSTOMERS:
        is_left = is_here(document, as_of)
        return [ended_customer(difference.company, as_of, system)] if is_left else []
    decided = {row.field for row in difference.rows}
    style, currency = document.get("style", ""), document.get("currency", "")
    found = lacking_keys(difference.path, document, as_of, None, today) if document else ()
    left = []
    for name, key, _ in found:
        if name in decided:
            variant = getattr(key, "article", "")
            own = key.currency if isinstance(key, DiscountKey) else currency
            left.append(ended_key(name, key, variant or style, own, as_of, system))
    return left


def _park(db: Client, before: Difference, now: datetime, note: str) -> None:
    parked = {"state": State.PARKED, "seen_at": now, "note": note}
    replace(db, before, before.model_copy(update=parked))
    told = {"family": before.family.value, "differences": 1, "order": before.order}
    structlog.get_logger().error("difference parked", **told)

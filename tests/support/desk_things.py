"""What the brand's desk can be asked for beside orders and quarantined messages, one of each."""

from collections.abc import Callable, Sequence

from google.cloud.firestore import Client, FieldFilter

from shared.event.awaiting import keep_waiting
from shared.event.dead_letters import DeadLetter, NoDeadLetterError
from shared.event.message import SapMessage
from shared.event.outcome import MessageOutcome, Result
from shared.event.verdict import Verdict
from shared.order.handover import HandoverState
from shared.reconciliation import snapshots
from shared.reconciliation.model import Difference, Family, Kind, Run, Scope, State
from shared.reconciliation.repository import difference_reference, run_reference
from shared.reconciliation.snapshot import Sides, SnapshotRun
from shared.sap.part import Part
from shared.store import to_document
from tests.factories.assortment import NOW
from tests.factories.order import order, store_order, waiting
from tests.factories.sap import stamp

DEAD_LETTER = DeadLetter(
    id="99",
    topic="sap-prices",
    attributes={},
    published_at=NOW,
    died_at=NOW,
    attempts=20,
    data=b'{"IDOCS": []}',
)


def look_at_dead(topics: Sequence[str]) -> list[DeadLetter]:
    """One that stays."""
    return [DEAD_LETTER] if DEAD_LETTER.topic in topics else []


def take_dead(topic: str, id_: str, deal: Callable[[DeadLetter], None]) -> DeadLetter:
    """The same one, as often as it is asked for."""
    if (topic, id_) != (DEAD_LETTER.topic, DEAD_LETTER.id):
        raise NoDeadLetterError(id_)
    deal(DEAD_LETTER)
    return DEAD_LETTER


def store_waiting(db: Client, id_: str) -> str:
    """A price that waits for its article; what the desk calls it."""
    message = SapMessage(id_, "sap-prices", b"", {}, NOW)
    part = Part("IDOCS/0", "COND_A", "1", f"COND_A {id_}", stamp(1), content={"IDOCS": []})
    names = frozenset({f"article {id_}"})
    result = Result(part, Verdict.WAITING, ["IDOCS/0: no article"], names, is_stored=False)
    keep_waiting(db, message, MessageOutcome([result]), NOW)
    [found] = db.collection("waiting").where(filter=FieldFilter("object", "==", part.object)).get()
    return str(found.id)


def store_run(db: Client, id_: str) -> str:
    """A reconciliation that nobody has begun with; its id."""
    run = Run(
        id=f"run-{id_}",
        system="ECPCLNT100",
        scope=Scope(days=60),
        asked_at=NOW,
        asked_by="Maria",
        expires_at=NOW,
    )
    run_reference(db, run.id).set(to_document(run))
    return run.id


def store_snapshot(db: Client, second: int) -> str:
    """A full snapshot of which one part has come; its id."""
    run = SnapshotRun(
        id=f"prices.{stamp(second)}",
        family=Family.PRICES,
        system="ECPCLNT100",
        as_of=stamp(second),
        began_at=NOW,
        last_part_at=NOW,
        parts=2,
        came=[1],
        examples=[Sides(key="PR00 10123 EUR", field="records", ours="25.00", saps="26.00")],
        expires_at=NOW,
    )
    snapshots.run_reference(db, run.id).set(to_document(run))
    return run.id


def store_difference(db: Client, number: str, kind: Kind) -> str:
    """A parked difference of an order that SAP had; the order's number."""
    store_order(db, order(number, handover=waiting(state=HandoverState.ACCEPTED, due_at=None)))
    found = Difference(
        order=number,
        company="100001",
        sap_numbers=[],
        kinds=[kind],
        rows=[],
        row_count=0,
        state=State.PARKED,
        found_at=NOW,
        seen_at=NOW,
        run="run-1",
    )
    difference_reference(db, number).set(to_document(found))
    return number

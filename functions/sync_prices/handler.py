"""Condition records become the price keys of styles, those of a customer beside the customer."""

from functools import partial

from google.cloud.firestore import Client, DocumentReference

from functions.sync_prices.doubts import doubts
from functions.sync_prices.merge import merge, verdict, with_own_prices
from functions.sync_prices.units import read_units
from shared.company import repository as companies
from shared.event.awaited import awaited
from shared.event.message import RELEASED, SapMessage
from shared.event.outcome import Outcome, outcome_of
from shared.event.verdict import Verdict
from shared.event.writing import Change, Fault, Written, write_changes
from shared.price import repository as prices
from shared.price.model import Source
from shared.sap.conditions import StylePriceKey, read_conditions
from shared.sap.fault import AwaitedError, UntranslatableMessageError
from shared.sap.idoc import read_packet
from shared.sap.source_system import SourceSystem
from shared.store import Document


def apply(db: Client, system: SourceSystem, message: SapMessage) -> Outcome:
    """Store what is newer of the message's price keys.

    A price that is in doubt is held back, unless a person released it: the earlier one stays in
    force, and the IDoc is kept in quarantine with the reason. One whose article or customer has not
    come is stored and waits for that; one per a unit that no article tells waits to be stored.

    Raises:
        UntranslatableMessageError: it is no message of IDocs; nothing was stored.
    """
    packet = read_packet(message, system, {"COND_A": read_conditions})
    conditions = {taken.place: taken.says for taken in packet.taken if taken.says}
    known = read_units(db, {one.style for one in conditions.values()})
    keys: dict[str, StylePriceKey] = {}
    untold = Written()
    for place, one in conditions.items():
        try:
            keys[place] = one.in_pieces(partial(known[one.style].pieces_in, system=system))
        except AwaitedError as error:
            untold.faults += [Fault(place, reason, error.awaits) for reason in error.reasons]
        except UntranslatableMessageError as error:
            untold.faults += [Fault(place, reason) for reason in error.reasons]
    awaits: dict[str, set[str]] = {
        place: set() if known[key.style].unit else {awaited("article", key.style)}
        for place, key in keys.items()
    }

    def flagged(place: str, holder: str, stored: Document | None) -> Verdict:
        if "profile" not in (stored or {}):
            awaits[place].add(awaited("customer", holder))
        return Verdict.IGNORED

    # Carts look for own prices only of a company that has this, so it is there before them.
    flags = write_changes(
        db,
        [
            Change(
                companies.reference(db, key.key.holder),
                with_own_prices,
                origin=place,
                verdict=partial(flagged, place, key.key.holder),
            )
            for place, key in keys.items()
            if key.key.source is Source.CUSTOMER
        ],
        "companies",
    )
    is_released = message.attributes.get(RELEASED) == "true"
    held: dict[str, list[str]] = {}

    def store(place: str, stored: Document | None) -> Document | None:
        # Called again for a document that others changed meanwhile: the last reading counts.
        held[place] = [] if is_released else doubts(stored, keys[place])
        return None if held[place] else merge(stored, keys[place])

    changes = [
        Change(
            _reference(db, key),
            partial(store, place),
            origin=place,
            verdict=partial(verdict, new=key),
        )
        for place, key in keys.items()
    ]
    written = write_changes(db, changes, "prices")
    written.faults += [Fault(place, reason) for place in held for reason in held[place]]
    return outcome_of(packet, flags, untold, written, awaits=awaits)


def _reference(db: Client, key: StylePriceKey) -> DocumentReference:
    if key.key.source is Source.CUSTOMER:
        return prices.own_reference(db, key.key.holder, key.style, key.currency)
    return prices.reference(db, key.style, key.currency)

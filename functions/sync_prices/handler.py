"""Condition records become the keys of styles' prices and discounts, those of a customer beside the customer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from google.cloud.firestore import Client, DocumentReference

from functions.sync_prices.doubts import doubts
from functions.sync_prices.merge import (
    StoredKey,
    merge,
    sides,
    stored_keys,
    verdict,
    with_own_prices,
)
from functions.sync_prices.snapshots import contents_of, recording, without_revived
from functions.sync_prices.units import ALL_ARTICLES, Units, read_units
from shared.catalogue.announcement import CatalogueKind
from shared.company import repository as companies
from shared.event.awaited import awaited_name
from shared.event.message import RELEASED, SapMessage
from shared.event.outcome import MessageOutcome, outcome_of
from shared.event.verdict import Verdict
from shared.event.writing import Change, Fault, Written, write_changes
from shared.market.model import MARKETS
from shared.past.terms import company_terms, price_terms
from shared.price import repository as prices
from shared.sap.conditions import ArticleConditions, read_conditions
from shared.sap.discounts import DiscountConditions
from shared.sap.fault import AwaitedError, UntranslatableMessageError
from shared.sap.idoc import read_packet
from shared.sap.source_system import SourceSystem
from shared.store import Document


def apply(db: Client, system: SourceSystem, message: SapMessage) -> MessageOutcome:
    """Store what is newer of the message's price keys.

    A price that is in doubt is held back, unless a person released it: the earlier one stays in
    force, and the IDoc is kept in quarantine with the reason. So is an amount that SAP would convert to
    other currencies, though it is stored. One whose article or customer has not
    come is stored and waits for that; one per a unit that no article tells waits to be stored.

    Raises:
        UntranslatableMessageError: it is no message of IDocs; nothing was stored.
    """
    marks = system.prices.snapshots
    packet = read_packet(message, system, {"COND_A": read_conditions}, marks)
    part = recording(db, system, packet)
    conditions = {taken.place: taken.says for taken in packet.taken if taken.says}
    known = read_units(db, {one.article for one in conditions.values() if one.article})
    as_of = packet.snapshot.as_of if packet.snapshot else ""
    found, untold = _keys(conditions, known, system, as_of)
    found, gone = without_revived(db, found, partial(_reference, db), datetime.now(UTC))
    awaits = _Awaits({place: _missing_unit(conditions[place].article, known) for place in found})
    # Carts look for own prices only of a company that has this, so it is there before them.
    flags = write_changes(db, _flags(db, found, awaits), "companies")
    is_released = message.attributes.get(RELEASED) == "true"
    merging = _Merging(conditions, system, is_released=is_released)
    changes: dict[CatalogueKind, list[Change]] = {"prices": [], "companies": []}
    for place, keys in found.items():
        for key in keys:
            is_companys = key.is_customers and not key.style
            judged = partial(awaits.judge, place, key) if is_companys else partial(verdict, new=key)
            changes["companies" if is_companys else "prices"].append(
                Change(
                    _reference(db, key),
                    partial(merging.merge, place, key),
                    origin=place,
                    verdict=judged,
                    sides=partial(sides, new=key) if part else None,
                    terms=company_terms if is_companys else price_terms,
                )
            )
    tally = part.tally if part else None
    written = [write_changes(db, some, kind, tally) for kind, some in changes.items()]
    doubted = Written(faults=merging.faults())
    outcome = outcome_of(packet, flags, untold, gone, *written, doubted, awaits=awaits.of_places)
    if part:
        part.finish(outcome, {}, contents_of(packet, system))
    return outcome


@dataclass
class _Merging:
    """Merges keys into documents, and knows why one was held back or is told about."""

    conditions: Mapping[str, ArticleConditions | DiscountConditions]
    system: SourceSystem
    is_released: bool
    held: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    told: dict[str, list[str]] = field(default_factory=dict)

    def merge(self, place: str, key: StoredKey, stored: Document | None) -> Document | None:
        """The document with the key; None where it stays as it is."""
        # Called again for a document that others changed meanwhile: the last reading counts.
        found = [] if self.is_released else doubts(stored, key)
        document = None if found else merge(stored, key)
        self.held[place, key.currency] = found
        self.told[place] = _warnings(self.conditions[place], self.system) if document else []
        return document

    def faults(self) -> list[Fault]:
        """The same doubt of several currencies is one."""
        doubted = {
            Fault(place, one): None for (place, _), all_ in self.held.items() for one in all_
        }
        return [*doubted, *(Fault(place, one) for place, all_ in self.told.items() for one in all_)]


def _flags(db: Client, found: Mapping[str, list[StoredKey]], awaits: "_Awaits") -> Iterator[Change]:
    """That the customers have prices of their own."""
    for place, keys in found.items():
        for key in keys:
            if key.is_customers and key.style:
                yield Change(
                    companies.reference(db, key.key.holder),
                    with_own_prices,
                    origin=place,
                    verdict=partial(awaits.flag, place, key),
                    terms=company_terms,
                )


def _keys(
    conditions: Mapping[str, ArticleConditions | DiscountConditions],
    known: Mapping[str, Units],
    system: SourceSystem,
    as_of: str,
) -> tuple[dict[str, list[StoredKey]], Written]:
    """What is to be stored of each place, and why nothing is of the others."""
    found: dict[str, list[StoredKey]] = {}
    untold = Written()
    for place, one in conditions.items():
        units = known.get(one.article, ALL_ARTICLES)
        try:
            told = one.in_pieces(partial(units.pieces_in, system=system), units.generic)
        except AwaitedError as error:
            untold.faults += [Fault(place, reason, error.awaits) for reason in error.reasons]
        except UntranslatableMessageError as error:
            untold.faults += [Fault(place, reason) for reason in error.reasons]
        else:
            found[place] = stored_keys(told, _currencies(told.key.organisation, system), as_of)
    return found, untold


def _warnings(one: ArticleConditions | DiscountConditions, system: SourceSystem) -> list[str]:
    """What is to be told of conditions that were stored all the same."""
    if not isinstance(one, DiscountConditions):
        return []
    return one.currency_warnings(_currencies(one.key.organisation, system))


def _missing_unit(article: str, known: Mapping[str, Units]) -> set[str]:
    return {awaited_name("article", article)} if article and not known[article].unit else set()


@dataclass(frozen=True)
class _Awaits:
    """What each place waits for, the customer by its document as it was read."""

    of_places: dict[str, set[str]]

    def flag(self, place: str, key: StoredKey, stored: Document | None) -> Verdict:
        """That its customer has own prices is no part of the message."""
        if "profile" not in (stored or {}):
            self.of_places[place].add(awaited_name("customer", key.key.holder))
        return Verdict.IGNORED

    def judge(self, place: str, key: StoredKey, stored: Document | None) -> Verdict:
        """What a key of the customer is to the stored one."""
        self.flag(place, key, stored)
        return verdict(stored, key)


def _currencies(organisation: str, system: SourceSystem) -> list[str]:
    """In which a sales organisation sells."""
    sold_in = [MARKETS[country] for country in system.markets]
    return sorted({one.currency for one in sold_in if one.organisation == organisation})


def _reference(db: Client, one: StoredKey) -> DocumentReference:
    if one.is_customers:
        if not one.style:
            return companies.reference(db, one.key.holder)
        return prices.own_reference(db, one.key.holder, one.style, one.currency)
    if not one.style:
        return prices.general_reference(db, one.key.organisation)
    return prices.reference(db, one.style, one.currency)

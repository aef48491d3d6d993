"""Companies: a German retailer unless the test says otherwise."""

from collections.abc import Sequence
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, Client, transactional

from shared.catalogue.announcement import announce
from shared.company.door_search import document_of
from shared.company.doors import reference as door_reference
from shared.company.model import Address, Company, Credit, Door, Profile, SalesArea
from shared.company.repository import reference
from shared.store import to_document

STAMP = "20261101080000000000"


def address(**overrides: Any) -> Address:
    """A postal address in Germany."""
    fields = {"street": "Laufweg 1", "postal_code": "10115", "city": "Berlin", "country": "DE"}
    return Address(**fields | overrides)


def door(id: str = "200001", **overrides: Any) -> Door:  # noqa: A002
    """A ship-to."""
    return Door(**{"id": id, "name": f"Door {id}", "address": address()} | overrides)


def sales_area(organisation: str = "1000") -> SalesArea:
    """A sales area of a sales organisation."""
    return SalesArea(organisation=organisation, channel="10", division="00")


def profile(doors: Sequence[Door] | None = None, **overrides: Any) -> Profile:
    """SAP's customer master of a company; the first door is the default unless they are given."""
    given = [door(default=True), door("200002")] if doors is None else doors
    fields: dict[str, Any] = {
        "stamp": STAMP,
        "name": "Läufer GmbH",
        "address": address(),
        "language": "de",
        "currency": "EUR",
        "sales_area": sales_area(),
        "plant": "EU01",
        "price_list": "W1",
        "assortment": "SPORT",
        "vat_id": "DE136695976",
        "vat_id_valid": True,
        "payment_terms": "ZN30",
        "incoterms": "DAP",
        "incoterms_place": "Berlin",
        "doors": {one.id: one for one in given},
    }
    return Profile(**fields | overrides)


def credit(limit: int = 10_000_000, exposure: int = 0, **overrides: Any) -> Credit:
    """SAP's credit figures, minor units."""
    fields = {"stamp": STAMP, "currency": "EUR", "limit": limit, "exposure": exposure}
    return Credit(**fields | overrides)


def company(
    id: str = "100001",  # noqa: A002
    credit: Credit | None = None,
    **overrides: Any,
) -> Company:
    """A company; `overrides` are of its profile."""
    return Company(id=id, profile=profile(**overrides), credit=credit)


def store_company(db: Client, *companies: Company) -> None:
    """Writes `companies/…` in one commit, as a sync would, and tells the instances."""

    def body(transaction: Any) -> None:
        for one in companies:
            document = {**to_document(one), "updated_at": SERVER_TIMESTAMP}
            transaction.set(reference(db, one.id), document)
        announce(db, "companies")

    transactional(body)(db.transaction())


def store_doors(db: Client, company: str, doors: Sequence[Door]) -> None:
    """Writes a company's doors as documents of their own, as a sync would, some at a time."""
    for start in range(0, len(doors), 250):
        batch = db.batch()
        for one in doors[start : start + 250]:
            batch.set(door_reference(db, company, one.id), to_document(document_of(one, STAMP)))
        batch.commit()
    flags = {"door_documents": True, "profile.doors": {}}
    reference(db, company).update(flags)

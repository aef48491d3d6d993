"""The migration, over documents as commit 673d420 stored them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from google.cloud.firestore import Client

from infra.migrate import UPGRADES, Upgrade, main, migrate
from shared.availability.model import Availability
from shared.cart.loading import load_context
from shared.cart.repository import parse as parse_cart
from shared.company import repository as companies
from shared.company.doors import parse as parse_door
from shared.order.repository import parse as parse_order
from shared.price import repository as prices
from shared.store import Document
from tests.factories.assortment import NOW, assortment, store_assortment
from tests.factories.style import store_style, style

STORED = json.loads(Path(__file__).with_name("stored_by_673d420.json").read_text())


def _times(value: Any) -> Any:
    match value:
        case {"$time": text}:
            return datetime.fromisoformat(text)
        case dict():
            return {name: _times(item) for name, item in value.items()}
        case list():
            return [_times(item) for item in value]
        case _:
            return value


@pytest.fixture
def old(firestore: Client) -> Client:
    """A database of that time."""
    store_style(firestore, style(), style("10124"))
    store_assortment(firestore, assortment())
    for path, document in STORED.items():
        firestore.document(path).set(_times(document))
    return firestore


def _run(db: Client, upgrades: tuple[Upgrade, ...] = UPGRADES, **options: bool) -> list[str]:
    told: list[str] = []
    tallies = migrate(db, upgrades, told.append, **options)
    assert [fault for tally in tallies.values() for fault in tally.faults] == []
    return told


def _state(db: Client) -> dict[str, Document]:
    groups = ("prices", "companies", "doors", "availability", "orders", "carts")
    return {
        one.reference.path: {k: v for k, v in (one.to_dict() or {}).items() if k != "updated_at"}
        for name in groups
        for one in db.collection_group(name).stream()
    }


def _seen(db: Client, company_id: str = "100001") -> dict[str, Any]:
    """What a reader is answered: prices, doors, stock, orders and carts of the company."""
    document = companies.reference(db, company_id).get().to_dict()
    company = companies.parse(company_id, document)
    skus, doors = ["10123-010-S", "10124-010-S"], ["300001", "300008"]
    context = load_context(db, company, skus, doors, NOW)
    return {
        "prices": [context.price(number) for number in ("10123", "10124")],
        "rrp": context.rrp("10123"),
        "doors": {
            id_: context.company.profile.doors[id_].model_dump(include=_DOOR) for id_ in doors
        }
        if company_id == "100001"
        else company.profile.doors,
        "credit": company.credit_left(),
        "availability": Availability.model_validate(
            db.document("availability/10123~EU01").get().to_dict()
        ),
        "order": parse_order(db.document("orders/7K3Q9XZ4M2-001").get().to_dict(), "100001"),
        "cart": parse_cart(db.document("carts/cart-1").get().to_dict(), "100001"),
    }


_DOOR = {"id", "name", "address", "blocked", "default"}


def test_what_people_see_stays(old: Client) -> None:
    ids = ("100001", "100002", "100003")
    before = [_seen(old, id_) for id_ in ids]
    _run(old)
    assert [_seen(old, id_) for id_ in ids] == before
    assert [seen["prices"][0].unit.amount for seen in before] == [2600, 2599, 2598]


def test_prices_and_doors_are_where_they_grow_no_document(old: Client) -> None:
    _run(old)
    state = _state(old)
    assert {key["source"] for key in state["prices/10123~EUR"]["keys"].values()} == {1, 2}
    own = prices.own_reference(old, "100002", "10123", "EUR").path
    assert [key["holder"] for key in state[own]["keys"].values()] == ["100002"]
    assert state["companies/100001"]["own_prices"]
    assert state["companies/100001"]["profile"]["doors"] == {}
    company = companies.parse("100001", state["companies/100001"])
    doors = [one for path, one in state.items() if path.startswith("companies/100001/doors/")]
    assert len([door for one in doors if (door := parse_door(one, company))]) == 60
    # A customer whose profile SAP has not sent yet keeps its prices.
    assert state["companies/100004"] == {"own_prices": True}


def test_again_it_finds_nothing(old: Client) -> None:
    _run(old)
    once = _state(old)
    told = _run(old)
    assert _state(old) == once
    assert told
    assert all(" 0 old" in line for line in told)


def test_a_dry_run_says_what_and_writes_nothing(old: Client) -> None:
    before = _state(old)
    told = _run(old, dry_run=True)
    assert "customer_prices: 2 read, 1 old, up to 10124~EUR" in told
    assert "doors: 3 read, 1 old, up to 100003" in told
    assert _state(old) == before


@pytest.mark.parametrize("stops_at", range(len(UPGRADES)))
def test_stopped_anywhere_it_goes_on(
    old: Client, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    monkeypatch.setattr("infra.migrate.PAGE", 1)
    pages = 0

    def stop(line: str) -> None:
        nonlocal pages
        pages += 1
        if pages > stops_at:
            raise KeyboardInterrupt(line)

    with pytest.raises(KeyboardInterrupt):
        migrate(old, UPGRADES, stop)
    told = _run(old)
    # Companies are gone through twice, and 100004 has become one meanwhile.
    twice = sum(path.startswith("companies/") for path in STORED)
    assert len(told) - (len(STORED) + twice - pages) in (1, 2)
    assert all(" 0 old" in line for line in _run(old))


def test_newer_keys_and_profiles_are_not_undone(old: Client) -> None:
    shared = old.document("prices/10123~EUR")
    keys = (shared.get().to_dict() or {})["keys"]
    [name] = [name for name, key in keys.items() if key["holder"] == "100001"]
    newer = keys[name] | {"stamp": "20261102080000000000", "records": []}
    own = prices.own_reference(old, "100001", "10123", "EUR")
    own.set({"style": "10123", "currency": "EUR", "keys": {name: newer}})
    _run(old)
    assert (own.get().to_dict() or {})["keys"] == {name: newer}


def test_what_cannot_be_read_is_told_and_keeps_nothing_else(
    old: Client, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old.document("prices/10122~EUR").set({"keys": {"a": {"source": 3}}})
    monkeypatch.setattr("infra.migrate.Client", lambda **_: old)
    assert main(["--project", "p", "--database", "d"]) == 1
    said = capsys.readouterr()
    assert said.err.startswith("prices/10122~EUR: ValidationError")
    assert _state(old)["companies/100001"]["own_prices"]

"""The brand makes the catalogue that its customers see."""

from datetime import timedelta
from typing import Any

import pytest
from google.cloud.firestore import Client

from functions.sync_products.handler import apply
from shared.assortment.keeping import apply_planned
from shared.assortment.repository import reference
from shared.event.message import SapMessage
from tests.factories.assortment import NOW, STAMP, assortment, store_assortment
from tests.factories.company import company, store_company
from tests.factories.price import prices, store_prices
from tests.factories.sap import ECC, PUBLISHED_AT, packet, stamp
from tests.factories.sap_articles import zlisting
from tests.factories.style import store_style, style
from tests.integration.functions.assortments.conftest import Ask, See

ALL = ["10123-010", "10123-400", "10200-001", "10300-001"]


@pytest.fixture(autouse=True)
def _shop(firestore: Client) -> None:
    store_style(
        firestore,
        style(),
        style("10200", colours=("001",), category="BALLS"),
        style("10300", colours=("001",), brand="SUED"),
    )
    for number in ("10123", "10200", "10300"):
        store_prices(firestore, prices(number))
    store_assortment(firestore, assortment(rules=[{"brand": ["NORD", "SUED"]}]))
    store_company(firestore, company("100001"), company("100002"))


def draft(**overrides: Any) -> dict[str, Any]:
    """Style 10123 alone, in one colour; windows as they are."""
    fields: dict[str, Any] = {
        "name": "Sport",
        "rules": [{"brand": ["NORD"], "category": ["TOPS"]}],
        "included": [],
        "excluded": [{"style": "10123", "colour": "400"}],
        "windows": [_window("AO", "at_once", "FW26"), _window("SS27-1", "pre_book", "SS27")],
    }
    return fields | overrides


def decision(**overrides: Any) -> dict[str, Any]:
    return draft(reason="Spring review") | overrides


def _window(id_: str, kind: str, season: str) -> dict[str, Any]:
    days = {"ship_from": "2026-07-01", "ship_to": "2027-03-31", "opens": "2026-07-01"}
    return {"id": id_, "kind": kind, "season": season, "cut_off": "2027-01-15", **days}


def _tag(ask: Ask, id_: str = "SPORT") -> str:
    return str(ask("GET", f"/{id_}").body["etag"])


def test_what_the_brand_changes_buyers_see_at_once(ask: Ask, seen: See) -> None:
    assert seen() == ALL
    changed = ask("PUT", "/SPORT", decision(), tag=_tag(ask))
    assert (changed.status, changed.body["keeper"]) == (200, "desk")
    assert seen() == ["10123-010"]


def test_a_preview_says_who_gains_and_loses_what_and_changes_nothing(ask: Ask, seen: See) -> None:
    added = draft(included=[{"style": "10300"}], excluded=[], rules=[{"category": ["BALLS"]}])
    told = ask("POST", "/rules/preview", added | {"id": "SPORT"})
    assert (told.body["companies"], told.body["styles"]) == (2, 2)
    assert told.body["gained"] == {"styles": 0, "colourways": 0, "examples": []}
    lost = told.body["lost"]
    assert (lost["styles"], lost["colourways"]) == (1, 2)
    assert [one["colour"] for one in lost["examples"]] == ["010", "400"]
    assert seen() == ALL


def test_a_change_that_others_overtook_is_refused(ask: Ask, seen: See) -> None:
    tag = _tag(ask)
    ask("PUT", "/SPORT", decision(), tag=tag)
    late = ask("PUT", "/SPORT", decision(rules=[{"brand": ["SUED"]}]), tag=tag)
    assert (late.status, late.body["code"]) == (412, "assortment_changed")
    assert late.body["etag"] == _tag(ask)
    assert seen() == ["10123-010"]


def test_a_planned_change_holds_from_its_moment_on(ask: Ask, seen: See, firestore: Client) -> None:
    launch = NOW + timedelta(days=3)
    planned = ask("PUT", "/SPORT", decision(holds_from=launch.isoformat()), tag=_tag(ask))
    assert planned.body["plan"]["reason"] == "Spring review"
    assert apply_planned(firestore, launch - timedelta(seconds=1)) == 0
    assert seen() == ALL
    assert [apply_planned(firestore, launch + timedelta(minutes=1)) for _ in range(2)] == [1, 0]
    assert seen() == ["10123-010"]
    [latest, saps] = ask("GET", "/SPORT/versions").body["items"]
    assert latest["since"] == launch.isoformat().replace("+00:00", "Z")
    assert (saps["by_kind"], saps["rules"]) == ("sap", [{"brand": ["NORD", "SUED"]}])


def test_a_plan_can_be_given_up_and_saps_listing_does_not_drop_it(
    ask: Ask, firestore: Client
) -> None:
    launch = (NOW + timedelta(days=3)).isoformat()
    ask("PUT", "/SPORT", decision(holds_from=launch), tag=_tag(ask))
    _listed(firestore, 9)
    assert ask("GET", "/SPORT").body["plan"]["name"] == "Sport"
    dropped = [ask("DELETE", "/SPORT/plan") for _ in range(2)]
    assert [(one.status, one.body["plan"]) for one in dropped] == [(200, None)] * 2


def test_saps_listing_of_what_the_desk_keeps_is_of_no_effect(
    ask: Ask, seen: See, firestore: Client
) -> None:
    ask("PUT", "/SPORT", decision(), tag=_tag(ask))
    outcome = _listed(firestore, 9)
    assert outcome.verdicts == ["ignored"]
    assert seen() == ["10123-010"]


def test_a_new_assortment_is_given_to_a_company_and_saps_comes_back(ask: Ask, seen: See) -> None:
    made = ask("POST", "", decision(id="OUTLET", rules=[{"brand": ["SUED"]}], excluded=[]))
    assert (made.status, made.body["companies"]) == (201, 0)
    given = ask(
        "PUT", "/assignments/companies/100002", {"assortment": "OUTLET", "reason": "Outlet store"}
    )
    assert (given.body["assortment"], given.body["saps"]) == ("OUTLET", "SPORT")
    assert (seen("100002"), seen("100001")) == (["10300-001"], ALL)
    assert ask("GET", "/OUTLET").body["companies"] == 1
    assert ask("GET", "/SPORT").body["companies"] == 1
    listed = ask("GET", "/assignments/companies?assortment=SPORT").body["items"]
    assert [one["id"] for one in listed] == ["100001"]
    ask("PUT", "/assignments/companies/100002", {"assortment": None, "reason": "Closed"})
    assert seen("100002") == ALL


def test_the_same_request_again_makes_no_second_assortment(ask: Ask) -> None:
    wanted = decision(id="OUTLET")
    assert [ask("POST", "", wanted).status for _ in range(2)] == [201, 201]
    assert len(ask("GET", "/OUTLET/versions").body["items"]) == 1
    other = ask("POST", "", wanted | {"name": "Other"})
    assert (other.status, other.body["code"]) == (409, "assortment_exists")


def test_every_fault_of_a_draft_is_told_at_once(ask: Ask) -> None:
    wrong = draft(
        included=[{"style": "99999"}, {"style": "10123", "colour": "777"}],
        windows=[
            _window("AO", "at_once", "FW26") | {"ship_to": "2026-06-01"},
            _window("AO", "at_once", "FW26") | {"cut_off": "2026-06-30"},
        ],
    )
    told = ask("POST", "/rules/preview", wrong | {"id": "SPORT"})
    assert told.status == 422
    assert {one["pointer"] for one in told.body["errors"]} == {
        "/included/0/style",
        "/included/1/colour",
        "/windows/0/ship_to",
        "/windows/1/id",
        "/windows/1/cut_off",
    }


def test_each_decision_leaves_an_audit_record(ask: Ask, firestore: Client) -> None:
    ask("PUT", "/SPORT", decision(), tag=_tag(ask))
    ask("PUT", "/assignments/companies/100002", {"assortment": "SPORT", "reason": "As agreed"})
    told = [one.to_dict() or {} for one in firestore.collection("audit").stream()]
    assert sorted((one["action"], one["object"], one["before"], one["after"]) for one in told) == [
        ("assign_assortment", "companies/100002", "SPORT", "SPORT"),
        ("change_assortment", "assortments/SPORT", "sap 0", "desk 2"),
    ]


def test_only_a_brand_admin_may(ask: Ask) -> None:
    assert ask("GET", "", role="operator").status == 403


def test_rules_can_name_what_styles_have(ask: Ask) -> None:
    found = ask("GET", "/rules/choices").body
    assert [(one["value"], one["styles"]) for one in found["brand"]] == [("NORD", 2), ("SUED", 1)]
    assert {one["value"] for one in found["season"]} >= {"FW26"}


def _listed(db: Client, day: int) -> Any:
    listing = zlisting(serial=stamp(day))
    message = SapMessage("1", "sap-products", packet(listing), {}, PUBLISHED_AT)
    return apply(db, ECC, message)


def test_the_stored_assortment_says_who_keeps_it(ask: Ask, firestore: Client) -> None:
    ask("PUT", "/SPORT", decision(), tag=_tag(ask))
    document = reference(firestore, "SPORT").get().to_dict() or {}
    assert (document["keeper"], document["version"], document["stamp"]) == ("desk", 2, STAMP)

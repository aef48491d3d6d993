"""GET /v1/accounts/company and its doors."""

import pytest
from google.cloud.firestore import Client

from functions.sync_customers.handler import apply
from shared.company import repository as companies
from shared.event.message import SapMessage
from shared.identity.caller import Role
from shared.stamped import UNTOLD
from shared.store import to_document
from shared.vat.check import VatAnswer
from tests.factories.company import address, company, door, store_company, store_doors
from tests.factories.sap import ECC, PUBLISHED_AT, packet, stamp
from tests.factories.sap_customers import debmas
from tests.factories.vat import vat_check
from tests.integration.functions.accounts.conftest import TWO, WHO_CALLS, Call
from tests.support.firestore_counter import counting

PATHS = ("/company", "/company/doors", "/company/notices")


@pytest.mark.parametrize("path", PATHS)
def test_anonymous(path: str, call: Call) -> None:
    assert call(path, anonymous=True).status_code == 401


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", Role)
def test_every_role_may_read(role: Role, path: str, call: Call) -> None:
    assert call(path, {"100001": role.value}).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_role_that_does_not_exist_is_no_role(path: str, call: Call) -> None:
    assert call(path, {"100001": "owner"}).status_code == 401


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("company", ["100003", "999"])
def test_another_company_is_not_found(company: str, path: str, call: Call) -> None:
    answer = call(path, X_Company=company)
    assert (answer.status_code, answer.get_json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("company", ["100004", "999"])
def test_a_company_that_sap_deleted_or_never_sent(company: str, path: str, call: Call) -> None:
    assert call(path, {company: "buyer"}).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_one_of_several_must_be_named(path: str, call: Call) -> None:
    answer = call(path, TWO)
    assert (answer.status_code, answer.get_json()["code"]) == (400, "company_required")
    assert answer.get_json()["companies"] == ["100001", "100002"]
    assert call(path, TWO, X_Company="100002").status_code == 200


def test_the_company(call: Call, firestore: Client) -> None:
    companies.reference(firestore, "100001").update({"open_amounts": {UNTOLD: 10_000}})
    with counting(firestore) as count:
        answer = call("/company")
    assert (count.rpcs, count.reads) == (1 + WHO_CALLS, 1 + WHO_CALLS)
    assert answer.status_code == 200
    assert answer.get_json() == {
        "id": "100001",
        "name": "Läufer GmbH",
        "address": {
            "street": "Laufweg 1",
            "postal_code": "10115",
            "city": "Berlin",
            "region": "BE",
            "country": "DE",
        },
        "time_zone": "Europe/Berlin",
        "language": "de",
        "currency": "EUR",
        "payment_terms": "ZN30",
        "payment_terms_name": "As agreed",
        "incoterms": "DAP",
        "incoterms_place": "Berlin",
        "minimum_order": {"amount": 0, "currency": "EUR"},
        "order_block": False,
        "availability_display": "exact",
        "price_source": "price_list",
        "price_list": "W1",
        "vat_id": "DE136695976",
        "vat_id_valid": True,
        "vat_check": {
            "vat_id": "",
            "answer": "not_checked",
            "on": None,
            "consultation": "",
            "detail": "VIES has not been asked yet.",
        },
        "credit": {
            "limit": {"amount": 5_000_000, "currency": "EUR"},
            "exposure": {"amount": 123_450, "currency": "EUR"},
            "pending": {"amount": 10_000, "currency": "EUR"},
            "left": {"amount": 4_866_550, "currency": "EUR"},
            "as_of": "2026-11-22T14:18:00.123456Z",
        },
    }


def test_a_company_without_limit_or_list(call: Call) -> None:
    company = call("/company", {"100002": "buyer"}).get_json()
    assert company["credit"] is None
    assert company["price_source"] == "market"
    assert company["minimum_order"] == {"amount": 0, "currency": "HUF"}


def test_what_sap_changes_shows_at_once(call: Call, firestore: Client) -> None:
    idoc = debmas("100001", stamp(1200), customer={"AUFSD": "01", "STCEG": "DE123456789"})
    apply(firestore, ECC, SapMessage("2", "sap-customers", packet(idoc), {}, PUBLISHED_AT))
    company = call("/company").get_json()
    assert (company["order_block"], company["vat_id_valid"]) == (True, False)


def test_doors_a_page_at_a_time(call: Call, firestore: Client) -> None:
    first = call("/company/doors?limit=2").get_json()
    assert [door["id"] for door in first["items"]] == ["200001", "200002"]
    assert first["items"][0]["default"]
    seen, cursor = list(first["items"]), first["next"]
    while cursor:
        with counting(firestore) as count:
            page = call(f"/company/doors?limit=2&cursor={cursor}").get_json()
        assert count.reads == 1 + WHO_CALLS
        seen, cursor = seen + page["items"], page["next"]
    assert seen == call("/company/doors").get_json()["items"]
    assert len(seen) == 5


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("limit=0", "/limit"), ("limit=x", "/limit"), ("cursor=299999", "/cursor"), ("a=1", "/a")],
)
def test_invalid(query: str, pointer: str, call: Call) -> None:
    answer = call(f"/company/doors?{query}")
    assert answer.status_code == 422
    [fault] = answer.get_json()["errors"]
    assert (fault["pointer"], fault["in"]) == (pointer, "query")


@pytest.fixture(params=["in the profile", "documents"])
def chain(request: pytest.FixtureRequest, call: Call, firestore: Client) -> Call:
    """Whoever calls for company 100001, which has more than a page of doors, stored either way."""
    doors = [
        *(door(str(300001 + i), name=f"Filiale {i:02}") for i in range(30)),
        door("300101", name="Łódź Zentrum", address=address(city="Łódź", country="PL")),
        door("300102", name="Sport-Läufer Zentrum", default=True),
    ]
    kept = [] if request.param == "documents" else doors
    store_company(firestore, company(doors=kept))
    if request.param == "documents":
        store_doors(firestore, "100001", doors)
    return call


def test_pages_of_doors_are_the_same_however_they_are_stored(chain: Call) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = chain(f"/company/doors?limit=7{cursor and '&cursor='}{cursor}").get_json()
        seen += [found["id"] for found in page["items"]]
        cursor = page["next"]
    filialen = [str(300001 + i) for i in range(30)]
    assert seen == ["300102", *filialen, "300101"]


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("lodz", ["300101"]),
        ("ZENTRUM", ["300102", "300101"]),
        ("läufer z", ["300102"]),
        ("Sport", ["300102"]),
        ("30010", ["300102", "300101"]),
        ("filiale 07", ["300008"]),
        ("nowhere", []),
        ("iliale", []),
        ("a term that is far longer than any beginning", []),
    ],
)
def test_doors_are_found_by_how_name_city_or_number_begins(
    chain: Call, q: str, found: list[str]
) -> None:
    page = chain(f"/company/doors?q={q}").get_json()
    assert [one["id"] for one in page["items"]] == found
    assert page["next"] is None


def test_what_is_found_has_pages_too(chain: Call) -> None:
    first = chain("/company/doors?q=filiale&limit=20").get_json()
    rest = chain(f"/company/doors?q=filiale&limit=20&cursor={first['next']}").get_json()
    assert [len(first["items"]), len(rest["items"])] == [20, 10]
    assert rest["next"] is None


@pytest.mark.parametrize("cursor", ["299999", "a/b", "..", "%2F"])
def test_a_cursor_of_no_page(chain: Call, cursor: str) -> None:
    answer = chain(f"/company/doors?cursor={cursor}")
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.get_json()["errors"]] == ["/cursor"]


def test_doors_of_another_company_are_not_found(chain: Call) -> None:
    assert chain("/company/doors", {"100002": "buyer"}).get_json()["items"][0]["id"] == "200001"
    found = chain("/company/doors?q=filiale", {"100002": "buyer"}).get_json()
    assert found["items"] == []


def test_what_vies_said_of_the_id(call: Call, firestore: Client) -> None:
    said = vat_check(VatAnswer.INVALID, vat_id="DE136695976")
    companies.reference(firestore, "100001").update({"vat_check": to_document(said)})
    found = call("/company").get_json()
    assert (found["vat_id_valid"], found["vat_check"]["answer"]) == (False, "invalid")
    detail = "According to VIES on Nov 22, 2026, DE136695976 is not valid."
    assert found["vat_check"]["detail"] == detail
    german = call("/company", Accept_Language="de").get_json()["vat_check"]["detail"]
    assert german == "Laut MIAS ist DE136695976 nicht gültig (Stand 22.11.2026)."


def test_where_vies_knows_no_ids_there_is_no_check(call: Call, firestore: Client) -> None:
    companies.reference(firestore, "100001").update({"profile.vat_id": "CHE116281710MWST"})
    assert call("/company").get_json()["vat_check"] is None

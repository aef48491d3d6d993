"""Four companies: each sees its own catalogue in its own way, and nothing of another."""

from collections.abc import Iterator
from itertools import permutations
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from shared.http.route import Route, Service
from tests.support import firestore_indexes
from tests.support.asking import every_route_of_a_companys_thing
from tests.support.demo_world import Buyer, buyers_of, demo_data, load
from tests.support.foreign import attempt, foreign_ids, foreign_styles, pairs, without_request_id
from tests.support.services import Reply, person, send, versions

NOTHING = "nothing-of-that-kind"
NO_COLOUR = "ZZ9"
NO_GTIN = "9529999999993"


@pytest.fixture(scope="module")
def db(firestore_host: str) -> Iterator[Client]:
    """The demo data, taken in through the sync functions."""
    client = Client(project=f"test-{uuid4().hex[:20]}", credentials=AnonymousCredentials())
    with firestore_indexes.recorded() as needs:
        load(client, demo_data())
        yield client
    client.close()
    assert not {fault for need in needs if (fault := firestore_indexes.missing(need))}


@pytest.fixture(scope="module")
def buyers(db: Client) -> list[Buyer]:
    """German, Polish, Hungarian, American."""
    return buyers_of(db)


@pytest.fixture
def unchanged(db: Client, buyers: list[Buyer]) -> Iterator[None]:
    """Nothing may be changed by the test."""
    before = versions(db)
    yield
    assert versions(db) == before


def test_all_see_other_styles(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        assert mine.styles
        assert foreign_styles(mine, other)


def test_all_pay_in_their_currency_and_by_their_prices(buyers: list[Buyer]) -> None:
    currencies = [buyer.right("GET", "/catalog/styles")["currency"] for buyer in buyers]
    assert currencies == ["EUR", "PLN", "HUF", "USD"]
    shared = set.intersection(*(set(buyer.styles) for buyer in buyers))
    assert shared
    for style in shared:
        prices = [buyer.styles[style]["price"]["unit"] for buyer in buyers]
        assert [price["currency"] for price in prices] == currencies
    seen = {
        tuple(buyer.styles[style]["price"]["unit"]["amount"] for style in sorted(shared))
        for buyer in buyers
    }
    assert len(seen) == len(buyers)


def test_all_read_their_language(buyers: list[Buyer]) -> None:
    shared = sorted(set.intersection(*(set(buyer.styles) for buyer in buyers)))
    for text in ("name", "description", "category_name"):
        texts = {tuple(buyer.styles[style][text] for style in shared) for buyer in buyers}
        assert len(texts) == len(buyers), text
    problems = [buyer.ask("GET", "/catalog/styles?limit=x") for buyer in buyers]
    assert len({problem.body["detail"] for problem in problems}) == len(buyers)
    assert [problem.headers["Content-Language"] for problem in problems] == [
        buyer.language for buyer in buyers
    ]


def test_all_have_their_formats(buyers: list[Buyer]) -> None:
    shown = [buyer.right("GET", "/accounts/me") for buyer in buyers]
    assert [me["language"] for me in shown] == [buyer.language for buyer in buyers]
    for name in ("money", "date", "long_date"):
        assert len({me["formats"][name] for me in shown}) == len(buyers), name
    assert [me["formats"]["first_day_of_week"] for me in shown] == [1, 1, 1, 7]


def test_all_have_their_own_carts_and_orders(buyers: list[Buyer]) -> None:
    for buyer in buyers:
        carts = buyer.right("GET", "/carts")["items"]
        assert [cart["id"] for cart in carts] == [buyer.cart]
        orders = buyer.right("GET", "/orders")["orders"]
        assert [order["number"] for order in orders] == [buyer.order]
        assert buyer.right("GET", "/accounts/company")["id"] == buyer.company


@every_route_of_a_companys_thing
@pytest.mark.usefixtures("unchanged")
def test_a_foreign_thing_is_as_unknown_as_none(
    service: Service[Any], route: Route[Any, Any, Any], buyers: list[Buyer]
) -> None:
    start, _, rest = route.path.partition("<")
    parameter, _, end = rest.partition(">")
    assert "<" not in end
    for mine, other in pairs(buyers):
        of_nothing = attempt(mine, service, route, start + NOTHING + end)
        assert of_nothing.status == 404, of_nothing
        for id_ in foreign_ids(parameter, mine, other):
            reply = attempt(mine, service, route, start + id_ + end)
            assert reply.status == 404, (id_, reply)
            assert without_request_id(reply) == without_request_id(of_nothing)


@pytest.mark.usefixtures("unchanged")
def test_foreign_skus_and_gtins_are_looked_up_in_vain(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        own = {sku for sku, _ in mine.skus()}
        # Some articles have no GTIN yet.
        foreign = [(sku, gtin) for sku, gtin in other.skus() if sku not in own and gtin]
        assert foreign
        entries = [entry for pair in foreign for entry in pair]
        nothings = [nothing for sku, _ in foreign for nothing in (_no_colour(sku), NO_GTIN)]
        answer = mine.right("POST", "/catalog/lookup", {"entries": [*entries, *nothings]})
        lines = answer["lines"]
        found, expected = lines[: len(entries)], lines[len(entries) :]
        for entry, line, nothing in zip(entries, found, expected, strict=True):
            reason = nothing["reason"].replace(
                NO_COLOUR, entry.split("-")[1] if "-" in entry else ""
            )
            assert line == nothing | {"input": entry, "reason": reason}, entry


def _no_colour(sku: str) -> str:
    """A SKU that nobody has, of the same style: nobody is told whether others have its colours."""
    style, _, size = sku.split("-", 2)
    return f"{style}-{NO_COLOUR}-{size}"


@pytest.mark.usefixtures("unchanged")
def test_foreign_styles_are_searched_in_vain(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        nothing = mine.right("GET", "/catalog/styles?q=zzzzzzzzzz")
        assert nothing["items"] == []
        for style in foreign_styles(mine, other):
            sku, gtin = next(
                (sku, gtin) for sku, gtin in other.skus() if sku.startswith(f"{style}-")
            )
            for words in filter(None, (sku, gtin)):
                found = mine.right("GET", f"/catalog/styles?q={words}")
                assert found["items"] == [], words
                assert found["total"] == 0
                assert found["facets"] == nothing["facets"]
            # Its name others have, too, and its digits stand in codes of one's own.
            for words in (quote(other.styles[style]["name"]), style, sku.rpartition("-")[0]):
                named = mine.right("GET", f"/catalog/styles?q={words}&limit=96")
                assert style not in {item["style"] for item in named["items"]}


@pytest.mark.usefixtures("unchanged")
def test_facets_count_own_styles_only(buyers: list[Buyer]) -> None:
    for buyer in buyers:
        page = buyer.right("GET", "/catalog/styles?limit=96")
        assert page["total"] == len(buyer.styles)
        for facet, of_style in (("category", "category"), ("gender", "gender")):
            counted = {value["value"]: value["count"] for value in page["facets"][facet]}
            values = [detail[of_style] for detail in buyer.styles.values()]
            assert counted == {value: values.count(value) for value in set(values)}
        seasons = {value["value"] for value in page["facets"]["season"]}
        assert seasons <= {
            season
            for detail in buyer.styles.values()
            for colourway in detail["colourways"]
            for season in colourway["seasons"]
        }


@pytest.mark.usefixtures("unchanged")
def test_foreign_skus_doors_and_windows_get_into_no_cart(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        [line] = mine.right("GET", f"/carts/{mine.cart}")["lines"]
        [foreign] = other.right("GET", f"/carts/{other.cart}")["lines"]
        right = {name: line[name] for name in ("sku", "door", "window", "quantity")}
        unseen = next(sku for sku, _ in other.skus() if sku.split("-")[0] not in mine.styles)
        for name, value in (("sku", unseen), ("door", foreign["door"])):
            faults = []
            for sent in (value, "10999-999-1" if name == "sku" else "999999"):
                reply = mine.ask(
                    "PATCH",
                    f"/carts/{mine.cart}/lines",
                    {"lines": [right | {name: sent}]},
                    If_Match='"2"',
                )
                assert reply.status == 422, reply
                faults.append(str(without_request_id(reply)).replace(sent, "…"))
            assert faults[0] == faults[1]


@pytest.mark.usefixtures("unchanged")
def test_rows_of_foreign_skus_gtins_and_doors_are_as_unknown_as_none(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        [line] = mine.right("GET", f"/carts/{mine.cart}")["lines"]
        [foreign] = other.right("GET", f"/carts/{other.cart}")["lines"]
        sku, gtin = next(pair for pair in other.skus() if pair[0].split("-")[0] not in mine.styles)
        door = line["door"]
        rows = [(sku, door), (gtin, door), (NOTHING, door), (line["sku"], foreign["door"])]
        sheet = "sku;door;quantity\n" + "".join(f"{s};{d};1\n" for s, d in rows)
        reply = mine.ask(
            "POST",
            f"/carts/{mine.cart}/upload?window={line['window']}",
            sheet.encode(),
            If_Match='"2"',
            Content_Type="text/csv",
        )
        assert reply.status == 200, reply
        *unknown, elsewhere = reply.body["rows"]
        for row in unknown:
            assert row | {"row": 4, "article": NOTHING} == unknown[-1]
        assert [note["code"] for note in elsewhere["notes"]] == ["unknown_door"]


@pytest.mark.usefixtures("unchanged")
def test_a_foreign_cart_is_not_placed(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        cart = other.right("GET", f"/carts/{other.cart}")
        prices = [
            {"style": style["style"], "unit_price": style["unit_price"]} for style in cart["styles"]
        ]
        replies = []
        for id_ in (NOTHING, other.cart, other.ordered_cart):
            body = {"cart": {"id": id_, "revision": 2}, "po_number": "PO 1", "prices": prices}
            key = f"try-{uuid4().hex}"
            replies.append(mine.ask("POST", "/orders", body, Idempotency_Key=key))
        assert [reply.status for reply in replies] == [404, 404, 404]
        assert (
            without_request_id(replies[0])
            == without_request_id(replies[1])
            == without_request_id(replies[2])
        )


@pytest.mark.usefixtures("unchanged")
def test_filters_find_no_foreign_orders(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        order = other.right("GET", f"/orders/{other.order}")
        for query in (f"door={order['door']['id']}", f"po_number={quote(order['po_number'])}"):
            assert mine.right("GET", f"/orders?{query}")["orders"] == []
        found = mine.right("GET", f"/orders?style={order['lines'][0]['style']}")["orders"]
        assert {one["number"] for one in found} <= {mine.order}


@pytest.mark.usefixtures("unchanged")
def test_a_foreign_cursor_shows_nothing_foreign(buyers: list[Buyer]) -> None:
    for mine, other in pairs(buyers):
        cursor = other.right("GET", "/catalog/styles?limit=1")["next"]
        assert mine.ask("GET", f"/catalog/styles?limit=1&cursor={cursor}").status == 422
        door = other.right("GET", "/accounts/company/doors?limit=1")["next"]
        assert mine.ask("GET", f"/accounts/company/doors?cursor={door}").status == 422


@pytest.mark.usefixtures("unchanged")
def test_somebody_of_two_companies_sees_each_ones_own(buyers: list[Buyer]) -> None:
    german, polish, *_ = buyers
    token = person({german.company: "buyer", polish.company: "viewer"}, uid="lena")

    def ask(method: str, path: str, company: str | None, body: Any = None, **more: str) -> Reply:
        headers = {"Authorization": token, **{k.replace("_", "-"): v for k, v in more.items()}}
        if company:
            headers["X-Company"] = company
        app = german.apps[path.split("/")[1]]
        return send(app, method, f"/v1{path}", headers, body)

    unnamed = ask("GET", "/carts", None)
    assert (unnamed.status, unnamed.body["code"]) == (400, "company_required")
    assert unnamed.body["companies"] == [german.company, polish.company]
    memberships = ask("GET", "/accounts/me", None).body["companies"]
    assert {one["id"] for one in memberships} == {german.company, polish.company}
    for mine, other in permutations((german, polish)):
        carts = ask("GET", "/carts", mine.company).body["items"]
        assert [cart["id"] for cart in carts] == [mine.cart]
        orders = ask("GET", "/orders", mine.company).body["orders"]
        assert [order["number"] for order in orders] == [mine.order]
        for path in (f"/carts/{other.cart}", f"/orders/{other.order}"):
            assert ask("GET", path, mine.company).status == 404
        for style in foreign_styles(mine, other):
            assert ask("GET", f"/catalog/styles/{style}", mine.company).status == 404
            assert ask("GET", f"/catalog/styles/{style}", other.company).status == 200
    renamed = ask("PATCH", f"/carts/{polish.cart}", polish.company, {"name": "x"}, If_Match='"2"')
    assert renamed.status == 403

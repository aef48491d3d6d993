"""GTINs of several articles at the desk: found, with what their articles are called."""

from datetime import timedelta

from google.cloud.firestore import Client

from shared.store import to_document
from shared.style.shared_gtin import GtinArticle, SharedGtin, reference
from tests.factories.assortment import NOW
from tests.factories.style import store_style, style
from tests.integration.functions.operations.conftest import Ask


def _store(db: Client, gtin: str, *articles: str, minutes: int = 0) -> None:
    named = [GtinArticle(style=one[:5], article=one) for one in articles]
    since = NOW - timedelta(minutes=minutes)
    entry = SharedGtin(gtin=gtin, articles=named, article_count=len(named), since=since)
    reference(db, gtin).set(to_document(entry))


def test_they_are_listed_with_names_and_found_by_any_number(firestore: Client, ask: Ask) -> None:
    store_style(firestore, style("10123"), style("10200"))
    _store(firestore, "4006381333931", "10123001", "10200002", minutes=1)
    _store(firestore, "4006381333948", "10123002", "10999001")
    found = ask("GET", "/shared-gtins").body["items"]
    assert [one["gtin"] for one in found] == ["4006381333948", "4006381333931"]
    assert found[1]["articles"][1] == {
        "style": "10200",
        "article": "10200002",
        "name": "Tech Tee 2.0",
        "sku": "10200-010-M",
        "colour": "Colour 010",
        "size": "M",
    }
    # Of a style that went meanwhile the numbers are left.
    assert found[0]["articles"][1]["article"] == "10999001"
    for number in ("333931", "10200", "0200002 "):
        [only] = ask("GET", f"/shared-gtins?number={number}").body["items"]
        assert only["gtin"] == "4006381333931"


def test_they_come_by_pages(firestore: Client, ask: Ask) -> None:
    for number in range(3):
        _store(firestore, f"400638133393{number}", "10123001", "10200002", minutes=number)
    first = ask("GET", "/shared-gtins?limit=2").body
    assert [one["gtin"][-1] for one in first["items"]] == ["0", "1"]
    second = ask("GET", f"/shared-gtins?limit=2&cursor={first['next']}").body
    assert ([one["gtin"][-1] for one in second["items"]], second["next"]) == (["2"], None)


# https://github.com/xing/rails_cursor_pagination/issues/101
def test_of_entries_of_one_moment_no_page_skips_or_repeats_one(firestore: Client, ask: Ask) -> None:
    moments = [timedelta(), timedelta(), timedelta(microseconds=1), timedelta(microseconds=2)]
    for number, later in enumerate(moments):
        _store(firestore, f"400638133393{number}", "10123001", "10200002")
        reference(firestore, f"400638133393{number}").update({"since": NOW + later})
    page = ask("GET", "/shared-gtins?limit=1").body
    seen = [one["gtin"][-1] for one in page["items"]]
    while page["next"]:
        page = ask("GET", f"/shared-gtins?limit=1&cursor={page['next']}").body
        seen += [one["gtin"][-1] for one in page["items"]]
    assert sorted(seen) == ["0", "1", "2", "3"]


def test_they_are_the_brands_matter(ask: Ask) -> None:
    assert ask("GET", "/shared-gtins", role="").status in (401, 403, 404)

"""Full snapshots that the stand-in publishes on demand: by its page, and over HTTP."""

from typing import Any

from tests.integration.emulators.sap.conftest import Sap
from tests.integration.emulators.sap.test_pages import Desk


def _parts(sap: Sap) -> list[tuple[str, Any, dict[str, str]]]:
    return [(topic, one, one["attributes"]) for topic, one in sap.published if "attributes" in one]


def test_each_family_comes_in_parts_that_say_so(sap: Sap) -> None:
    for family, topic in (("stock", "sap-inventory"), ("customers", "sap-customers")):
        sap.published.clear()
        made = sap.post("/snapshots", family=family).json()
        parts = _parts(sap)
        assert [one for one, _, _ in parts] == [topic] * made["parts"]
        assert [says["part"] for _, _, says in parts] == [
            str(number + 1) for number in range(made["parts"])
        ]
        assert {says["snapshot"] for _, _, says in parts} == {made["as_of"]}
        records = [row for _, one, _ in parts for row in one.get("ROWS", one.get("IDOCS"))]
        assert len(records) == made["records"] > 0


def test_parts_get_lost_and_records_are_gone_as_asked_for(sap: Sap) -> None:
    desk = Desk(sap.stand_in.control_url)
    told = desk.send("/page/snapshots", "/page/snapshots", family="customers", without="100001")
    assert "Published as of" in told
    [(_, message, _)] = _parts(sap)
    numbers = {idoc["E1KNA1M"][0]["KUNNR"] for idoc in message["IDOCS"] if "E1KNA1M" in idoc}
    assert "0000100001" not in numbers
    assert numbers
    sap.published.clear()
    assert sap.post("/snapshots", family="customers", lose=[1]).json()["parts"] == 1
    assert _parts(sap) == []


def test_what_can_not_be_published_is_told(sap: Sap) -> None:
    assert sap.post("/snapshots", family="prices").status_code == 409
    assert sap.post("/snapshots", family="weather").status_code == 422

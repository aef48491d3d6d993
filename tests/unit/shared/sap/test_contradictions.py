"""Settings of a source system that can't be are refused, with all that is wrong with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from shared.sap.condition_key import is_ours
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC

_ECC = Path(__file__).parents[4] / "terraform" / "source_systems" / "ecc_eu.json"


def settings(**changes: dict[str, Any] | list[Any] | str) -> str:
    """The demo's, with some of a part's fields, or a part as a whole, changed."""
    known = json.loads(_ECC.read_text(encoding="utf-8"))
    for name, value in changes.items():
        known[name] = {**known[name], **value} if isinstance(value, dict) else value
    return json.dumps(known)


def area(organisation: str, channel: str = "10", division: str = "00") -> dict[str, str]:
    return {"organisation": organisation, "channel": channel, "division": division}


AREAS = [area("1000"), area("3000"), area("3100")]
REJECTIONS = ECC.buyer_texts.model_dump(mode="json")["rejections"]


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            {"sales_areas": [*AREAS, area("1234")]},
            ["sales_areas: 1234 is no sales organisation"],
        ),
        (
            {"sales_areas": AREAS[:2], "markets": ["DE", "DE", "XX", "CA"]},
            [
                "markets: US lacks, the seat of 3000",
                "markets: DE is there twice",
                "markets: XX is no market",
                "markets: 3100, which sells into CA, is not among sales_areas",
            ],
        ),
        (
            {"sales_areas": [*AREAS, area("1000")]},
            ["sales_areas: 1000 10 00 is there twice"],
        ),
        ({"stock": {"plants": {"EU01": [], "EU99": []}}}, ["stock.plants: EU99 is no plant"]),
        (
            {"sales_areas": [*AREAS, area("1000", "20")]},
            ["prices.areas: 1000 has 2 sales areas, and none is named"],
        ),
        (
            {"prices": {"areas": [area("1000"), area("1000", "20"), area("9999")]}},
            ["prices.areas: 1000 is there twice", "prices.areas: 9999 is not among sales_areas"],
        ),
        (
            {"orders": {"locks": ["V1 555"], "condition": "MWST", "units": {"PCE": "KAR"}}},
            [
                "orders.units: KAR is not PCE",
                "orders.units: PR lacks",
                "orders.locks: V1 555 is a hold, too",
                "orders.condition: MWST is another thing",
            ],
        ),
        (
            {"documents": {"order_types": {"TA": "return"}, "case_units": ["PCE"]}},
            ["documents.case_units: PCE is a case", "documents.order_types: TA is the type"],
        ),
        (
            {"buyer_texts": {"rejections": {**REJECTIONS, "ZS": "sold_out"}}},
            ["buyer_texts.rejections: ZS is what a buyer takes out"],
        ),
    ],
)
def test_every_fault_is_named_at_once(
    changes: dict[str, dict[str, Any] | list[Any]], faults: list[str]
) -> None:
    with pytest.raises(ValidationError) as refused:
        SourceSystem.model_validate_json(settings(**changes))
    told = str(refused.value)
    assert [one for one in faults if one not in told] == []
    assert told.count("; ") == len(faults) - 1


def test_a_meaning_and_terms_that_nobody_has_words_for_are_refused() -> None:
    texts = {"rejections": {"01": "bored"}, "payment_terms": {"NT30": {"days": "soon"}}}
    with pytest.raises(ValidationError) as refused:
        SourceSystem.model_validate_json(settings(buyer_texts=texts))
    assert {one["loc"] for one in refused.value.errors()} == {
        ("buyer_texts", "rejections", "01"),
        ("buyer_texts", "payment_terms", "NT30", "days"),
    }


def test_of_two_channels_the_conditions_of_one_count_and_are_those_of_both() -> None:
    """Prices are kept by sales organisation, so those of two channels would overwrite each other."""
    areas = [area("1000", "20"), *AREAS]
    text = settings(sales_areas=areas, prices={"areas": [area("1000")]})
    system = SourceSystem.model_validate_json(text)
    found = [
        is_ours({"VKORG": organisation, "VTWEG": channel, "SPART": "00"}, system)
        for organisation, channel in [
            ("1000", "10"),
            ("1000", "20"),
            ("3000", "10"),
            ("9999", "10"),
        ]
    ]
    assert found == [True, False, True, False]

"""What others reported of their software, tried on ours: docs/public-reports.md tells of each."""

from typing import Any

import pytest

from tests.integration.functions.carts.conftest import Person
from tests.integration.functions.carts.operations import make

LINE = '"sku":"10123-010-M","door":"200001","window":"AO"'


def _fill(anna: Person, made: Any, quantity: str) -> Any:
    body = f'{{"lines":[{{{LINE},{quantity}}}]}}'.encode()
    return anna.ask("PATCH", f"/{made['id']}/lines", body, tag=made["etag"])


# https://github.com/freedomofpress/securedrop-client/issues/1752
def test_a_field_that_is_there_twice_is_refused_by_name_and_nothing_is_taken(anna: Person) -> None:
    made = make(anna)
    answer = _fill(anna, made, '"quantity":1,"quantity":100')
    assert (answer.status_code, answer.json["code"]) == (400, "repeated_field")
    assert "quantity" in answer.json["detail"]
    assert anna.ask("GET", f"/{made['id']}").json["lines"] == []
    # In objects beside each other the same names are as usual.
    assert _fill(anna, made, '"quantity":1').status_code == 200


# https://github.com/pydantic/pydantic/issues/1130
@pytest.mark.parametrize("quantity", ["true", '"3"', "1.0", "1e2", '"1_000"'])
def test_a_quantity_of_another_type_is_no_quantity(anna: Person, quantity: str) -> None:
    answer = _fill(anna, make(anna), f'"quantity":{quantity}')
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["/lines/0/quantity"]


# https://github.com/pallets/werkzeug/issues/2834
@pytest.mark.parametrize("path", ["/v1//carts", "//v1/carts", "/v1/carts//x"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_slashes_too_many_lead_nowhere_else(anna: Person, method: str, path: str) -> None:
    answer = anna.app.test_client().open(path, method=method)
    assert answer.status_code == 404
    assert answer.json is not None
    assert answer.json["code"] == "not_found"
    assert "Location" not in answer.headers

"""The JSON Schema of each message of SAP's, for who builds or checks the sending side.

python -m infra.sap_schemas FOLDER

writes one file a family, of the normal form (shared/sap/shapes.py): segments as lists, values as text.
Other shapes are taken, too. What no schema can say (a size that is unknown, a sales area that is not
ours) is told by the reasons in quarantine.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import models_json_schema

from shared.sap.control import Control

MODELS = {
    "ARTMAS": ("articles:_Article", "articles:DeletedArticle"),
    "COND_A": ("conditions:WholeConditions",),
    "DEBMAS": ("customers:WholeDebmas", "customers:_ShipTo", "customers:DeletedCustomer"),
    "DESADV": ("deliveries:_Desadv",),
    "INVOIC": ("invoices:_Invoic",),
    "ORDRSP": ("order_responses:_Ordrsp",),
    "ZCREDIT": ("credit:WholeZcredit",),
    "ZLISTING": ("listings:_Listing",),
    "stock": ("stock_rows:StockRows",),
}
"""Family to the modules and models of what its messages may be: whole, a ship-to's, a deletion."""


def schema(family: str) -> dict[str, Any]:
    """The JSON Schema of a family's IDoc, or of a message of stock."""
    models = [_model(family, place) for place in MODELS[family]]
    places, definitions = models_json_schema([(model, "validation") for model in models])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": family,
        "anyOf": list(places.values()),
        **definitions,
    }


def _model(family: str, place: str) -> type[BaseModel]:
    module, _, name = place.partition(":")
    model: type[BaseModel] = getattr(importlib.import_module(f"shared.sap.{module}"), name)
    if family == "stock":
        return model
    # A control record has one row, whatever it is about.
    control = (list[Control], Field(min_length=1, max_length=1))
    return create_model(name.strip("_"), __base__=model, EDI_DC40=control)


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for family in MODELS:
        text = json.dumps(schema(family), indent=2, ensure_ascii=False)
        (folder / f"{family}.json").write_text(f"{text}\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

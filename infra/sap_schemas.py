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

from pydantic import BaseModel, create_model

from shared.sap.control import Control

MODELS = {
    "ARTMAS": "articles:_Article",
    "COND_A": "conditions:_Condition",
    "DEBMAS": "customers:WholeDebmas",
    "DESADV": "deliveries:_Desadv",
    "INVOIC": "invoices:_Invoic",
    "ORDRSP": "order_responses:_Ordrsp",
    "ZCREDIT": "customers:WholeZcredit",
    "ZLISTING": "listings:_Listing",
    "stock": "stock:StockRows",
}
"""Family to the module and model that it is read by."""


def schema(family: str) -> dict[str, Any]:
    """The JSON Schema of a family's IDoc, or of a message of stock."""
    module, _, name = MODELS[family].partition(":")
    model: type[BaseModel] = getattr(importlib.import_module(f"shared.sap.{module}"), name)
    if family != "stock":
        model = create_model(family, __base__=model, EDI_DC40=(list[Control], ...))
    found = model.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "title": family}


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

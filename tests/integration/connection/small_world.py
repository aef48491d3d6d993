"""The small world that both sides know: one style in all its sizes, one company with two doors."""

from emulators.sap.master import Data
from tests.factories.placing import DOOR, OTHER_DOOR
from tests.factories.style import style
from tests.integration.emulators.sap.data import STAMP, article, customer

STYLE = style()
SKUS = [sku for colourway in STYLE.colourways for sku in colourway.skus]
ON_HAND = 50


def sap_data() -> Data:
    """The same world as SAP knows it."""
    materials = [sku.article.zfill(18) for sku in SKUS]
    generic = STYLE.number.zfill(18)
    idoc = article()
    idoc["E1BPE1VARKEY"] = [{"MATERIAL": generic, "VARIANT": one} for one in materials]
    buyer = customer("0000100001", DOOR.zfill(10))
    [head] = buyer["E1KNA1M"]
    other = OTHER_DOOR.zfill(10)
    head["E1KNVVM"][0]["E1KNVPM"].append({"PARVW": "WE", "KUNN2": other, "DEFPA": ""})
    head["Z1DOOR"].append({"KUNNR": other, "NAME1": "Läufer", "AUFSD": ""})
    rows = [
        {
            "MATNR": one,
            "SATNR": generic,
            "WERKS": "EU01",
            "LABST": f"{ON_HAND}.000",
            "OMENG": "0.000",
            "CHANGED": STAMP,
            "RECEIPTS": [],
        }
        for one in materials
    ]
    return Data(articles=[idoc], customers=[buyer], stock=rows)

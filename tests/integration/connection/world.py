"""The world of all histories, as SAP knows it and as Sellin does: a style, its stock, two retailers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from google.cloud.firestore import Client

from emulators.sap.customizing import external_numbers
from emulators.sap.master import Data
from emulators.sap.system import System
from shared.cart.context import CartContext
from shared.company.model import Company, SalesArea
from shared.event.message import SapMessage
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.availability import stock as stock_of
from tests.factories.cart import context_of
from tests.factories.company import company, credit, door
from tests.factories.placing import store_context
from tests.factories.sap import kunnr, matnr, packet
from tests.factories.sap_customers import debmas, zcredit
from tests.factories.style import style
from tests.integration.emulators.sap.data import STAMP, article

STYLE = style()
SKUS = [sku for colourway in STYLE.colourways for sku in colourway.skus]
ON_HAND = 50
LIMIT = 1_000_000_000
"""Minor units; more than all histories buy."""

DOORS = {"100001": ("200001", "200002"), "100002": ("200003",)}
"""Of each company; each name of a door is that of a ship-to in SAP."""

Documents = Mapping[str, dict[str, Any]]


def system_of(settings: SourceSystem, folder: Path) -> System:
    """A SAP so customized in which nobody ordered yet."""
    return System(
        sap_data(settings),
        folder,
        settings,
        publishes=True,
        external_numbers=external_numbers(settings),
    )


def sap_data(settings: SourceSystem) -> Data:
    """Master data and stock."""
    materials = [matnr(sku.article) for sku in SKUS]
    generic = matnr(STYLE.number)
    idoc = article()
    idoc["E1BPE1VARKEY"] = [{"MATERIAL": generic, "VARIANT": one} for one in materials]
    area = settings.sales_areas[0]
    bought_in = {"VKORG": area.organisation, "VTWEG": area.channel, "SPART": area.division}
    buyers = [debmas(number, STAMP, doors, area=bought_in) for number, doors in DOORS.items()]
    for buyer in buyers:
        buyer["EDI_DC40"]["SNDPRN"] = settings.logical_system
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
    return Data(articles=[idoc], customers=buyers, stock=rows)


def contexts_of(settings: SourceSystem) -> dict[str, CartContext]:
    """What each company buys from."""
    old = {sku.article: stock_of(ON_HAND, stamp=STAMP) for sku in SKUS}
    found = {number: context_of(STYLE, buying=_company(settings, number)) for number in DOORS}
    for context in found.values():
        for availability in context.availability.values():
            availability.stock.update(old)
    return found


def _company(settings: SourceSystem, number: str) -> Company:
    area = settings.sales_areas[0]
    doors = [door(one, default=not index) for index, one in enumerate(DOORS[number])]
    return company(
        number,
        credit=credit(limit=LIMIT, stamp=STAMP),
        doors=doors,
        sales_area=SalesArea.model_validate(area.model_dump()),
        stamp=STAMP,
    )


def store_world(db: Client, contexts: Mapping[str, CartContext]) -> None:
    """Writes what both companies buy from."""
    for context in contexts.values():
        store_context(db, context)


def documents_of(db: Client) -> Documents:
    """All that Sellin stores, by path."""
    return {
        one.reference.path: one.to_dict() or {}
        for collection in db.collections()
        for one in collection.stream()
    }


def store(db: Client, documents: Documents) -> None:
    """Writes them in one commit."""
    batch = db.batch()
    for path, document in documents.items():
        batch.set(db.document(path), document)
    batch.commit()


def credit_message(system: System, number: str, exposure: int) -> SapMessage:
    """SAP's credit figures of a company as of now; `exposure` is in minor units."""
    idoc = zcredit(
        number,
        system.stamps.draw(),
        limit=f"{LIMIT / 100:.2f}",
        exposure=f"{exposure / 100:.2f}",
        KKBER=system.settings.customers.credit_areas[0],
    )
    idoc["EDI_DC40"]["SNDPRN"] = system.settings.logical_system
    key = f"credit-{idoc['EDI_DC40']['SERIAL']}"
    return SapMessage(key, "sap-customers", packet(idoc), {}, NOW.now(NOW.tzinfo))


def block(system: System, number: str, reason: str) -> None:
    """Somebody in SAP blocks a company for orders, or releases it ("")."""
    system.block_customer(kunnr(number), reason)

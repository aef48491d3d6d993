"""The world of all histories, as SAP knows it and as Sellin does: a style, its stock, two retailers."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.cloud.firestore import Client
from google.cloud.firestore_v1.types import CommitRequest

from emulators.sap.customizing import external_numbers
from emulators.sap.master import Data
from emulators.sap.system import System
from shared.cart.context import CartContext
from shared.company.model import Address, Company, SalesArea
from shared.event.message import SapMessage
from shared.price.model import StylePrices
from shared.sap.source_system import SourceSystem
from tests.factories.assortment import NOW
from tests.factories.availability import availability
from tests.factories.availability import stock as stock_of
from tests.factories.cart import context_of
from tests.factories.company import company, credit, door
from tests.factories.placing import store_context
from tests.factories.price import prices
from tests.factories.sap import kunnr, matnr, packet
from tests.factories.sap_customers import debmas, zcredit
from tests.factories.style import style
from tests.integration.emulators.sap.data import STAMP, article

STYLE = style(unit="PR")
SKUS = [sku for colourway in STYLE.colourways for sku in colourway.skus]
ON_HAND = 50
LIMIT = 1_000_000_000
"""Minor units; more than all histories buy."""

DOORS = {"100001": ("200001", "200002"), "100002": ("200003",)}
"""Of each company; each name of a door is that of a ship-to in SAP."""

Writes = Any
"""A commit of all that Sellin stores, for the database that it was read from."""


@dataclass(frozen=True)
class Buying:
    """How a company buys: where it and its doors are, of which sales area, and in what."""

    area: SalesArea
    currency: str
    plant: str
    address: Address
    vat_id: str = ""
    credit_area: str = "1000"

    @property
    def segments(self) -> dict[str, dict[str, str]]:
        """The same in SAP's customer master."""
        place = self.address
        return {
            "customer": {
                "STRAS": place.street,
                "PSTLZ": place.postal_code,
                "ORT01": place.city,
                "REGIO": place.region,
                "LAND1": place.country,
                "STCEG": self.vat_id,
            },
            "area": {
                "VKORG": self.area.organisation,
                "VTWEG": self.area.channel,
                "SPART": self.area.division,
                "WAERS": self.currency,
                "VWERK": self.plant,
            },
        }


_BERLIN = Address(street="Laufweg 1", postal_code="10115", city="Berlin", country="DE")
_AUSTIN = Address(
    street="1 Main Street", postal_code="73301", city="Austin", region="TX", country="US"
)
_TORONTO = Address(
    street="1 Front Street", postal_code="M5J 2X2", city="Toronto", region="ON", country="CA"
)


def buying(settings: SourceSystem) -> dict[str, Buying]:
    """Of each company: Europe's two are alike, of America's one is Canadian."""
    areas = [SalesArea.model_validate(area.model_dump()) for area in settings.sales_areas]
    credit_areas = settings.customers.credit_areas
    if areas[0].organisation == "1000":
        german = Buying(areas[0], "EUR", "EU01", _BERLIN, "DE136695976", credit_areas[0])
        return dict.fromkeys(DOORS, german)
    american = Buying(areas[0], "USD", "US01", _AUSTIN, credit_area=credit_areas[0])
    canadian = Buying(areas[1], "CAD", "US01", _TORONTO, credit_area=credit_areas[1])
    return dict(zip(DOORS, (american, canadian), strict=True))


def plant_of(settings: SourceSystem) -> str:
    """Where all goods leave from."""
    return next(iter(buying(settings).values())).plant


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
    unit = {"BASE_UOM": settings.orders.units[STYLE.unit], "BASE_UOM_ISO": STYLE.unit}
    idoc["E1BPE1MARART"][0] |= unit
    buyers = [
        debmas(number, STAMP, DOORS[number], **how.segments)
        for number, how in buying(settings).items()
    ]
    for buyer in buyers:
        buyer["EDI_DC40"]["SNDPRN"] = settings.logical_system
    rows = [
        {
            "MATNR": one,
            "SATNR": generic,
            "WERKS": plant_of(settings),
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
    found = {
        number: context_of(
            STYLE,
            all_prices=[_prices(how)],
            stock=[availability(STYLE, plant=how.plant)],
            buying=_company(how, number),
        )
        for number, how in buying(settings).items()
    }
    for context in found.values():
        for one in context.availability.values():
            one.stock.update(old)
    return found


def _prices(how: Buying) -> StylePrices:
    organisation = how.area.organisation
    return prices(STYLE.number, how.currency, organisation=organisation, holder=organisation)


def _company(how: Buying, number: str) -> Company:
    doors = [
        door(one, default=not index, address=how.address) for index, one in enumerate(DOORS[number])
    ]
    return company(
        number,
        credit=credit(limit=LIMIT, stamp=STAMP, currency=how.currency),
        doors=doors,
        address=how.address,
        currency=how.currency,
        plant=how.plant,
        sales_area=how.area,
        vat_id=how.vat_id,
        vat_id_valid=bool(how.vat_id),
        stamp=STAMP,
    )


def store_world(db: Client, contexts: Mapping[str, CartContext]) -> None:
    """Writes what both companies buy from."""
    for context in contexts.values():
        store_context(db, context)


def writes_of(db: Client) -> Writes:
    """The commit that makes an empty database like this one."""
    batch = db.batch()
    for collection in db.collections():
        for one in collection.stream():
            batch.set(one.reference, one.to_dict() or {})
    request = CommitRequest(database=db._database_string, writes=batch._write_pbs)
    return CommitRequest.pb(request)


def store(db: Client, writes: Writes) -> None:
    """Makes an empty database like the one of `writes`: encoded once, named anew for each."""
    request = CommitRequest.pb(CommitRequest())
    request.CopyFrom(writes)
    request.database = db._database_string
    for write in request.writes:
        write.update.name = write.update.name.replace(writes.database, request.database)
    db._firestore_api.commit(request=CommitRequest.wrap(request), metadata=db._rpc_metadata)


def credit_message(system: System, number: str, exposure: int) -> SapMessage:
    """SAP's credit figures of a company as of now; `exposure` is in minor units."""
    how = buying(system.settings)[number]
    idoc = zcredit(
        number,
        system.stamps.draw(),
        limit=f"{LIMIT / 100:.2f}",
        exposure=f"{exposure / 100:.2f}",
        currency=how.currency,
        KKBER=how.credit_area,
    )
    idoc["EDI_DC40"]["SNDPRN"] = system.settings.logical_system
    key = f"credit-{idoc['EDI_DC40']['SERIAL']}"
    return SapMessage(key, "sap-customers", packet(idoc), {}, NOW.now(NOW.tzinfo))


def block(system: System, number: str, reason: str) -> None:
    """Somebody in SAP blocks a company for orders, or releases it ("")."""
    system.block_customer(kunnr(number), reason)

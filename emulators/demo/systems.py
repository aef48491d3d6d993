"""The two source systems that the demo has data of, and what differs in it.

Keys of SAP's customizing come from the settings of terraform/source_systems; what stands here is
the demo's own: who buys through the system, in which sizes and languages, from which plant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from emulators.demo.places import MARKETS, NORTH_AMERICA, Market
from emulators.sap.customizing import read_settings
from shared.sap.price_settings import ConditionTable
from shared.sap.source_system import SourceSystem


@dataclass(frozen=True)
class DemoSystem:
    """A source system and its demo.

    `markets` and `names` are those of its companies in turn; `assortments` those of the first
    six, `further_assortments` of what is in season now and of the main brand only. `exclusives` are the keys of styles that one of the first four assortments has alone.
    `languages` (ISO 639-1) are those of the article master, `plants` where stock lies, with the
    share of a full one, the first being the one of the last-pairs story. `unpriced` are the
    currencies in which somebody forgot a price. `stamp_digits` are those of SERIAL: 20, or 14
    where SAP writes whole seconds.
    """

    name: str
    markets: tuple[Market, ...]
    names: tuple[str, ...]
    assortments: tuple[str, ...]
    further_assortments: tuple[str, str]
    exclusives: tuple[str, str, str, str]
    languages: tuple[str, ...]
    plants: Mapping[str, float]
    unpriced: tuple[str, ...]
    sizes: Literal["eu", "us"]
    stamp_digits: Literal[14, 20]

    @cached_property
    def settings(self) -> SourceSystem:
        """Its customizing."""
        return read_settings(self.name)

    @property
    def currencies(self) -> frozenset[str]:
        """That its companies buy in."""
        return frozenset(market.currency for market in self.markets)

    def condition_type(self, kind: Literal["wholesale", "rrp"]) -> str:
        """KSCHL of a price."""
        types = self.settings.prices.types
        return next(name for name, meant in types.items() if meant == kind)

    def condition_table(
        self, holder: Literal["customer", "price_list", "market"]
    ) -> ConditionTable:
        """The table of the access that has the prices of such a holder."""
        return next(one for one in self.settings.prices.tables if one.holder == holder)


# Every market once, then second companies in big countries.
_TWICE = ("DE", "FR", "IT", "ES", "GB", "US", "CA", "PL")

ECC_EU = DemoSystem(
    name="ecc_eu",
    markets=(*MARKETS.values(), *(MARKETS[country] for country in _TWICE)),
    names=(
        "Sporthaus Lindenau",
        "Biegamy Razem",
        "Futófolt Sport",
        "Ridgeline Sports",
        "Friluft Väst",
        "Foulée Sport",
        "De Sportwinkel",
        "Corri Bologna",
        "Deportes Turia",
        "Bergsport Mur",
        "Loopwinkel Leie",
        "Vitosha Sport",
        "Jadran Sport",
        "Kyma Sports",
        "Moravia Sport",
        "Løbegården",
        "Emajõe Sport",
        "Koski Urheilu",
        "Dromos Sports",
        "Corrib Sports",
        "Daugava Sports",
        "Nemuno Sportas",
        "Sport Alzette",
        "Harbour Sports",
        "Ribeira Desporto",
        "Someș Sport",
        "Hornád Šport",
        "Sava Šport",
        "Fjellsport Vest",
        "Limmat Sport",
        "Aire Valley Sports",
        "Lakeshore Sports",
        "Laufwerk Nord",
        "Stade et Ville",
        "Passo Sport",
        "Costa Deportes",
        "Northgate Running",
        "Bayside Athletics",
        "Sommet Sports",
        "Bałtyk Sport",
    ),
    assortments=("DEPREM", "PLSPRT", "HUSEL", "USTEAM", "EUCORE", "EUFOOT"),
    further_assortments=("EUNOW", "NACORE"),
    exclusives=("DE-CITY", "PL-OUTDOOR", "HU-TRAIL", "US-TEAM"),
    languages=("en", "de", "fr", "pl", "sv", "hu"),
    plants={"EU01": 1.0, "US01": 0.6},
    unpriced=("HUF", "PLN", "SEK", "GBP", "CZK", "USD"),
    sizes="eu",
    stamp_digits=20,
)

S4_NA = DemoSystem(
    name="s4_na",
    markets=NORTH_AMERICA,
    names=(
        "Ridgeline Sports",
        "Lakeshore Sports",
        "Sommet Sports",
        "Deportes Jalisco",
        "Bayside Athletics",
        "Prairie Runners",
        "Harbor Street Sports",
        "Maple Trail Outfitters",
        "Boréal Plein Air",
        "Deportes Sierra Norte",
        "Granite State Sports",
        "Chinook Running",
    ),
    assortments=("USPREM", "CASPRT", "QCSEL", "USTEAM", "NACORE", "NAFOOT"),
    further_assortments=("NANOW", "NABRAND"),
    exclusives=("US-CITY", "CA-OUTDOOR", "QC-TRAIL", "US-TEAM"),
    languages=("en", "fr", "es"),
    plants={"US01": 1.0},
    unpriced=("CAD", "USD", "MXN"),
    sizes="us",
    stamp_digits=14,
)

SYSTEMS = {system.name: system for system in (ECC_EU, S4_NA)}
"""Both, by the name of their settings."""

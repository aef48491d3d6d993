"""Retail companies with their terms and doors; DEBMAS and ZCREDIT IDocs of each."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from stdnum.ch import vat as swiss_vat
from stdnum.eu import vat as eu_vat
from stdnum.gb import vat as british_vat
from stdnum.no import mva as norwegian_vat

from emulators.demo.currencies import TARIFFS
from emulators.demo.idoc import Idoc, Outbox, curr, partner
from emulators.demo.places import MARKETS, City, Market
from emulators.demo.systems import DemoSystem

FIRST_COMPANY = 100_001

BLOCKED_DOOR, LOW_CREDIT, BLOCKED, INVALID_VAT = 5, 6, 7, 8
"""Positions of the companies that a story is told about, in both systems."""

_GROUP_LISTS = {"DE": "KE", "PL": "KP", "SE": "KS", "GB": "KG", "US": "KU", "CA": "KC"}
_GROUP_LISTS |= {"FR": "KE", "IT": "VE", "AT": "VE", "ES": "VE"}
_TERMS = ("NT30", "NT60", "NT14", "2D10")
_FIXED_DOORS = {0: 4, 1: 3, 2: 2, 3: 5}
_COUNTRY_BLOCK = "01"
_NO_ACCENT = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "ß": "ss", " ": "-"})


@dataclass(frozen=True, slots=True)
class Door:
    """A ship-to; `market` may be another country than the company's."""

    id: str
    name: str
    street: str
    city: City
    market: Market
    blocked: bool


@dataclass(frozen=True, slots=True)
class Company:
    """A sold-to; money in hundredths of its market's currency.

    `display` is how availability is shown: "E" exact, "C" cap, "L" light.
    """

    id: str
    position: int
    name: str
    domain: str
    market: Market
    vat_id: str
    blocked: bool
    price_list: str
    group: str
    terms: str
    incoterm: str
    assortment: str
    display: str
    minimum_order: int
    credit_limit: int
    exposure: int
    doors: tuple[Door, ...]


def build_companies(seed: int, count: int, system: DemoSystem) -> tuple[Company, ...]:
    """`count` companies, the four that differ most first.

    Raises ValueError for fewer than these four.
    """
    if count < len(_FIXED_DOORS):
        raise ValueError(f"at least {len(_FIXED_DOORS)} companies, not {count}")
    return tuple(_build(Random(f"{seed}/company/{n}"), n, system) for n in range(count))


def ascii_slug(name: str) -> str:
    """The name as a part of an e-mail address: lower case, no accents, hyphens for blanks."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_NO_ACCENT))
    return re.sub(r"[^a-z0-9-]", "", plain)


def _build(rng: Random, position: int, system: DemoSystem) -> Company:
    market = system.markets[position % len(system.markets)]
    turn, place = divmod(position, len(system.names))
    name = system.names[place] + (f" {turn + 1}" if turn else "")
    number = FIRST_COMPANY + position
    price_list = _GROUP_LISTS.get(market.country, "") if position < 6 or position % 2 else ""
    limit, exposure = _credit(rng, position, market.currency)
    return Company(
        id=str(number),
        position=position,
        name=f"{name} {market.legal_form}",
        domain=f"{ascii_slug(name)}.example",
        market=market,
        vat_id=_vat_id(rng, market, spoilt=position == INVALID_VAT),
        blocked=position == BLOCKED,
        price_list=price_list,
        group="02" if price_list else "01",
        terms="NT30" if position in _FIXED_DOORS else rng.choice(_TERMS),
        incoterm="DAP" if position in _FIXED_DOORS else rng.choice(("DAP", "FCA", "CPT", "EXW")),
        assortment=_assortment(position, market, system),
        display="ECEL"[position] if position in _FIXED_DOORS else rng.choice("EECCL"),
        minimum_order=_in_currency((150, 250, 0, 400)[position % 4], market.currency),
        credit_limit=limit,
        exposure=exposure,
        doors=_doors(rng, position, name, market),
    )


def _assortment(position: int, market: Market, system: DemoSystem) -> str:
    first, (now, brand) = system.assortments, system.further_assortments
    if position < len(first):
        return first[position]
    # Of the ECC, which is a European one, what is sold in North America is the main brand's.
    if market.plant != next(iter(system.plants)):
        return brand
    core, footwear = first[4:]
    return (core, brand if system.sizes == "us" else core, footwear, now)[position % 4]


def _in_currency(euros: int, currency: str) -> int:
    """About so many EUR as a round amount of the currency, in hundredths."""
    units = round(euros * TARIFFS[currency].rate)
    grain = 10 if units < 1_000 else 100 if units < 10_000 else 1_000
    return round(units / grain) * grain * 100


def _credit(rng: Random, position: int, currency: str) -> tuple[int, int]:
    """Credit limit and what of it is used up in SAP already."""
    if position == LOW_CREDIT:
        return _in_currency(1_000, currency), _in_currency(850, currency)
    limit = 100_000 if position in _FIXED_DOORS else rng.choice((40_000, 75_000, 150_000))
    used = rng.randint(5, 45)
    return _in_currency(limit, currency), _in_currency(limit * used // 100, currency)


def _doors(rng: Random, position: int, name: str, market: Market) -> tuple[Door, ...]:
    """One to six doors; of some companies the last one is abroad."""
    count = _FIXED_DOORS.get(position) or rng.randint(1, 6)
    abroad = position == 0 or (position >= len(_FIXED_DOORS) and position % 3 == 0 and count > 1)
    found = []
    for index in range(count):
        foreign = abroad and index == count - 1
        place = MARKETS[market.neighbour] if foreign else market
        round_, at = (0, 0) if foreign else divmod(index, len(place.cities))
        found.append(
            Door(
                id=str(200_000 + (position + 1) * 10 + index + 1),
                name=f"{name} {place.cities[at].name}" + (f" {round_ + 1}" if round_ else ""),
                street=place.streets[index % len(place.streets)],
                city=place.cities[at],
                market=place,
                blocked=position == BLOCKED_DOOR and 0 < index == count - 1,
            )
        )
    return tuple(found)


def _vat_id(rng: Random, market: Market, *, spoilt: bool) -> str:
    """A VAT id with correct check digits, or one digit beside it if `spoilt`."""
    if not market.vat:
        return ""
    while True:
        number = "".join(_vat_character(rng, sign) for sign in market.vat)
        if is_vat_id(number):
            break
    if not spoilt:
        return number
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _vat_character(rng: Random, sign: str) -> str:
    if sign == "#":
        return rng.choice("0123456789")
    return rng.choice("ABCDEFGHIJKLMNOPQRSTUVW") if sign == "@" else sign


def is_vat_id(number: str) -> bool:
    """Whether the check digits of an EU, Norwegian, Swiss or British VAT id are right."""
    for prefix, module in (("NO", norwegian_vat), ("CH", swiss_vat), ("GB", british_vat)):
        if number.startswith(prefix):
            return bool(module.is_valid(number))
    return bool(eu_vat.is_valid(number))


def customer_idocs(outbox: Outbox, company: Company) -> Iterator[Idoc]:
    """The DEBMAS of a sold-to with its sales area and ship-to parties.

    Their addresses are in it, or in a DEBMAS of each one's own: as the system is customized.
    """
    groups = outbox.system.settings.customers.door_groups
    rows = [
        {
            "KUNNR": partner(door.id),
            "NAME1": door.name,
            **_address(door.street, door.city, door.market),
            "AUFSD": _COUNTRY_BLOCK if door.blocked else "",
        }
        for door in company.doors
    ]
    head = {
        "MSGFN": "004",
        "KUNNR": partner(company.id),
        "NAME1": company.name,
        **_address(company.doors[0].street, company.doors[0].city, company.market),
        "SPRAS": company.market.spras,
        "SPRAS_ISO": company.market.language.upper(),
        "STCEG": company.vat_id,
        "AUFSD": _COUNTRY_BLOCK if company.blocked else "",
        "E1KNVVM": [_sales_area(company, outbox.system)],
    }
    inside = {} if groups else {"Z1DOOR": rows}
    yield outbox.idoc("DEBMAS", "DEBMAS07", E1KNA1M=[{**head, **inside}])
    for row in rows if groups else ():
        ship_to = {"MSGFN": "004", "KTOKD": groups[0], **row}
        yield outbox.idoc("DEBMAS", "DEBMAS07", E1KNA1M=[ship_to])


def _address(street: str, city: City, market: Market) -> dict[str, str]:
    return {
        "STRAS": street,
        "PSTLZ": city.postcode,
        "ORT01": city.name,
        "REGIO": city.region,
        "LAND1": market.country,
    }


def _sales_area(company: Company, system: DemoSystem) -> dict[str, Any]:
    market = company.market
    area = next(one for one in system.settings.sales_areas if one.organisation == market.sales_org)
    return {
        "VKORG": area.organisation,
        "VTWEG": area.channel,
        "SPART": area.division,
        "WAERS": market.currency,
        "PLTYP": company.price_list,
        "KDGRP": company.group,
        "KONDA": "02" if company.position % 10 == 9 else "",
        "ZTERM": company.terms,
        "INCO1": company.incoterm,
        "INCO2": company.doors[0].city.name,
        "VWERK": market.plant,
        "AUFSD": "",
        "E1KNVPM": [
            {"PARVW": "WE", "KUNN2": partner(door.id), "DEFPA": "" if index else "X"}
            for index, door in enumerate(company.doors)
        ],
        "Z1KNVV": [
            {
                "ASORT": company.assortment,
                "ATPDISP": company.display,
                "MINORD": curr(company.minimum_order, market.currency),
            }
        ],
    }


def credit_idoc(outbox: Outbox, company: Company) -> Idoc:
    """The ZCREDIT of a sold-to: limit and exposure in its currency."""
    currency = company.market.currency
    return outbox.idoc(
        "ZCREDIT",
        "ZCREDIT01",
        Z1CREDIT=[
            {
                "KUNNR": partner(company.id),
                "KKBER": company.market.sales_org,
                "KLIMK": curr(company.credit_limit, currency),
                "SKFOR": curr(company.exposure, currency),
                "WAERS": currency,
            }
        ],
    )

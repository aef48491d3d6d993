"""DEBMAS and ZCREDIT: a sold-to becomes a company's profile, its credit figures its credit."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from shared.company.model import (
    Address,
    AvailabilityDisplay,
    Credit,
    Door,
    Profile,
    SalesArea,
)
from shared.market.currencies import currency_fault
from shared.market.day import business_day
from shared.market.model import MARKETS, SALES_ORGANISATIONS, Market
from shared.money import Currency
from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import Alpha, Amount, Flag, Key, Line, language, minor_units, read_stamp
from shared.sap.idoc import DELETED, Idoc
from shared.vat.forms import is_well_formed

_SHIP_TO = "WE"
_CHANNEL = "10"
_DISPLAYS: dict[str, AvailabilityDisplay] = {"E": "exact", "C": "cap", "L": "light"}


class _Address(BaseModel):
    NAME1: Line
    STRAS: Line = ""
    PSTLZ: Line = ""
    ORT01: Line = ""
    REGIO: Line = ""
    LAND1: str = Field(pattern=r"^[A-Z]{2}$")
    AUFSD: str = ""


class _Head(BaseModel):
    MSGFN: str
    KUNNR: Alpha


class _Customer(_Head, _Address):
    SPRAS: str = ""
    SPRAS_ISO: str = ""
    STCEG: str = ""


class _Area(BaseModel):
    VKORG: str
    VTWEG: str
    SPART: str
    WAERS: Currency
    PLTYP: str = ""
    ZTERM: str
    INCO1: str
    INCO2: str = ""
    VWERK: Key
    AUFSD: str = ""
    ASORT: Key
    ATPDISP: Literal["E", "C", "L"]
    MINORD: Annotated[Amount, Field(ge=0)]


class _Partner(BaseModel):
    PARVW: str
    KUNN2: Alpha
    DEFPA: Flag = False


class _Door(_Address):
    KUNNR: Alpha


class _Heading(BaseModel):
    E1KNA1M: list[_Head] = Field(min_length=1, max_length=1)


class _Debmas(BaseModel):
    E1KNA1M: list[_Customer] = Field(min_length=1, max_length=1)
    E1KNVVM: list[_Area] = []
    E1KNVPM: list[_Partner] = []
    Z1DOOR: list[_Door] = []


class _CreditRow(BaseModel):
    KUNNR: Alpha
    KLIMK: Amount
    SKFOR: Amount
    WAERS: Currency


class _Zcredit(BaseModel):
    Z1CREDIT: list[_CreditRow] = Field(min_length=1, max_length=1)


@dataclass(frozen=True)
class CompanyPart:
    """What a message says of a company: its profile, or its credit."""

    company: str
    part: Profile | Credit


def profile(idoc: Idoc) -> CompanyPart:
    """The profile of one DEBMAS, or its tombstone when SAP deleted the customer.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    head = _Heading.model_validate(idoc.segments).E1KNA1M[0]
    if head.MSGFN == DELETED:
        return CompanyPart(head.KUNNR, _tombstone(idoc.stamp))
    raw = _Debmas.model_validate(idoc.segments)
    if faults := [*_faults(raw), *_currency_faults(raw, idoc.stamp)]:
        raise UntranslatableMessageError(faults)
    customer, area = raw.E1KNA1M[0], _areas(raw)[0]
    return CompanyPart(
        company=customer.KUNNR,
        part=Profile(
            stamp=idoc.stamp,
            name=customer.NAME1 or customer.KUNNR,
            address=_address(customer),
            language=language(customer.SPRAS, customer.SPRAS_ISO),
            currency=area.WAERS,
            sales_area=SalesArea(organisation=area.VKORG, channel=area.VTWEG, division=area.SPART),
            plant=area.VWERK,
            price_list=area.PLTYP,
            assortment=area.ASORT,
            vat_id=customer.STCEG,
            vat_id_valid=is_well_formed(customer.STCEG),
            payment_terms=area.ZTERM,
            incoterms=area.INCO1,
            incoterms_place=area.INCO2,
            order_block=bool(customer.AUFSD or area.AUFSD),
            availability_display=_DISPLAYS[area.ATPDISP],
            minimum_order=minor_units(area.MINORD, area.WAERS),
            doors={door.id: door for door in _doors(raw)},
        ),
    )


def credit(idoc: Idoc) -> CompanyPart:
    """The credit figures of one ZCREDIT.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    row = _Zcredit.model_validate(idoc.segments).Z1CREDIT[0]
    try:
        return CompanyPart(
            company=row.KUNNR,
            part=Credit(
                stamp=idoc.stamp,
                currency=row.WAERS,
                limit=minor_units(row.KLIMK, row.WAERS),
                exposure=minor_units(row.SKFOR, row.WAERS),
            ),
        )
    except ValueError as error:
        raise UntranslatableMessageError([f"Z1CREDIT: {error}"]) from error


def _tombstone(stamp: str) -> Profile:
    return Profile(
        stamp=stamp,
        deleted=True,
        name="",
        address=Address(street="", postal_code="", city="", country=""),
        language="en",
        currency="XXX",  # ISO 4217: no currency
        sales_area=SalesArea(organisation="", channel="", division=""),
        plant="",
        price_list="",
        assortment="",
        payment_terms="",
        incoterms="",
        doors={},
    )


def _areas(raw: _Debmas) -> list[_Area]:
    """The wholesale areas among all that SAP has the customer in."""
    return [
        area
        for area in raw.E1KNVVM
        if area.VTWEG == _CHANNEL and area.SPART == "00" and area.VKORG in SALES_ORGANISATIONS
    ]


def _faults(raw: _Debmas) -> list[str]:
    faults = []
    customer, areas = raw.E1KNA1M[0], _areas(raw)
    if len(areas) != 1:
        faults.append(f"E1KNVVM: {len(areas)} wholesale areas instead of one")
    for area in areas:
        try:
            minor_units(area.MINORD, area.WAERS)
        except ValueError as error:
            faults.append(f"E1KNVVM/MINORD: {error}")
    try:
        language(customer.SPRAS, customer.SPRAS_ISO)
    except ValueError as error:
        faults.append(f"E1KNA1M: {error}")
    known = {row.KUNNR for row in raw.Z1DOOR} | {customer.KUNNR}
    faults += [
        f"Z1DOOR: no row of the ship-to {row.KUNN2}"
        for row in raw.E1KNVPM
        if row.PARVW == _SHIP_TO and row.KUNN2 not in known
    ]
    return faults


def _currency_faults(raw: _Debmas, stamp: str) -> list[str]:
    faults = (
        currency_fault(area.WAERS, business_day(_seat(area), read_stamp(stamp)))
        for area in _areas(raw)
    )
    return [f"E1KNVVM/WAERS: {fault}" for fault in faults if fault]


def _seat(area: _Area) -> Market:
    """The market that the area's sales organisation is established in."""
    return MARKETS[SALES_ORGANISATIONS[area.VKORG].country]


def _doors(raw: _Debmas) -> list[Door]:
    customer = raw.E1KNA1M[0]
    # A sold-to that is its own ship-to needs no address of its own.
    places: dict[str, _Address] = {
        customer.KUNNR: customer,
        **{row.KUNNR: row for row in raw.Z1DOOR},
    }
    return [
        Door(
            id=row.KUNN2,
            name=places[row.KUNN2].NAME1 or row.KUNN2,
            address=_address(places[row.KUNN2]),
            blocked=bool(places[row.KUNN2].AUFSD),
            default=row.DEFPA,
        )
        for row in raw.E1KNVPM
        if row.PARVW == _SHIP_TO
    ]


def _address(row: _Address) -> Address:
    return Address(
        street=row.STRAS,
        postal_code=row.PSTLZ,
        city=row.ORT01,
        region=row.REGIO,
        country=row.LAND1,
    )

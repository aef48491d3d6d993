"""DEBMAS: a sold-to becomes a company's profile, a ship-to of its own the address of doors.

DEBMAS is nested as SAP nests it (E1KNA1M > E1KNVVM > E1KNVPM); what SAP has no field for is in Z1KNVV of
the sales area. Ship-tos have their addresses in Z1DOOR of the sold-to, or come as DEBMAS of their own
(`SourceSystem.customers.door_groups`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, Field, ValidationError

from shared.company.model import (
    Address,
    AvailabilityDisplay,
    BlockKind,
    Credit,
    Door,
    Profile,
    SalesArea,
)
from shared.company.ship_to import ShipTo, unknown_door
from shared.market.currencies import currency_fault
from shared.market.day import business_day
from shared.market.model import MARKETS, SALES_ORGANISATIONS
from shared.money import Currency
from shared.sap.fault import UntranslatableMessageError, reasons_of
from shared.sap.fields import Alpha, Amount, Flag, Key, Line, language, minor_units, read_stamp
from shared.sap.idoc import DELETED, Idoc
from shared.sap.source_system import SourceSystem
from shared.vat.forms import is_well_formed

_DISPLAYS: dict[str, AvailabilityDisplay] = {"E": "exact", "C": "cap", "L": "light"}


class _Address(BaseModel):
    NAME1: Line
    NAME2: Line = ""
    NAME3: Line = ""
    NAME4: Line = ""
    STRAS: Line = ""
    PSTLZ: Line = ""
    ORT01: Line = ""
    REGIO: Line = ""
    LAND1: str = Field(pattern=r"^[A-Z]{2}$")
    AUFSD: str = ""

    @property
    def name(self) -> str:
        """Of a firm whose name is longer than a field of SAP's: all of it, in the order of the fields."""
        return " ".join(filter(None, (self.NAME1, self.NAME2, self.NAME3, self.NAME4)))


class _Blocks(BaseModel):
    """What of a customer is blocked, as a whole (KNA1) or in a sales area (KNVV)."""

    LOEVM: str = ""
    CASSD: str = ""
    AUFSD: str = ""
    LIFSD: str = ""
    FAKSD: str = ""

    @property
    def kinds(self) -> list[BlockKind]:
        """The weightiest first."""
        found: dict[BlockKind, str] = {
            "deletion": self.LOEVM,
            "sales": self.CASSD,
            "order": self.AUFSD,
            "delivery": self.LIFSD,
            "billing": self.FAKSD,
        }
        return [kind for kind, value in found.items() if value.strip()]


class _Head(BaseModel):
    MSGFN: str
    KUNNR: Alpha
    KTOKD: str = ""


class _Partner(BaseModel):
    PARVW: str
    KUNN2: Alpha
    DEFPA: Flag = False


class _Own(BaseModel):
    """What SAP has no field for: the assortment, how availability is shown, the least order."""

    ASORT: Key
    ATPDISP: Literal["E", "C", "L"]
    MINORD: Annotated[Amount, Field(ge=0)]


class _Area(_Blocks):
    VKORG: str
    VTWEG: str
    SPART: str
    WAERS: Currency
    PLTYP: str = ""
    KONDA: str = ""
    KDGRP: str = ""
    ZTERM: str
    INCO1: str
    INCO2: str = ""
    VWERK: Key
    E1KNVPM: list[_Partner] = []
    Z1KNVV: list[_Own] = Field(min_length=1, max_length=1)


class _Door(_Address):
    KUNNR: Alpha


class _Customer(_Head, _Address, _Blocks):
    SPRAS: str = ""
    SPRAS_ISO: str = ""
    STCEG: str = ""
    Z1DOOR: list[_Door] = []


class _Areas(BaseModel):
    VKORG: str = ""
    VTWEG: str = ""
    SPART: str = ""
    LOEVM: str = ""


class _HeadWithAreas(_Head):
    # Those that are not ours may be as they please.
    E1KNVVM: list[dict[str, Any]] = []


class _Heading(BaseModel):
    E1KNA1M: list[_HeadWithAreas] = Field(min_length=1, max_length=1)


class _Debmas(BaseModel):
    E1KNA1M: list[_Customer] = Field(min_length=1, max_length=1)


class _WholeCustomer(_Customer):
    E1KNVVM: list[_Area] = Field(min_length=1)


class WholeDebmas(BaseModel):
    """A DEBMAS all of whose sales areas are ours, as its JSON Schema tells it."""

    E1KNA1M: list[_WholeCustomer] = Field(min_length=1, max_length=1)


class _ShipToRow(_Head, _Address, _Blocks):
    pass


class _ShipTo(BaseModel):
    E1KNA1M: list[_ShipToRow] = Field(min_length=1, max_length=1)


class _DeletedHead(_Head):
    MSGFN: Literal["003"]


class DeletedCustomer(BaseModel):
    """The deletion of a customer, as its JSON Schema tells it."""

    E1KNA1M: list[_DeletedHead] = Field(min_length=1, max_length=1)


@dataclass(frozen=True)
class CompanyPart:
    """What a message says of a company: its profile, or its credit."""

    company: str
    part: Profile | Credit


def customer(idoc: Idoc) -> CompanyPart | ShipTo:
    """What one DEBMAS says: of a sold-to its profile, or of a ship-to its address.

    Raises:
        UntranslatableMessageError, pydantic.ValidationError: with every fault.
    """
    head = _Heading.model_validate(idoc.segments).E1KNA1M[0]
    if head.KTOKD in idoc.system.customers.door_groups:
        return _ship_to(idoc, head)
    if head.MSGFN == DELETED:
        return CompanyPart(head.KUNNR, _tombstone(idoc.stamp))
    return CompanyPart(head.KUNNR, _profile(idoc, head))


def _ship_to(idoc: Idoc, head: _Head) -> ShipTo:
    if head.MSGFN == DELETED:
        nowhere = Address(street="", postal_code="", city="", country="")
        return ShipTo(
            id=head.KUNNR, stamp=idoc.stamp, name=head.KUNNR, address=nowhere, blocked=True
        )
    row = _ShipTo.model_validate(idoc.segments).E1KNA1M[0]
    return ShipTo(
        id=row.KUNNR,
        stamp=idoc.stamp,
        name=row.name or row.KUNNR,
        address=_address(row),
        blocked=bool(row.kinds),
    )


def _profile(idoc: Idoc, head: _HeadWithAreas) -> Profile:
    own_area = _own_area(head, idoc.system)
    row = _Debmas.model_validate(idoc.segments).E1KNA1M[0]
    area = _area(own_area)
    if faults := [*_faults(row, area, idoc), *_currency_faults(area, idoc.stamp)]:
        raise UntranslatableMessageError(faults)
    own = area.Z1KNVV[0]
    blocks = [kind for kind in get_args(BlockKind) if kind in {*row.kinds, *area.kinds}]
    return Profile(
        stamp=idoc.stamp,
        name=row.name or row.KUNNR,
        address=_address(row),
        language=language(row.SPRAS, row.SPRAS_ISO),
        currency=area.WAERS,
        sales_area=SalesArea(organisation=area.VKORG, channel=area.VTWEG, division=area.SPART),
        plant=area.VWERK,
        price_list=area.PLTYP,
        price_group=area.KONDA,
        customer_group=area.KDGRP,
        assortment=own.ASORT,
        vat_id=row.STCEG,
        vat_id_valid=is_well_formed(row.STCEG),
        payment_terms=area.ZTERM,
        incoterms=area.INCO1,
        incoterms_place=area.INCO2,
        order_block=bool(blocks),
        blocks=blocks,
        availability_display=_DISPLAYS[own.ATPDISP],
        minimum_order=minor_units(own.MINORD, area.WAERS, idoc.system.amounts),
        doors={door.id: door for door in _doors(row, area, idoc.system)},
    )


def _own_area(head: _HeadWithAreas, system: SourceSystem) -> tuple[int, Mapping[str, Any]]:
    """Where among the customer's sales areas the one is that it buys in here, and that.

    The first of the settings' that the customer is in; one that is marked for deletion only where it
    is in no other.

    Raises:
        UntranslatableMessageError: it is in none.
    """
    wanted = [(one.organisation, one.channel, one.division) for one in system.sales_areas]
    found = []
    for index, raw in enumerate(head.E1KNVVM):
        key = _Areas.model_validate(raw)
        area = (key.VKORG, key.VTWEG, key.SPART)
        if area in wanted:
            found.append((bool(key.LOEVM.strip()), wanted.index(area), index, raw))
    if not found:
        raise UntranslatableMessageError(["E1KNVVM: none of the sales areas that are sold in here"])
    _, _, index, raw = min(found, key=lambda one: one[:3])
    return index, raw


def _area(own: tuple[int, Mapping[str, Any]]) -> _Area:
    index, raw = own
    try:
        return _Area.model_validate(raw)
    except ValidationError as error:
        reasons = [f"E1KNVVM/{index}/{reason}" for reason in reasons_of(error)]
        raise UntranslatableMessageError(reasons) from error


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


def _faults(row: _Customer, area: _Area, idoc: Idoc) -> list[str]:
    faults = []
    try:
        minor_units(area.Z1KNVV[0].MINORD, area.WAERS, idoc.system.amounts)
    except ValueError as error:
        faults.append(f"E1KNVVM/Z1KNVV/MINORD: {error}")
    try:
        language(row.SPRAS, row.SPRAS_ISO)
    except ValueError as error:
        faults.append(f"E1KNA1M: {error}")
    if area.VKORG not in SALES_ORGANISATIONS:
        faults.append(f"E1KNVVM/VKORG: {area.VKORG} is no sales organisation of ours")
    if not idoc.system.customers.door_groups:
        known = {door.KUNNR for door in row.Z1DOOR} | {row.KUNNR}
        faults += [
            f"Z1DOOR: no row of the ship-to {partner.KUNN2}"
            for partner in _ship_tos(area, idoc.system)
            if partner.KUNN2 not in known
        ]
    return faults


def _currency_faults(area: _Area, stamp: str) -> list[str]:
    if area.VKORG not in SALES_ORGANISATIONS:
        return []
    # The market that the sales organisation is established in.
    seat = MARKETS[SALES_ORGANISATIONS[area.VKORG].country]
    fault = currency_fault(area.WAERS, business_day(seat, read_stamp(stamp)))
    return [f"E1KNVVM/WAERS: {fault}"] if fault else []


def _ship_tos(area: _Area, system: SourceSystem) -> list[_Partner]:
    return [partner for partner in area.E1KNVPM if system.partners.ship_to == partner.PARVW]


def _doors(row: _Customer, area: _Area, system: SourceSystem) -> list[Door]:
    """The customer's ship-tos; one whose own message has the address is blocked until that comes."""
    # A sold-to that is its own ship-to needs no address of its own.
    places: dict[str, _Address] = {row.KUNNR: row, **{door.KUNNR: door for door in row.Z1DOOR}}
    return [
        _door(partner, places[partner.KUNN2])
        if partner.KUNN2 in places
        else unknown_door(partner.KUNN2, default=partner.DEFPA)
        for partner in _ship_tos(area, system)
    ]


def _door(partner: _Partner, place: _Address) -> Door:
    return Door(
        id=partner.KUNN2,
        name=place.name or partner.KUNN2,
        address=_address(place),
        blocked=bool(place.AUFSD.strip()),
        default=partner.DEFPA,
    )


def _address(row: _Address) -> Address:
    return Address(
        street=row.STRAS,
        postal_code=row.PSTLZ,
        city=row.ORT01,
        region=row.REGIO,
        country=row.LAND1,
    )

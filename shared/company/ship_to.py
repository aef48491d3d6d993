"""Ship-tos whose addresses come in messages of their own: `ship_tos/{id}`.

The document has the address, once it came, and the companies that have this door, so that either may
come first.
"""

from pydantic import BaseModel, Field

from shared.company.model import Address, Door


class ShipTo(BaseModel):
    """What SAP's customer master says of a ship-to."""

    id: str
    stamp: str
    name: str
    address: Address
    blocked: bool


class ShipToDocument(BaseModel):
    """`ship_tos/{id}`."""

    place: ShipTo | None = Field(default=None, description="None before its own message came")
    companies: dict[str, bool] = Field(default={}, description="those that have it as a door")


def unknown_door(id: str, *, default: bool) -> Door:  # noqa: A002
    """A door whose address is yet to come: it can't be ordered for."""
    nowhere = Address(street="", postal_code="", city="", country="")
    return Door(id=id, name=id, address=nowhere, blocked=True, default=default)


def with_address(door: Door, place: ShipTo) -> Door:
    """The door at its address."""
    return door.model_copy(
        update={"name": place.name, "address": place.address, "blocked": place.blocked}
    )

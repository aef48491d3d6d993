"""How what a part of a message may wait for is named: a kind, and the key within it."""

from typing import Literal, get_args

Kind = Literal["article", "unit", "plant", "customer", "sold_to"]
"""`article`: a style, or a variant, that SAP has not sent. `unit`: a style whose message does not say
how many pieces a unit is. `plant`: one that the settings do not have. `customer`: a company.
`sold_to`: a company that a ship-to belongs to; its key is the ship-to's."""

KINDS: tuple[Kind, ...] = get_args(Kind)


def awaited_name(kind: Kind, key: str) -> str:
    """The name, such as "article 10123"."""
    return f"{kind} {key}"

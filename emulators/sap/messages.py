"""SAP's messages and the rows that report them (BAPIRET2, BAPIRETURN).

Seen in answers of real systems: V4 233, V1 311, V1 555. Documented: S& 101, the only one of a
COMMIT with WAIT. From general knowledge, not verified: V4 219, V1 042, V1 302, V1 322, V1 382,
VP 199. Numbers from 901 on are of this stand-in, so
that nobody should decide anything by them. All texts are of this stand-in.
"""

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Text:
    """A message: its type, class, number and text with &1 to &4."""

    type: str
    id: str
    number: str
    text: str


PROCESSED = Text("S", "V4", "233", "&3 has been processed successfully")
NOT_CHANGED = Text("E", "V4", "219", "Sales document was not changed")
SAVED = Text("S", "V1", "311", "&1 &2 has been saved")
LOCKED = Text("E", "V1", "042", "Sales document &1 is currently being processed by &2")
INCOMPLETE = Text("W", "V1", "555", "The sales document is not yet complete: Edit data")
NOT_FOUND = Text("E", "V1", "302", "SD document &1 is not in the database or has been archived")
NO_PARTNER = Text("E", "V1", "322", "Please enter sold-to party or ship-to party")
NO_SALES_AREA = Text("E", "VP", "199", "Sold-to party &1 not maintained for sales area &2 &3 &4")
NO_MATERIAL = Text(
    "E", "V1", "382", "Material &1 is not defined for sales org.&2, distr.chan.&3, language &4"
)
FIELD_MISSING = Text("E", "V1", "901", "Enter a value for &1")
BAD_DOCUMENT_TYPE = Text("E", "V1", "902", "Sales document type &1 is not defined")
BAD_UPDATE_FLAG = Text("E", "V1", "903", "Update flag &1 is not allowed when creating")
NO_EXTERNAL_NUMBER = Text("E", "V1", "904", "External number &1 is not allowed for type &2")
NO_CUSTOMER = Text("E", "V1", "905", "No customer master record exists for customer &1")
CUSTOMER_BLOCKED = Text("E", "V1", "906", "Customer &1 is blocked for order entry")
NOT_SHIP_TO = Text("E", "V1", "907", "Ship-to party &1 is not assigned to sold-to party &2")
NO_ITEMS = Text("E", "V1", "908", "The document contains no items")
BAD_ITEM_NUMBER = Text("E", "V1", "909", "Item number &1 is missing, or is there twice")
NO_PLANT = Text("E", "V1", "910", "Plant &1 is not defined for material &2")
BAD_UNIT = Text("E", "V1", "911", "Unit &1 is not defined for material &2")
NO_QUANTITY = Text("E", "V1", "912", "Enter an order quantity for item &1")
PART_OF_PIECE = Text("E", "V1", "913", "Unit &1 allows no decimal places")
NO_SUCH_ITEM = Text("E", "V1", "914", "Item &1 of &2 does not exist")
BAD_CONDITION = Text("E", "V1", "915", "Condition type &1 is not allowed for item &2")
NO_RATE = Text("E", "V1", "916", "No exchange rate from &1 to &2")
TOO_MANY_DECIMALS = Text("E", "V1", "917", "Amount &1 has too many decimal places for &2")
MATERIAL_BLOCKED = Text("E", "V1", "918", "Material &1 is blocked for sale")
CREDIT_EXCEEDED = Text("W", "V1", "919", "Credit check: credit limit of customer &1 is exceeded")
BAD_CHANGE_FLAG = Text("E", "V1", "920", "Update flag &1 is not allowed when changing")
NOT_CHANGEABLE = Text("E", "V1", "921", "Fields &1 can't be changed")
NO_REASON = Text("E", "V1", "922", "Reason for rejection &1 is not defined")
NUMBER_TAKEN = Text("E", "V1", "924", "Sales document &1 already exists")
NOT_IN_RANGE = Text("E", "V1", "925", "Number &1 is not in the external number range &2")
NO_TEXT_ID = Text("E", "V1", "926", "Text ID &1 is not defined for the texts of a sales document")
NO_TERMS = Text("E", "V1", "927", "Entry &1 does not exist in &2")
NO_STORAGE_LOCATION = Text("E", "V1", "928", "Storage location &1 does not exist in plant &2")
NO_ORDERS = Text("I", "V1", "929", "No sales orders of customer &1 match the selection")
NO_ORDERS_ERROR = replace(NO_ORDERS, type="E")
NOT_UPDATED = Text("E", "S&", "101", "The update task was terminated")
DELIVERED = Text("E", "V1", "923", "Item &1 is being delivered, or was")


def bapiret2(
    text: Text, *variables: str, parameter: str = "", row: int = 0, field: str = ""
) -> dict[str, Any]:
    """A row of a BAPIRET2 table."""
    return {
        "TYPE": text.type,
        "ID": text.id,
        "NUMBER": text.number,
        "PARAMETER": parameter,
        "ROW": row,
        "FIELD": field,
    } | _filled(text, variables)


def bapireturn(text: Text, *variables: str) -> dict[str, Any]:
    """The older BAPIRETURN, with class and number in CODE."""
    return {"TYPE": text.type, "CODE": text.id + text.number} | _filled(text, variables)


def _filled(text: Text, variables: tuple[str, ...]) -> dict[str, str]:
    filled = text.text
    for position, value in enumerate(variables, 1):
        filled = filled.replace(f"&{position}", value)
    return {"MESSAGE": filled} | {
        f"MESSAGE_V{position}": value for position, value in enumerate(variables, 1)
    }

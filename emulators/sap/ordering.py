"""Which record a message is about, as SAP's publisher names it for Pub/Sub's ordering."""

from collections.abc import Mapping
from typing import Any

# MESTYP to the segment and the field that hold the key of an IDoc's record.
KEYS = {
    "ARTMAS": ("E1BPE1MATHEAD", "MATERIAL"),
    "ZLISTING": ("Z1LISTHEAD", "ASORT"),
    "COND_A": ("E1KOMG", "MATNR"),
    "DEBMAS": ("E1KNA1M", "KUNNR"),
    "ZCREDIT": ("Z1CREDIT", "KUNNR"),
    "ORDRSP": ("E1EDK01", "BELNR"),
    "DESADV": ("E1EDL20", "VBELN"),
    "INVOIC": ("E1EDK01", "BELNR"),
}


def ordering_key(payload: Mapping[str, Any]) -> str:
    """The business key that all of a message is about; "" where it is about several.

    Only then has it a place in a row: a packet of many records would have to wait for the
    messages of each of them.
    """
    if "ROWS" in payload:
        found = {str(row["SATNR"]) for row in payload["ROWS"]}
    else:
        found = {_of_idoc(idoc) for idoc in payload["IDOCS"]}
    return found.pop() if len(found) == 1 else ""


def _of_idoc(idoc: Mapping[str, Any]) -> str:
    segment, field = KEYS[idoc["EDI_DC40"]["MESTYP"]]
    return str(idoc[segment][0][field])

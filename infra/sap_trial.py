"""A whole order of one piece tried in SAP, as `export_order` would send it, part by part.

All of it is a test run, followed by a rollback. SAP ends at the first fault of a kind, so the order
is tried bare first, with what no customizing takes away, and then with one part more each time: what
SAP says beside what it said of the bare one is that part's. So all that is missing is told at once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.sap_sample import Sample, trial_order
from shared.order.hold import HoldKind
from shared.sap.bapi_return import errors_of
from shared.sap.enquiry import SD_CHECK
from shared.sap.rfc import Connect, SapCallError
from shared.sap.sales_order import (
    RfcRow,
    create_parameters,
    lookup_parameters,
    lookup_refusal,
    pad,
)
from shared.sap.setting import SalesAreaKey
from shared.sap.source_system import SourceSystem

CREATE = "BAPI_SALESORDER_CREATEFROMDAT2"

SOLD_TO, SHIP_TO = "AG", "WE"
"""SAP's own keys of these partner functions, which customizing can't take away."""

_TERMS = {"PMNTTRMS": "payment terms", "INCOTERMS1": "incoterms"}
# "Sales document was not changed" stands after whatever was the reason.
_REPEATED = ("V4", "219")


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what is wrong with it, or why it was `unseen`."""

    what: str
    wrong: str = ""
    unseen: str = ""

    def __str__(self) -> str:
        if self.wrong:
            return f"MISSING  {self.what}: {self.wrong}"
        return f"UNSEEN   {self.what}: {self.unseen}" if self.unseen else f"ok       {self.what}"


def try_orders(connect: Connect, system: SourceSystem, sample: Sample) -> Iterator[Finding]:
    """An order of each type in each sales area, the plants with their storage locations, an empty list."""
    for area in system.sales_areas:
        for at_once in (True, False):
            yield from _try_order(connect, system, sample, area, at_once=at_once)
    yield from _try_plants(connect, system, sample)
    yield _try_empty_list(connect, system, sample)


def _try_order(
    connect: Connect, system: SourceSystem, sample: Sample, area: SalesAreaKey, *, at_once: bool
) -> Iterator[Finding]:
    whole = _whole(create_parameters(trial_order(system, sample, area, at_once=at_once), system))
    named = "at_once" if at_once else "pre_book"
    code = whole["ORDER_HEADER_IN"]["DOC_TYPE"]
    what = f"{named} order {code} in {area.organisation}/{area.channel}/{area.division}"
    bare = _bare(whole)
    answered = _ask_sap(connect, system, bare)
    if errors := [row for row in answered if row["TYPE"] != "W"]:
        yield Finding(what, _join_messages(errors))
        yield Finding(f"{what}: its parts", unseen="SAP refuses the order without them")
        return
    yield Finding(what)
    of_bare, told = {_key(row) for row in answered}, set[tuple[str, str]]()
    for part, changes in _parts(whole, bare, system, sample):
        rows = [] if changes is None else _ask_sap(connect, system, bare | changes)
        new = [row for row in rows if _key(row) not in of_bare]
        unseen = "" if changes is not None else f"name {_OPTIONS[part]}"
        yield Finding(f"{what}: {part}", _join_messages(new), unseen)
        told |= {_key(row) for row in new}
    # The bare order has no price, so it is incomplete; the whole one must not be.
    left = [row for row in _ask_sap(connect, system, whole) if _key(row) not in told]
    yield Finding(f"{what}: all of it", _join_messages(left))


_OPTIONS = {
    "payment terms": "--payment-terms, a key that a customer has (KNVV-ZTERM)",
    "incoterms": "--incoterms, a key that a customer has (KNVV-INCO1)",
    "unit PR": "--pair, an article that is sold by the pair",
}


def _parts(
    whole: Mapping[str, Any], bare: Mapping[str, Any], system: SourceSystem, sample: Sample
) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """What each part is called, and which parameters it changes; None where nothing to try is named."""
    yield from _numbers(system)
    for role, number, other in (
        (system.partners.sold_to, sample.customer, (SHIP_TO, sample.door)),
        (system.partners.ship_to, sample.door, (SOLD_TO, sample.customer)),
    ):
        yield (
            f"partner function {role}",
            {"ORDER_PARTNERS": [_partner(role, number), _partner(*other)]},
        )
    for field, name in _TERMS.items():
        key = whole["ORDER_HEADER_IN"].get(field)
        yield (f"{name} {key}", _with_header(whole, bare, field)) if key else (name, None)
    for text_id in dict.fromkeys(row["TEXT_ID"] for row in whole["ORDER_TEXT"]):
        rows = [row for row in whole["ORDER_TEXT"] if row["TEXT_ID"] == text_id]
        yield f"text {text_id}", {"ORDER_TEXT": rows}
    for row in whole["ORDER_CONDITIONS_IN"]:
        alone = {name: value for name, value in row.items() if name != "COND_UNIT"}
        yield f"condition type {row['COND_TYPE']}", {"ORDER_CONDITIONS_IN": [alone]}
    articles = {"PCE": sample.article, "PR": sample.pair}
    for unit, code in system.orders.units.items():
        article = articles[unit]
        item = {"MATERIAL": pad(article, 18), "SALES_UNIT": code}
        yield (
            (f"unit {unit} ({code})", _with_item(bare, item)) if article else (f"unit {unit}", None)
        )
    rejected = {"REASON_REJ": system.withdrawn}
    yield f"reason for rejection {system.withdrawn}", _with_item(bare, rejected)


def _numbers(system: SourceSystem) -> Iterator[tuple[str, dict[str, Any]]]:
    numbers = system.orders.number_range
    for number in (numbers.first, numbers.last) if numbers else ():
        yield f"number {number:010}", {"SALESDOCUMENTIN": f"{number:010}"}


def _whole(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The order's without what no option names: sent empty it would take the customer's own away."""
    header = parameters["ORDER_HEADER_IN"]
    empty = {name for name, value in header.items() if not value}
    return {
        **parameters,
        **{
            table: {name: value for name, value in parameters[table].items() if name not in empty}
            for table in ("ORDER_HEADER_IN", "ORDER_HEADER_INX")
        },
    }


def _bare(whole: Mapping[str, Any]) -> dict[str, Any]:
    """The order with only what SAP wants of any: no flags, so all that is filled counts."""
    header = whole["ORDER_HEADER_IN"]
    sold_to, ship_to = (row["PARTN_NUMB"] for row in whole["ORDER_PARTNERS"])
    return {
        "TESTRUN": "X",
        "LOGIC_SWITCH": whole["LOGIC_SWITCH"],
        "ORDER_HEADER_IN": {
            name: value
            for name, value in header.items()
            if name not in _TERMS and name != "INCOTERMS2"
        },
        "ORDER_PARTNERS": [
            {"PARTN_ROLE": SOLD_TO, "PARTN_NUMB": sold_to},
            {"PARTN_ROLE": SHIP_TO, "PARTN_NUMB": ship_to},
        ],
        "ORDER_ITEMS_IN": [
            {name: value for name, value in row.items() if name != "SALES_UNIT"}
            for row in whole["ORDER_ITEMS_IN"]
        ],
        "ORDER_SCHEDULES_IN": whole["ORDER_SCHEDULES_IN"],
    }


def _with_header(whole: Mapping[str, Any], bare: Mapping[str, Any], field: str) -> dict[str, Any]:
    return {"ORDER_HEADER_IN": bare["ORDER_HEADER_IN"] | {field: whole["ORDER_HEADER_IN"][field]}}


def _with_item(bare: Mapping[str, Any], fields: RfcRow) -> dict[str, Any]:
    return {"ORDER_ITEMS_IN": [row | fields for row in bare["ORDER_ITEMS_IN"]]}


def _partner(role: str, number: str) -> RfcRow:
    return {"PARTN_ROLE": role, "PARTN_NUMB": pad(number, 10)}


def _try_plants(connect: Connect, system: SourceSystem, sample: Sample) -> Iterator[Finding]:
    for plant, locations in system.stock.plants.items():
        for location in locations or ("",):
            what = f"plant {plant}" + (f", storage location {location}" if location else "")
            try:
                with connect() as call:
                    answer = call(
                        "BAPI_MATERIAL_AVAILABILITY",
                        PLANT=plant,
                        MATERIAL=pad(sample.article, 18),
                        UNIT=system.orders.units["PCE"],
                        CHECK_RULE=SD_CHECK,
                        STGE_LOC=location,
                        WMDVSX=[],
                        WMDVEX=[],
                    )
            except SapCallError as error:
                yield Finding(what, str(error))
                continue
            yield Finding(what, "; ".join(map(str, errors_of(answer))))


def _try_empty_list(connect: Connect, system: SourceSystem, sample: Sample) -> Finding:
    """An error would keep every order waiting that is looked for, though SAP has not got it."""
    what = "list of orders where there is none"
    query = lookup_parameters(trial_order(system, sample, system.sales_areas[0], at_once=True))
    try:
        with connect() as call:
            answer = call("BAPI_SALESORDER_GETLIST", **query)
    except SapCallError as error:
        return Finding(what, str(error))
    refused = lookup_refusal(answer, system.orders.nothing_found)
    hint = "if that says that there is none, name it in orders.nothing_found"
    return Finding(what, f"{refused}; {hint}" if refused else "")


def _ask_sap(connect: Connect, system: SourceSystem, parameters: Mapping[str, Any]) -> list[RfcRow]:
    """SAP's errors and warnings, but of the customer's credit, which is no setting."""
    try:
        with connect() as call:
            answer = call(CREATE, **{**parameters, "TESTRUN": "X"})
            call("BAPI_TRANSACTION_ROLLBACK")
    except SapCallError as error:
        return [{"TYPE": "A", "ID": "", "NUMBER": "", "MESSAGE": str(error)}]
    rows = [row for row in answer["RETURN"] if row["TYPE"] in ("E", "A", "W")]
    rows = [row for row in rows if system.orders.holds.get(_id(row)) is not HoldKind.CREDIT]
    reasons = [row for row in rows if (row["ID"], row["NUMBER"]) != _REPEATED]
    return reasons or rows


def _join_messages(rows: Iterable[RfcRow]) -> str:
    return "; ".join(
        f"{row['MESSAGE']} ({_id(row)})" if row["ID"] else row["MESSAGE"] for row in rows
    )


def _id(row: RfcRow) -> str:
    return f"{row['ID']} {row['NUMBER']}"


def _key(row: RfcRow) -> tuple[str, str]:
    return _id(row), str(row["MESSAGE"])

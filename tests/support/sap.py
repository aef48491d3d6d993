"""SAP as its people meet it: the stand-in's control port, and what SAP publishes."""

import base64
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.portal import send

Cloud = Mapping[str, Any]


def orders_of(cloud: Cloud, number: str) -> list[dict[str, Any]]:
    """SAP's sales orders with our order's number in PURCH_NO_C."""
    orders = send("GET", f"{cloud['sap_control']}/orders").body
    return [row for row in orders if row["PURCH_NO_C"].split("/")[0] == number]


def change_stock(cloud: Cloud, article: str, plant: str, **changed: Any) -> dict[str, Any]:
    """SAP's stock row of a variant (MATNR without zeros) after the change, which it publishes."""
    wanted = {"MATNR": article.zfill(18), "WERKS": plant, **changed}
    reply = send("POST", f"{cloud['sap_control']}/stock", wanted)
    assert reply.status == 200, reply
    row: dict[str, Any] = reply.body
    return row


def follow(cloud: Cloud, what: str, number: str, **body: Any) -> str:
    """SAP's people "ship" or "invoice" a sales order, or "cancel" such a document; its number.

    `what` is a path of the control port, as "orders/{}/ship".
    """
    path = what.format(number.zfill(10))
    reply = send("POST", f"{cloud['sap_control']}/{path}", body)
    assert reply.status == 200, reply
    return str(reply.body["number"]).lstrip("0")


def set_faults(cloud: Cloud, **plan: Any) -> None:
    """Faults of the stand-in from now on, in place of those before."""
    reply = send("PUT", f"{cloud['sap_control']}/faults", plan)
    assert reply.status == 200, reply


def faults(cloud: Cloud) -> dict[str, Any]:
    """The faults in force, with what is left of `times`."""
    plan: dict[str, Any] = send("GET", f"{cloud['sap_control']}/faults").body
    return plan


@contextmanager
def faulty(cloud: Cloud, **plan: Any) -> Iterator[None]:
    """Faults of the stand-in for a while."""
    set_faults(cloud, **plan)
    try:
        yield
    finally:
        send("DELETE", f"{cloud['sap_control']}/faults")


@contextmanager
def losing_messages(cloud: Cloud) -> Iterator[None]:
    """Nothing that SAP would tell by itself is told for a while."""
    url = f"{cloud['sap_control']}/faults/messages"
    reply = send("PUT", url, {"lose": True})
    assert reply.status == 200, reply
    try:
        yield
    finally:
        send("DELETE", url)


def wholesale_condition(cloud: Cloud, style: str, price_list: str) -> dict[str, Any]:
    """The COND_A IDoc of the demo data: the price of a style in a group's price list."""
    data = json.loads(Path(cloud["demo"], "sap.json").read_text())
    return next(
        dict(idoc)
        for idoc in data["conditions"]
        for key in idoc["E1KOMG"]
        if (key["KSCHL"], key["KOTABNR"], key["PLTYP"]) == ("PR00", "305", price_list)
        and key["MATNR"] == style.zfill(18)
    )


def publish(cloud: Cloud, topic: str, idoc: Mapping[str, Any]) -> None:
    """Publishes an IDoc as the newest of its key."""
    now = datetime.now(UTC)
    control = {
        **idoc["EDI_DC40"],
        "DOCNUM": "9" * 16,
        "CREDAT": f"{now:%Y%m%d}",
        "CRETIM": f"{now:%H%M%S}",
        "SERIAL": f"{now:%Y%m%d%H%M%S%f}",
    }
    packet = json.dumps({"IDOCS": [{**idoc, "EDI_DC40": control}]}).encode()
    host = cloud["emulators"]["PUBSUB_EMULATOR_HOST"]
    reply = send(
        "POST",
        f"http://{host}/v1/projects/{cloud['project']}/topics/{topic}:publish",
        {"messages": [{"data": base64.b64encode(packet).decode()}]},
    )
    assert reply.status == 200, reply

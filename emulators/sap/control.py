"""The control port: faults, publishing, stock and orders of the stand-in, over HTTP."""

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from emulators.sap.actions import DELIVERY_ACTIONS, INVOICE_ACTIONS, ORDER_ACTIONS
from emulators.sap.amounts import number, quantity
from emulators.sap.faults import FaultPlan, Faults, MessageFaults, MessagePlan
from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.idoc import KINDS, master_messages
from emulators.sap.order import Order
from emulators.sap.pages import pages
from emulators.sap.snapshots import SnapshotRequest, publish_snapshot
from emulators.sap.stock import receipts_from_sap
from emulators.sap.system import NotSavedError, Publish, System


class PublishRequest(BaseModel):
    """Which master data to publish in full."""

    model_config = ConfigDict(extra="forbid")

    kinds: list[str]

    @field_validator("kinds")
    @classmethod
    def _known(cls, kinds: list[str]) -> list[str]:
        if unknown := set(kinds) - set(KINDS):
            raise ValueError(f"unknown kinds: {', '.join(sorted(unknown))}")
        return kinds


class StockRequest(BaseModel):
    """New values of one stock row; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    MATNR: str
    WERKS: str
    LABST: str | None = None
    RECEIPTS: list[dict[str, str]] | None = None


class CustomerRequest(BaseModel):
    """The order block of a customer (AUFSD); without one the customer is released."""

    model_config = ConfigDict(extra="forbid")

    AUFSD: str = ""


ACTIONS = {
    "orders": ORDER_ACTIONS,
    "deliveries": DELIVERY_ACTIONS,
    "invoices": INVOICE_ACTIONS,
}


def order_row(order: Order) -> dict[str, Any]:
    """An order as GET /orders tells it, in SAP's words, with real amounts."""
    return {
        "VBELN": order.number,
        "PURCH_NO_C": order.purchase_order,
        "KUNNR": order.sold_to,
        "NAME": order.sold_to_name,
        "SHIP_TO": order.ship_to,
        "SALES_ORG": order.sales_organization,
        "DOC_DATE": f"{order.document_date:%Y%m%d}",
        "REQ_DATE_H": f"{order.requested_date:%Y%m%d}",
        "CURRENCY": order.currency,
        "NET_VALUE": str(order.net_value),
        "DOC_TYPE": order.document_type,
        "KIND": order.kind,
        "REFERENCE": order.reference,
        "CMGST": order.credit,
        "texts": order.texts,
        "LIFSK": order.delivery_block,
        "FAKSK": order.billing_block,
        "ERDAT_TS": order.created,
        "items": [
            {
                "ITM_NUMBER": item.number,
                "MATERIAL": item.material,
                "PLANT": item.plant,
                "REQ_QTY": quantity(item.quantity),
                "CONFIR_QTY": quantity(item.confirmed_quantity),
                "DLV_QTY": quantity(item.shipped),
                "NET_PRICE": str(item.net_price),
                "NET_VALUE": str(item.net_value),
                "ABGRU": item.rejection,
                "schedule_lines": [
                    {"EDATU": f"{line.date:%Y%m%d}", "WMENG": quantity(line.quantity)}
                    for line in item.confirmed
                ],
            }
            for item in order.items
        ],
    }


def control_app(system: System, publish: Publish | None, gateway: Mapping[str, Any]) -> Flask:
    """The control port's application; `gateway` is what /healthz tells about RFC."""
    app = Flask(__name__)

    @app.errorhandler(NotSavedError)
    def _not_saved(error: NotSavedError) -> tuple[Response, int]:
        return jsonify(detail=str(error)), 404

    @app.errorhandler(NotPossibleError)
    def _not_possible(error: NotPossibleError) -> tuple[Response, int]:
        return jsonify(detail=str(error)), 409

    @app.errorhandler(ValidationError)
    def _invalid(error: ValidationError) -> tuple[Response, int]:
        return jsonify(detail=str(error)), 422

    @app.get("/healthz")
    def _healthz() -> dict[str, Any]:
        return {"status": "ok", **gateway}

    _add_orders(app, system)
    _add_faults(app, system)
    _add_master_data(app, system, publish)
    app.register_blueprint(pages(system, publish))
    return app


def _body() -> Any:
    return request.get_json(force=True) if request.data else {}


def _add_orders(app: Flask, system: System) -> None:
    @app.get("/orders")
    def _orders() -> Response:
        return jsonify([order_row(order) for order in system.orders()])

    @app.get("/orders/<vbeln>")
    def _order(vbeln: str) -> dict[str, Any]:
        return order_row(system.order(vbeln.zfill(10)))

    @app.post("/<any(orders, deliveries, invoices):documents>/<vbeln>/<action>")
    def _act(documents: str, vbeln: str, action: str) -> dict[str, Any]:
        if action not in ACTIONS[documents]:
            raise NotSavedError(f"{documents} have no action {action}")
        made = ACTIONS[documents][action](system, vbeln.zfill(10), _body())
        return order_row(made) if isinstance(made, Order) else made.model_dump(mode="json")


def _add_faults(app: Flask, system: System) -> None:
    def shown(faults: Faults | MessageFaults) -> dict[str, Any]:
        return faults.plan().model_dump(by_alias=True, exclude_defaults=True)

    @app.get("/faults")
    def _show() -> dict[str, Any]:
        return shown(system.faults)

    @app.put("/faults")
    def _set() -> dict[str, Any]:
        system.faults.set(FaultPlan.model_validate(_body()))
        return shown(system.faults)

    @app.delete("/faults")
    def _clear() -> dict[str, Any]:
        system.faults.clear()
        return shown(system.faults)

    @app.get("/faults/messages")
    def _show_messages() -> dict[str, Any]:
        return shown(system.message_faults)

    @app.put("/faults/messages")
    def _set_messages() -> dict[str, Any]:
        system.message_faults.set(MessagePlan.model_validate(_body()))
        return shown(system.message_faults)

    @app.delete("/faults/messages")
    def _clear_messages() -> dict[str, Any]:
        system.message_faults.clear()
        return shown(system.message_faults)

    @app.post("/commits/finish")
    def _finish() -> dict[str, int]:
        return {"saved": system.finish_held()}


def _add_master_data(app: Flask, system: System, publish: Publish | None) -> None:
    @app.post("/publish")
    def _publish() -> tuple[dict[str, Any], int]:
        body = PublishRequest.model_validate(_body())
        if publish is None:
            return {"detail": "started without --project, so there is nowhere to publish"}, 409
        sent = dict.fromkeys(body.kinds, 0)
        for kind in sent:
            stock = system.stock()
            for topic, payload in master_messages(
                system.data, stock, kind, system.draw_document_number, system.settings
            ):
                publish(topic, payload)
                sent[kind] += 1
        return {"messages": sent}, 200

    @app.post("/snapshots")
    def _snapshot() -> dict[str, Any]:
        wanted = SnapshotRequest.model_validate(_body())
        return publish_snapshot(system, publish, wanted).model_dump()

    @app.post("/customers/<kunnr>/block")
    def _block(kunnr: str) -> dict[str, Any]:
        body = CustomerRequest.model_validate(_body())
        customer = system.block_customer(kunnr.zfill(10), body.AUFSD)
        return {"KUNNR": kunnr.zfill(10), "blocked": customer.blocked}

    @app.post("/stock")
    def _stock() -> dict[str, Any]:
        body = StockRequest.model_validate(_body())
        row = system.change_stock(
            body.MATNR,
            body.WERKS,
            None if body.LABST is None else number(body.LABST),
            None if body.RECEIPTS is None else receipts_from_sap(body.RECEIPTS),
        )
        return row.to_sap()

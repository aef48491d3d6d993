"""The pages of the control port: playing SAP by hand, with plain forms.

An action answers with a redirect to the page that it was asked for on, which tells what came of
it; so the back button and a reload never do a thing twice.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from pydantic import ValidationError
from werkzeug import Response

from emulators.sap.actions import (
    DELIVERY_ACTIONS,
    INVOICE_ACTIONS,
    ORDER_ACTIONS,
    Action,
    from_form,
)
from emulators.sap.amounts import number
from emulators.sap.faults import FaultPlan, MessagePlan
from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.order import Order
from emulators.sap.snapshots import RECORDS, SnapshotRequest, publish_snapshot
from emulators.sap.system import NotSavedError, Publish, System

SHOWN = 100
"""Rows of a list, which is searched for the others."""

T = TypeVar("T")


def pages(system: System, publish: Publish | None) -> Blueprint:
    """All of them."""
    found = Blueprint("pages", __name__)
    found.add_app_template_filter(lambda value: f"{value:f}".removesuffix(".000"), "pieces")

    @found.context_processor
    def _everywhere() -> dict[str, Any]:
        plans = (system.faults.plan(), system.message_faults.plan())
        return {
            "system": system.settings.logical_system,
            "told": request.args.get("told", ""),
            "faulty": any(_in_force(plan) for plan in plans),
        }

    _add_orders(found, system)
    _add_documents(found, system)
    _add_master_data(found, system)
    _add_snapshots(found, system, publish)
    _add_faults(found, system)
    return found


def _add_orders(app: Blueprint, system: System) -> None:
    @app.get("/")
    def _list() -> str:
        wanted = request.args.get("q", "")
        found = _found(
            list(reversed(system.orders())),
            wanted,
            lambda order: (
                order.number,
                order.purchase_order,
                order.sold_to,
                order.sold_to_name,
                *(item.material for item in order.items),
            ),
        )
        return render_template("orders.html", orders=found[:SHOWN], count=len(found), wanted=wanted)

    @app.get("/page/orders/<vbeln>")
    def _order(vbeln: str) -> str | tuple[str, int]:
        try:
            order = system.order(vbeln)
        except NotSavedError as error:
            return str(error), 404
        return render_template(
            "order.html",
            order=order,
            deliveries=[one for one in system.deliveries() if _is_about(one.items, order)],
            billings=[one for one in system.billings() if _is_about(one.items, order)],
            followers=[one for one in system.orders() if one.reference == vbeln],
        )

    @app.post("/page/orders/<vbeln>/<action>")
    def _act(vbeln: str, action: str) -> Response:
        page = url_for("._order", vbeln=vbeln)
        return _do(system, ORDER_ACTIONS[action], vbeln, page)


def _is_about(items: Sequence[Any], order: Order) -> bool:
    return any(item.order == order.number for item in items)


def _add_documents(app: Blueprint, system: System) -> None:
    @app.get("/page/documents")
    def _documents() -> str:
        return render_template(
            "documents.html",
            deliveries=list(reversed(system.deliveries()))[:SHOWN],
            billings=list(reversed(system.billings()))[:SHOWN],
            waiting=[topic for _, topic, _ in system.waiting_messages()],
        )

    @app.post("/page/deliveries/<vbeln>/<action>")
    def _delivery(vbeln: str, action: str) -> Response:
        return _do(system, DELIVERY_ACTIONS[action], vbeln, request.form["page"])

    @app.post("/page/invoices/<vbeln>/<action>")
    def _invoice(vbeln: str, action: str) -> Response:
        return _do(system, INVOICE_ACTIONS[action], vbeln, request.form["page"])


def _do(system: System, action: Action, key: str, page: str) -> Response:
    body = from_form({name: text for name, text in request.form.items() if name != "page"})
    # A block that was emptied is to be taken off.
    body |= {name: "" for name in ("LIFSK", "FAKSK") if request.form.get(name) == ""}

    def told() -> str:
        made = action(system, key, body)
        return f"Saved: {made.number}"

    return _tried(told, page)


def _tried(action: Callable[[], str], page: str) -> Response:
    try:
        told = action()
    except ValidationError as error:
        told = "; ".join(
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()
        )
    except (NotPossibleError, NotSavedError) as error:
        told = f"SAP says no: {error}"
    except ArithmeticError:
        told = "That is no number"
    # Only a page of this port: the form says which.
    return redirect(f"/{page.lstrip('/')}?{_query(told)}", 303)


def _query(told: str) -> str:
    return url_for("._list", told=told).partition("?")[2]


def _add_master_data(app: Blueprint, system: System) -> None:
    @app.get("/page/stock")
    def _stock() -> str:
        wanted = request.args.get("q", "")
        rows = _found(system.stock(), wanted, lambda row: (row.material, row.generic, row.plant))
        return render_template("stock.html", rows=rows[:SHOWN], count=len(rows), wanted=wanted)

    @app.post("/page/stock")
    def _change() -> Response:
        form = request.form

        def told() -> str:
            unrestricted = number(form["LABST"])
            row = system.change_stock(form["MATNR"], form["WERKS"], unrestricted, None)
            return f"{row.material} in {row.plant}: {row.unrestricted:f}"

        return _tried(told, url_for("._stock"))

    @app.get("/page/customers")
    def _customers() -> str:
        wanted = request.args.get("q", "")
        customers = _found(
            list(system.master.customers.items()), wanted, lambda one: (one[0], one[1].name)
        )
        return render_template(
            "customers.html", customers=customers[:SHOWN], count=len(customers), wanted=wanted
        )

    @app.post("/page/customers/<kunnr>/block")
    def _block_customer(kunnr: str) -> Response:
        def told() -> str:
            customer = system.block_customer(kunnr, request.form["AUFSD"])
            return f"{kunnr} is {'blocked' if customer.blocked else 'released'}"

        return _tried(told, url_for("._customers"))


def _add_snapshots(app: Blueprint, system: System, publish: Publish | None) -> None:
    @app.get("/page/snapshots")
    def _snapshots() -> str:
        return render_template("snapshots.html", families=list(RECORDS))

    @app.post("/page/snapshots")
    def _publish_snapshot() -> Response:
        def told() -> str:
            wanted = SnapshotRequest.model_validate(from_form(request.form))
            made = publish_snapshot(system, publish, wanted)
            return f"Published as of {made.as_of}: {made.records} records in {made.parts} parts"

        return _tried(told, url_for("._snapshots"))


def _add_faults(app: Blueprint, system: System) -> None:
    @app.get("/page/faults")
    def _faults() -> str:
        return render_template(
            "faults.html",
            calls=_in_force(system.faults.plan()),
            messages=_in_force(system.message_faults.plan()),
        )

    @app.post("/page/faults/<any(calls, messages):what>")
    def _set_faults(what: str) -> Response:
        fields = from_form(request.form)

        def told() -> str:
            if what == "calls":
                system.faults.set(FaultPlan.model_validate(fields))
            else:
                system.message_faults.set(MessagePlan.model_validate(fields))
            return "In force from now on" if fields else "Nothing goes wrong any more"

        return _tried(told, url_for("._faults"))

    @app.post("/page/commits/finish")
    def _finish_commits() -> Response:
        return _tried(lambda: f"Saved: {system.finish_held()}", url_for("._faults"))


def _in_force(plan: FaultPlan | MessagePlan) -> dict[str, Any]:
    return plan.model_dump(by_alias=True, exclude_defaults=True)


def _found(rows: Sequence[T], wanted: str, words: Callable[[T], Sequence[str]]) -> list[T]:
    """The rows of which a word holds what is wanted."""
    sought = wanted.strip().casefold()
    return [row for row in rows if any(sought in word.casefold() for word in words(row))]

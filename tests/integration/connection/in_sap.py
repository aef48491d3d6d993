"""What people in SAP do in a history, and what befalls SAP itself."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from emulators.sap import people, shipping
from emulators.sap.faults import FaultPlan
from emulators.sap.fulfilment import NotPossibleError
from emulators.sap.order import Kind
from emulators.sap.order import Order as SalesOrder
from emulators.sap.stock import Line
from emulators.sap.system import NotSavedError, System
from shared.style.model import Sku
from tests.factories.sap import matnr
from tests.integration.connection.agreement import AtRest
from tests.integration.connection.history import History, picks, pieces
from tests.integration.connection.world import DOORS, SKUS, block, plant_of

MODULES = [
    "BAPI_SALESORDER_CREATEFROMDAT2",
    "BAPI_SALESORDER_CHANGE",
    "BAPI_SALESORDER_GETLIST",
    "BAPI_TRANSACTION_COMMIT",
]
"""What the user may lack the authorization for."""


class HistoryInSap(History):
    """A history with both sides."""

    @rule(
        plan=st.sampled_from(
            [
                {},
                {"down": True},
                {"lock": True, "times": 1},
                {"hold_commit": True, "times": 1},
                *({name: True, "times": 1} for name in ("incomplete", "credit_block")),
                *({"reject_material": sku.article} for sku in SKUS[:2]),
                *({"unauthorized": name, "times": 1} for name in MODULES),
                {"logon": "refused"},
                *(
                    {"break": f"{when}_{what}", "times": 1}
                    for when in ("before", "after")
                    for what in ("create", "change", "commit")
                ),
            ]
        )
    )
    def fail(self, plan: dict[str, Any]) -> None:
        """SAP has a fault, or none any more."""
        self.both.sap.faults.set(FaultPlan.model_validate(plan))
        if "logon" in plan:
            self.refuses_logon = True
            # Else the connection goes on that is kept.
            self.gateway.break_all()

    @precondition(lambda self: self.refuses_logon)
    @rule()
    def call_again(self) -> None:
        """Somebody at the desk says that SAP takes the log-on, which may not be so yet."""
        self.allowances += 1
        self.both.call_again()

    @rule(company=st.sampled_from(list(DOORS)), reason=st.sampled_from(["", "01"]))
    def block_company(self, company: str, reason: str) -> None:
        """Somebody in SAP blocks a company for orders, or releases it."""
        block(self.both.sap, company, reason)
        (self.blocked.add if reason else self.blocked.discard)(company)

    @rule(company=st.sampled_from(list(DOORS)))
    def tell_credit(self, company: str) -> None:
        """SAP tells what a company owes with all that is open there."""
        self.tell_credit_of(company, AtRest.of(self.both))

    @rule()
    def finish(self) -> None:
        """Update tasks end that took long."""
        self.both.sap.finish_held()

    @rule(sku=st.sampled_from(range(len(SKUS))), count=st.integers(0, 60))
    def stock(self, sku: int, count: int) -> None:
        """Stock is counted anew."""
        material = matnr(SKUS[sku].article)
        self.both.sap.change_stock(material, plant_of(self.settings), Decimal(count), None)

    @rule(pick=picks, item=picks, count=pieces)
    def requantify(self, pick: int, item: int, count: int) -> None:
        """Somebody in SAP changes a quantity."""
        self._in_sap(
            pick,
            item,
            lambda sap, order, number: people.change_quantity(sap, order, number, Decimal(count)),
        )

    @rule(pick=picks, item=picks, cents=st.integers(1, 9999))
    def reprice(self, pick: int, item: int, cents: int) -> None:
        """Somebody in SAP changes a price."""
        price = Decimal(cents) / 100
        self._in_sap(
            pick, item, lambda sap, order, number: people.change_price(sap, order, number, price)
        )

    @rule(pick=picks, sku=st.sampled_from(SKUS), count=pieces)
    def add(self, pick: int, sku: Sku, count: int) -> None:
        """Somebody in SAP adds an item."""
        material = matnr(sku.article)
        self._in_sap(
            pick,
            0,
            lambda sap, order, _: people.add_item(
                sap, order, material, Decimal(count), Decimal(25)
            ),
        )

    @rule(pick=picks, item=picks, sku=st.sampled_from(SKUS))
    def substitute(self, pick: int, item: int, sku: Sku) -> None:
        """Somebody in SAP puts another article in the place of one."""
        material = matnr(sku.article)
        self._in_sap(
            pick, item, lambda sap, order, number: people.substitute(sap, order, number, material)
        )

    @rule(pick=picks, item=picks, whole=st.booleans())
    def reject(self, pick: int, item: int, whole: bool) -> None:
        """Somebody in SAP rejects an item, or the order."""
        self._in_sap(
            pick,
            item,
            lambda sap, order, number: people.reject(sap, order, "01", [number] * (not whole)),
        )

    @rule(pick=picks, item=picks, counts=st.lists(st.integers(0, 6), max_size=3))
    def confirm(self, pick: int, item: int, counts: list[int]) -> None:
        """Somebody in SAP confirms an item by hand, in parts."""
        lines = [
            Line(date=date(2026, 12, 1) + timedelta(days=day), quantity=Decimal(count))
            for day, count in enumerate(counts)
        ]
        self._in_sap(
            pick, item, lambda sap, order, number: people.confirm_lines(sap, order, number, lines)
        )

    @rule(pick=picks, status=st.sampled_from(["B", "D"]))
    def hold(self, pick: int, status: people.Credit) -> None:
        """Somebody in SAP blocks an order for its customer's credit, or releases it."""
        self._in_sap(pick, 0, lambda sap, order, _: people.set_credit(sap, order, status))

    @rule(pick=picks, delivery=st.sampled_from(["", "01"]), billing=st.sampled_from(["", "02"]))
    def block(self, pick: int, delivery: str, billing: str) -> None:
        """Somebody in SAP sets or takes off the blocks of an order."""
        self._in_sap(
            pick, 0, lambda sap, order, _: people.set_blocks(sap, order, delivery, billing)
        )

    @rule(pick=picks, item=picks, count=st.integers(0, 6), leaves=st.booleans())
    def deliver(self, pick: int, item: int, count: int, leaves: bool) -> None:
        """A part, or all that is confirmed, is delivered, and leaves now or later."""

        def make(sap: System, order: str, number: str) -> None:
            wanted = {number: Decimal(count)} if count else {}
            (shipping.ship if leaves else shipping.deliver)(sap, order, wanted, "DHL Freight", "")

        self._in_sap(pick, item, make, followers=True)

    @rule(pick=picks, what=st.sampled_from(["post", "reverse", "cancel"]))
    def move(self, pick: int, what: str) -> None:
        """A goods issue is posted or reversed, a delivery deleted."""
        sap = self.both.sap
        found = sap.deliveries()
        does = {
            "post": shipping.post_goods_issue,
            "reverse": shipping.reverse_goods_issue,
            "cancel": shipping.cancel_delivery,
        }
        if found:
            with suppress(NotPossibleError):
                does[what](sap, found[pick % len(found)].number)

    @rule(pick=picks)
    def bill(self, pick: int) -> None:
        """What has left is invoiced, what came back credited."""
        found = [one for one in self.both.sap.orders() if self._is_billable(one)]
        if found:
            with suppress(NotPossibleError):
                shipping.bill(self.both.sap, found[pick % len(found)].number)

    @staticmethod
    def _is_billable(order: SalesOrder) -> bool:
        return order.kind == "credit_memo" or any(item.shipped for item in order.items)

    @rule(pick=picks)
    def cancel_bill(self, pick: int) -> None:
        """A billing document is taken back."""
        if found := self.both.sap.billings():
            with suppress(NotPossibleError):
                shipping.cancel_billing(self.both.sap, found[pick % len(found)].number)

    @rule(
        pick=picks,
        item=picks,
        kind=st.sampled_from(["return", "free_delivery", "order", "credit_memo"]),
    )
    def follow(self, pick: int, item: int, kind: Kind) -> None:
        """Somebody in SAP makes another sales document of an order."""
        one = Decimal(1)
        self._in_sap(
            pick, item, lambda sap, order, number: people.follow(sap, order, kind, {number: one})
        )

    def _in_sap(
        self,
        pick: int,
        item: int,
        action: Callable[[System, str, str], object],
        *,
        followers: bool = False,
    ) -> None:
        """Does something to an item of a sales order, if there is any and SAP lets people do it."""
        found = [one for one in self.both.sap.orders() if followers or not one.reference]
        if found:
            order = found[pick % len(found)]
            number = order.items[item % len(order.items)].number
            with suppress(NotPossibleError, NotSavedError):
                action(self.both.sap, order.number, number)

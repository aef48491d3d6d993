"""Sellin in a region that a source system feeds, as tests of messages see it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from google.cloud.firestore import Client

from shared.event.outcome import MessageOutcome
from shared.event.quarantine import list_open
from shared.event.verdict import Verdict
from shared.order.model import Order
from shared.sap.source_system import SourceSystem
from tests.factories.company import company, store_company
from tests.factories.order import NUMBER, order, order_line, store_order
from tests.factories.sap import Idoc, packet, stamp
from tests.factories.sap_customers import debmas
from tests.factories.sap_documents import ordrsp
from tests.factories.style import store_style, style
from tests.integration.messages.delivery import deliver
from tests.integration.messages.family import of

TOPICS = {
    "ARTMAS": "sap-products", "COND_A": "sap-prices", "DEBMAS": "sap-customers",
    "ZCREDIT": "sap-customers", "ORDRSP": "sap-orders", "DESADV": "sap-orders",
    "INVOIC": "sap-orders",
}  # fmt: skip

APPLIED, UNCHANGED, IGNORED = [Verdict.APPLIED], [Verdict.UNCHANGED], [Verdict.IGNORED]
QUARANTINED = [Verdict.QUARANTINED]


class Sellin:
    """Sellin in a region that one of the source systems feeds."""

    def __init__(self, db: Client, system: SourceSystem) -> None:
        self.db, self.system, self._messages = db, system, 0

    def takes(self, *idocs: Idoc) -> list[Verdict]:
        """What becomes of each IDoc of a packet."""
        topic = TOPICS[idocs[0]["EDI_DC40"]["MESTYP"]]
        return self.takes_data(topic, packet(*(of(self.system, idoc) for idoc in idocs)))

    def takes_data(
        self, topic: str, data: bytes, attributes: Mapping[str, str] | None = None
    ) -> list[Verdict]:
        """What becomes of each part of a message."""
        self._messages += 1
        outcome = deliver(self.db, self.system, topic, data, str(self._messages), attributes)
        assert isinstance(outcome, MessageOutcome)
        return outcome.verdicts

    def takes_stock(self, *rows: dict[str, Any]) -> list[Verdict]:
        """What becomes of each style in a plant."""
        return self.takes_data("sap-inventory", json.dumps({"ROWS": rows}).encode())

    @property
    def reasons(self) -> str:
        """Why something is in quarantine."""
        return "\n".join(reason for one in list_open(self.db) for reason in one.reasons)

    def stored(self, path: str) -> dict[str, Any]:
        """A document; {} where there is none."""
        return self.db.document(path).get().to_dict() or {}

    @property
    def style(self) -> dict[str, Any]:
        return self.stored("styles/10123")

    @property
    def skus(self) -> list[dict[str, Any]]:
        return [sku for colourway in self.style["colourways"] for sku in colourway["skus"]]

    @property
    def prices(self) -> list[dict[str, Any]]:
        """The records of all keys of the style."""
        keys = self.stored("prices/10123~EUR").get("keys", {})
        return [record for found in keys.values() for record in found["records"]]

    @property
    def order(self) -> Order:
        return Order.model_validate(self.stored(f"orders/{NUMBER}"))

    def on_hand(self, article: str = "10123001") -> int:
        return int(self.stored("availability/10123~EU01")["stock"][article]["on_hand"])

    def knows_the_article(self) -> None:
        """A style whose case has twelve pieces."""
        store_style(self.db, style(units={self.system.articles.case: 12}, multiple=12))

    def has_an_order(self) -> None:
        """Of 12 small and 5 medium, at 25.00 a piece, that SAP has confirmed."""
        self.knows_the_article()
        store_company(self.db, company())
        medium = order_line("10123-010-M", "10123002", 5, position=20)
        store_order(self.db, order(lines=[order_line(quantity=12), medium]))
        assert self.takes(self.response(1)) == APPLIED

    def response(self, second: int, lines: Iterable[Any] | None = None, **more: Any) -> Idoc:
        """SAP's word of the order; items as of `ordrsp`."""
        ours = {"order_type": self.system.order_types.at_once, "ordered": {10: 12, 20: 5}}
        items = lines or [(10, "10123001", 12, ""), (20, "10123002", 5, "")]
        return ordrsp(serial=stamp(second), lines=items, **{**ours, **more})

    def customer(self, second: int = 1, **fields: Mapping[str, str]) -> Idoc:
        """A sold-to of the first sales area; `fields` are of that (`area`) or of the `customer`."""
        first = self.system.sales_areas[0]
        area = {"VKORG": first.organisation, "VTWEG": first.channel, "SPART": first.division}
        return debmas(
            serial=stamp(second),
            customer=fields.get("customer"),
            area={**area, **fields.get("area", {})},
        )

"""What a company's admins, the brand's people, messages that wait and nights leave in the database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from google.cloud.firestore import Client

from functions.reconcile import runs, snapshots
from functions.reconcile.runs import Connections
from functions.reconcile.shared_gtins import update_shared_gtins
from functions.reconcile.silence import tell_silent
from functions.sync_customers import handler as sync_customers
from functions.sync_prices import handler as sync_prices
from functions.sync_products import handler as sync_products
from shared.audit import Doer
from shared.catalogue.snapshot_writer import update_snapshot
from shared.event.boundary import Receiver, take
from shared.event.message import SapMessage
from shared.identity.caller import Role
from shared.person.granting import grant
from shared.person.model import Person
from shared.reconciliation.model import Choice, Family, Scope
from shared.reconciliation.repository import decide, start
from shared.sap import circuit
from shared.sap.expected import Expected
from shared.sap.failure import Failure
from shared.sap.rfc import connector
from tests.factories.assortment import NOW, at_once
from tests.factories.sap import ECC, PUBLISHED_AT, S4, packet, stamp
from tests.factories.sap_articles import artmas
from tests.factories.sap_customers import debmas
from tests.factories.sap_prices import cond_a, discount
from tests.stored.flows import SMALL, World
from tests.support.services import brand_person, person, send
from tests.support.small_world import APPROVAL, store_approval, store_rules
from tests.support.snapshots import sources

COMPANY = "100001"
LATER = "20261122141800400000"
"""A stamp after those of the first messages, and not after the messages come."""


def fill(made: World) -> None:
    """Every kind of document that `tests.stored.flows` does not fill."""
    _people(made)
    store_rules(made.db, COMPANY)
    store_approval(made.db, COMPANY, APPROVAL, [])
    _approvals(made)
    _terms(made.db)
    _assortment(made)
    _messages(made.db)
    _snapshot(made)
    _reconciliation(made)
    expected = Expected(within_hours={"stock": 4}, opens=0, closes=24)
    for hours in (0, 48):
        system = ECC.model_copy(update={"expected": expected})
        tell_silent(made.db, system, NOW + timedelta(hours=hours))
    circuit.report(made.db, ECC.logical_system, Failure.UNREACHABLE, NOW, "no route to SAP")


def _people(made: World) -> None:
    """Ada's company, which Zoe joins, and Max does not yet."""
    ada = Person(uid="ada", email="ada@example.com", name="Ada")
    grant(made.db, ada, {COMPANY: Role.ADMIN}, "The brand", NOW, lambda _: None)

    def ask(who: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        caller = {"Authorization": person({}, uid=who), "X-Company": COMPANY}
        if who == "zoe":
            del caller["X-Company"]
        reply = send(made.apps["accounts"], method, f"/v1/accounts{path}", caller | named, body)
        assert reply.status < 300, reply
        return reply.body

    invited = {}
    for name in ("zoe", "max"):
        body = {"email": f"{name}@example.com", "name": name.title(), "role": "buyer"}
        key = f"invite-{name}"
        answer = ask("ada", "POST", "/company/invitations", body, Idempotency_Key=key)
        invited[name] = answer["id"]
    ask("zoe", "POST", f"/me/invitations/{invited['zoe']}/accept")


def _approvals(made: World) -> None:
    """A deputy of Ada, and a change that waits since it took its order over a limit."""
    ines = Person(uid="ines", email="ines@example.com", name="Ines")
    grant(made.db, ines, {COMPANY: Role.APPROVER}, "The brand", NOW, lambda _: None)
    number = made.order("grown")

    def ask(path: str, body: Any, **headers: str) -> None:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        caller = {"Authorization": person({}, uid="ada"), "X-Company": COMPANY} | named
        reply = send(made.apps["orders"], "PUT", f"/v1/orders{path}", caller, body)
        assert reply.status < 300, reply

    days = {"since": NOW.date().isoformat(), "until": (NOW + timedelta(days=9)).date().isoformat()}
    ask("/approval-deputy", {"deputy": {"email": ines.email, **days}})
    over = {"id": "r1", "name": "Over 300", "kind": "order_amount", "limit": 30_000, "levels": [{}]}
    ask("/approval-policy", {"rules": [over], "hold_days": 3}, If_Match='"1"')
    body = {"version": 1, "lines": [{"sku": SMALL, "quantity": 40}]}
    made.ask("POST", f"/orders/{number}/change", body, Idempotency_Key="change-grown")
    order = made.db.collection("orders").document(number).get().to_dict() or {}
    made.names[order["proposal"]["approval"]] = "grown"


def _terms(db: Client) -> None:
    """What SAP changes of styles, prices, companies and assortments, so that what was so is kept."""
    packed = artmas("10200", LATER, sizes=("S", "M", "L"))
    sync_products.apply(db, ECC, _message("84", "sap-products", packet(packed)))
    dearer = cond_a(serial=LATER, amount="26.00")
    sync_prices.apply(db, ECC, _message("85", "sap-prices", packet(dearer)))
    moved = debmas("100002", LATER, area={"KONDA": "02"})
    sync_customers.apply(db, ECC, _message("86", "sap-customers", packet(moved)))


def _assortment(made: World) -> None:
    """One that the desk keeps, has planned to change, and gave to a company."""
    app = made.apps["assortments"]

    def ask(method: str, path: str, body: Any, **headers: str) -> Any:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        caller = {"Authorization": brand_person("brand_admin")}
        reply = send(app, method, f"/v1/assortments{path}", caller | named, body)
        assert reply.status < 300, reply
        return reply.body

    window = at_once().model_dump(mode="json")
    draft = {"name": "Trail", "rules": [{"brand": ["NORD"]}], "windows": [window]}
    kept = ask("POST", "", {**draft, "id": "TRAIL", "reason": "A shop for runners"})
    later = (NOW + timedelta(days=30)).isoformat()
    planned = {**draft, "rules": [{"tier": ["A"]}], "reason": "Less", "holds_from": later}
    ask("PUT", "/TRAIL", planned, If_Match=kept["etag"])
    given = {"assortment": "TRAIL", "reason": "Opens in May"}
    ask("PUT", f"/assignments/companies/{COMPANY}", given)


def _messages(db: Client) -> None:
    """Prices of a style that has not come, an address before its company, a GTIN of two articles."""
    prices = Receiver(db, lambda _: None, "sap-prices", ECC, sync_prices.apply)
    group = discount("K020", "020", "100.00-", SPART="00", KONDA="02")
    take(prices, _message("81", "sap-prices", packet(cond_a("10999"), group)))
    address = debmas("200900", stamp(2), (), customer={"KTOKD": "0002"})
    address["EDI_DC40"]["SNDPRN"] = S4.logical_system
    sync_customers.apply(db, S4, _message("82", "sap-customers", packet(address)))
    same = artmas("10400")
    for article, other in zip(same["E1BPE1MARMRT"], artmas()["E1BPE1MARMRT"], strict=True):
        article["EAN_UPC"] = other["EAN_UPC"]
    sync_products.apply(db, ECC, _message("83", "sap-products", packet(same)))
    update_snapshot(db)
    update_shared_gtins(db, NOW)


def _snapshot(made: World) -> None:
    """A full snapshot of customers that lacks most of ours."""
    source = sources()[Family.CUSTOMERS]
    source.apply(made.db, ECC, source.part({COMPANY: (1, 1)}, 1200))
    later = datetime.now(UTC) + timedelta(minutes=20)
    snapshots.work(made.db, lambda topic, message: None, ECC, later)
    asking = Doer("Maria", NOW, "Agreed by phone", "maria")
    decide(made.db, "customers.100004", Choice.SETTLE, asking)


def _reconciliation(made: World) -> None:
    """Orders compared with SAP's, which has others."""
    start(made.db, ECC.logical_system, Scope(days=60), Doer("Maria", NOW, "Inventory", "maria"))
    to = Connections(made.db, connector(made.sap.destination), lambda topic, message: None, ECC)
    runs.work(to, NOW + timedelta(hours=1))


def _message(id_: str, topic: str, data: bytes) -> SapMessage:
    return SapMessage(id_, topic, data, {"sender": "ECPCLNT100"}, PUBLISHED_AT)

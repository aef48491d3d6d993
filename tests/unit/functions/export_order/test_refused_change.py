"""What is left of an order whose change SAP does not take."""

from functions.export_order.change import ChangeClaim, apply_outcome
from functions.export_order.claim import Next, begin_attempt
from functions.export_order.settlement import AttemptOutcome
from functions.export_order.time_limits import lease_of
from functions.sync_order_status.merge import merge
from shared.order.changing import to_sap
from shared.order.status import Status
from shared.order.versions import add_version
from tests.factories.assortment import NOW
from tests.factories.order import ANNA
from tests.unit.functions.sync_order_status.test_documents import ALL, after, delivered, responded


def test_goods_that_left_while_it_was_under_way_are_the_whole_order_again() -> None:
    asked = add_version(after(responded(101)), [8, 3], NOW, ANNA, via_sap=True)
    change = to_sap(asked.version, NOW, ANNA)
    handover = begin_attempt(change.handover, NOW, lease_of(asked))
    change = change.model_copy(update={"handover": handover})
    order = merge(asked.model_copy(update={"change": change}), delivered(110, ALL))
    assert order.status is Status.PARTLY_SHIPPED

    claim = ChangeClaim(order, Next.CREATE, NOW, change.number)
    order = apply_outcome(order, claim, AttemptOutcome("refused", detail="Item 10 left"), NOW)

    assert [line.quantity for line in order.lines] == [5, 3]
    assert order.status is Status.SHIPPED
    assert order.history[-1].status is Status.SHIPPED

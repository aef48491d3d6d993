"""The availability check of a sales document's items, and what they hold of the stock."""

from decimal import Decimal

from emulators.sap.amounts import rounded
from emulators.sap.order import Item, Order
from emulators.sap.stock import Line, StockRow, Touched, confirm


def stock_of(item: Item, touched: Touched) -> StockRow:
    """The row that an item draws on, to be changed."""
    return touched.row(item.material, item.plant, item.generic)


def release(order: Order, item: Item, touched: Touched) -> None:
    """Takes what is open of an item out of what is on order."""
    if order.draws_on_stock and not item.rejection:
        stock_of(item, touched).on_order -= item.open_quantity


def check(order: Order, item: Item, touched: Touched) -> None:
    """Confirms an item that holds nothing yet (`release`), and puts it on order.

    What has left stays confirmed; of the others' dates no account is taken.
    """
    if not order.draws_on_stock:
        item.confirmed = list(item.requested)
        return
    row = stock_of(item, touched)
    item.confirmed = []
    shipped = item.shipped
    for line in item.requested:
        gone = min(shipped, line.quantity)
        shipped -= gone
        if gone:
            item.confirmed.append(line.model_copy(update={"quantity": gone}))
        if gone < line.quantity:
            rest = Line(date=line.date, quantity=line.quantity - gone)
            item.confirmed += confirm(row, rest)
            row.on_order += rest.quantity


def reject(order: Order, item: Item, reason: str, touched: Touched) -> None:
    """Rejects an item, which holds nothing any more."""
    release(order, item, touched)
    item.rejection = reason
    item.confirmed = []


def requantify(
    order: Order,
    item: Item,
    quantity: Decimal,
    touched: Touched,
    surcharge: Decimal = Decimal(1),
) -> None:
    """Gives an item another quantity, for its first date, and checks availability again."""
    release(order, item, touched)
    first = item.requested[0]
    item.requested = [first.model_copy(update={"quantity": quantity})]
    value = item.quantity * item.net_price / item.price_unit * surcharge
    item.net_value = rounded(value, order.currency)
    check(order, item, touched)

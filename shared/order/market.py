"""The market that an order was sold in: its days and its law are the order's."""

from shared.market.day import selling_market
from shared.market.model import Market
from shared.order.model import Order


def market_of_order(order: Order) -> Market:
    """The market that sold the order, wherever the company is now.

    Of an order from before it was kept, that of its sales organisation's country.
    """
    return selling_market(order.market, order.sales_area)

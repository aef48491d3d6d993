"""Whose prices and discounts a company gets."""

from shared.company.model import Company
from shared.price.model import DiscountKey, PriceKey, Source


def concerns(key: PriceKey | DiscountKey, company: Company) -> bool:
    """Whether the key is the company's own, its price list's, price group's or market's."""
    profile = company.profile
    holders = {
        Source.CUSTOMER: company.id,
        Source.PRICE_LIST: profile.price_list,
        Source.PRICE_GROUP: profile.price_group,
        Source.MARKET: profile.sales_area.organisation,
    }
    return (
        key.organisation == profile.sales_area.organisation
        and bool(key.holder)
        and key.holder == holders[key.source]
    )

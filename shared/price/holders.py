"""Whose prices and discounts a company gets."""

from shared.company.model import Company, Profile
from shared.price.model import DiscountKey, PriceKey, Source


def concerns(key: PriceKey | DiscountKey, company: Company) -> bool:
    """Whether the key is the company's own, its price list's, group's or market's."""
    profile = company.profile
    holders = {
        Source.CUSTOMER: (company.id,),
        Source.PRICE_LIST: (profile.price_list,),
        Source.PRICE_GROUP: groups_of(profile),
        Source.MARKET: (profile.sales_area.organisation,),
    }
    return (
        key.organisation == profile.sales_area.organisation
        and bool(key.holder)
        and key.holder in holders[key.source]
    )


def groups_of(profile: Profile) -> tuple[str, ...]:
    """The groups of customers that a company is in, as keys name them."""
    return profile.price_group, customer_group(profile.customer_group)


def customer_group(group: str) -> str:
    """The holder that a customer group (SAP KDGRP) is, to be told from a price group (KONDA)."""
    return f"KDGRP~{group}" if group else ""

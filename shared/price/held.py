"""The names by which condition keys are found in SAP's full snapshots. Pure."""

from shared.price.model import DiscountKey, PriceKey, VariantPriceKey


def key_of(name: str, article: str, currency: str = "") -> str:
    """A condition key: `name` is that of SAP's table and holder, `article` as SAP has it.

    `article` is "" of a discount on all that a customer buys; discounts hold in all currencies.
    """
    return f"{name}~{article}~{currency}"


def stored_key(name: str, key: PriceKey | DiscountKey, style: str, currency: str) -> str:
    """The same of a key as it is stored, under `name`, in a document of `style` and `currency`."""
    variant = key.article if isinstance(key, VariantPriceKey | DiscountKey) else ""
    base = name.removesuffix(f"~{variant}") if variant else name
    return key_of(base, variant or style, "" if isinstance(key, DiscountKey) else currency)

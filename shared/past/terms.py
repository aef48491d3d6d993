"""What of each document is kept of before: that which says who could see what, and at which price. Pure."""

from shared.store import Document

_OF_STYLES = (
    "number",
    "deleted",
    "brand",
    "division",
    "category",
    "gender",
    "tier",
    "exclusive",
    "pricing_groups",
    "multiple",
    "minimum",
    "launched",
)
_OF_COMPANIES = ("assigned_assortment", "discounts", "material_group_discounts")
_OF_PROFILES = (
    "deleted",
    "currency",
    "sales_area",
    "price_list",
    "price_group",
    "customer_group",
    "assortment",
    "minimum_order",
)
_OF_ASSORTMENTS = ("deleted", "name", "rules", "included", "excluded", "windows")
_OF_PRICES = ("keys", "variants", "discounts")


def style_terms(document: Document) -> Document:
    """A style's attributes, minimum and pack, and its colourways without their texts."""
    return {
        **_some(document, _OF_STYLES),
        "colourways": [
            {
                **_some(colourway, ("code", "seasons")),
                "skus": [
                    _some(sku, ("id", "size", "article", "blocked_in")) for sku in colourway["skus"]
                ],
            }
            for colourway in document.get("colourways", [])
        ],
    }


def company_terms(document: Document) -> Document:
    """Which assortment, prices and discounts a company has, and its minimum; of nobody's name."""
    profile = _some(document.get("profile", {}), _OF_PROFILES)
    return {**_some(document, _OF_COMPANIES), "profile": profile}


def assortment_terms(document: Document) -> Document:
    """Rules, colourways in and out, and delivery windows, of whoever keeps it."""
    return _some(document, _OF_ASSORTMENTS)


def price_terms(document: Document) -> Document:
    """All condition keys."""
    return _some(document, _OF_PRICES)


def _some(document: Document, names: tuple[str, ...]) -> Document:
    return {name: document[name] for name in names if name in document}

"""Facets as the reader sees them: labelled, ordered, counted."""

import re
from collections.abc import Callable
from typing import Any

from babel import Locale

from functions.catalog.index.labels import label
from functions.catalog.index.listing import Dimension
from functions.catalog.index.selection import Counts
from functions.catalog.memory import View
from functions.catalog.schema import Facets, FacetValue, PriceFacet
from shared.money import Money
from shared.style.model import Texts
from shared.text.sorting import sort_key

_LETTERS = ("3XS", "2XS", "XXS", "XS", "S", "M", "L", "XL", "2XL", "XXL", "3XL", "XXXL", "4XL")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def facets_of(
    view: View, counts: Counts, locale: Locale, texts_of: Callable[[Dimension, str], Texts]
) -> Facets:
    """Values in the order that people look for them: sizes as worn, seasons as sold.

    `texts_of` tells what SAP calls a value.
    """
    windows = view.listing.assortment.windows
    orders: dict[Dimension, Callable[[FacetValue], Any]] = {
        "season": lambda value: (value.value[2:], value.value[:2] == "FW"),
        "delivery": lambda value: (windows[value.value].ship_from, value.value),
        "size": lambda value: size_order(value.value),
    }

    def values(name: Dimension) -> list[FacetValue]:
        found = [
            FacetValue(
                value=value, label=label(name, value, locale, texts_of(name, value)), count=count
            )
            for value, count in counts.values[name].items()
        ]
        return sorted(
            found, key=orders.get(name, lambda value: sort_key(value.label, locale.language))
        )

    price = None
    if counts.prices:
        least, greatest = (Money(amount=p, currency=view.currency) for p in counts.prices)
        price = PriceFacet(from_=least, to=greatest)
    return Facets(
        season=values("season"),
        delivery=values("delivery"),
        category=values("category"),
        gender=values("gender"),
        colour=values("colour"),
        size=values("size"),
        price=price,
        at_once=counts.at_once,
        pre_book=counts.pre_book,
    )


def size_order(size: str) -> tuple[int, tuple[float, ...], str]:
    """Letter sizes as worn, then numbers (36.5, 30x32, 75B) by their figures, then words."""
    if size in _LETTERS:
        return 0, (_LETTERS.index(size),), size
    if numbers := _NUMBER.findall(size):
        return 1, tuple(float(number) for number in numbers), size
    return 2, (), size

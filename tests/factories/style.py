"""Styles: `style()` is whole and valid; say only what the test is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from google.cloud.firestore import SERVER_TIMESTAMP, Client, transactional

from shared.catalogue.announcement import announce
from shared.store import to_document
from shared.style.model import Colourway, Sku, Style
from shared.style.repository import reference

STAMP = "20261101080000000000"
SIZES = ("S", "M", "L")
NAMES = {"en": "Tech Tee 2.0", "de": "Technik-Shirt 2.0", "fr": "T-shirt technique 2.0"}


def gtin(article: str) -> str:
    """The GTIN-13 of a variant, with its check digit (GS1 General Specifications, 7.9)."""
    digits = "4006" + "".join(filter(str.isdigit, article)).zfill(8)[-8:]
    weighted = sum(int(digit) * (3 if i % 2 else 1) for i, digit in enumerate(digits))
    return digits + str(-weighted % 10)


def colourway(
    number: str = "10123",
    code: str = "010",
    sizes: Sequence[str] = SIZES,
    first: int = 1,
    **overrides: Any,
) -> Colourway:
    """A colourway of style `number`; its SKUs are variants `first`, `first` + 1, …"""
    articles = [f"{number}{first + i:03}" for i in range(len(sizes))]
    fields: dict[str, Any] = {
        "code": code,
        "names": {"en": f"Colour {code}"},
        "family": "BLACK",
        "hex": "1A1A1A",
        "picture": f"{number}-{code}.webp",
        "seasons": ["FW26", "SS27"],
        "skus": [
            Sku(id=f"{number}-{code}-{size}", size=size, article=article, gtin=gtin(article))
            for size, article in zip(sizes, articles, strict=True)
        ],
    }
    return Colourway(**fields | overrides)


def style(
    number: str = "10123",
    colours: Sequence[str] = ("010", "400"),
    sizes: Sequence[str] = SIZES,
    **overrides: Any,
) -> Style:
    """A style with one colourway for each of `colours`, each in `sizes`."""
    fields: dict[str, Any] = {
        "number": number,
        "stamp": STAMP,
        "names": NAMES,
        "descriptions": {"en": "Light and quick-drying."},
        "brand": "NORD",
        "division": "APPAREL",
        "category": "TOPS",
        "gender": "men",
        "tier": "A",
        "unit": "PCE",
        "launched": date(2026, 7, 1),
        "rank": 1,
        "colourways": [
            colourway(number, code, sizes, first=1 + i * len(sizes))
            for i, code in enumerate(colours)
        ],
    }
    return Style(**fields | overrides)


def store_style(db: Client, *styles: Style) -> None:
    """Writes `styles/…` in one commit, as a sync would, and tells the instances."""

    def body(transaction: Any) -> None:
        for one in styles:
            document = {**to_document(one), "updated_at": SERVER_TIMESTAMP}
            transaction.set(reference(db, one.number), document)
        announce(db, "styles")

    transactional(body)(db.transaction())

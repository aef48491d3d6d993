"""A catalogue of 100,000 SKUs in 15,000 styles, with texts in many languages.

It is stored as `reconcile` leaves it, as a snapshot, which is four hundred documents
instead of ninety thousand; a style that a benchmark changes is stored as a document, too.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from google.cloud.firestore import Client

from shared.catalogue import packed_prices, packed_styles
from shared.catalogue.packed_prices import change_block, pack_keys
from shared.catalogue.packed_styles import pack
from shared.catalogue.snapshot import Head, bucket_of, chunk_reference, head_reference
from shared.price.model import PriceKey, Source, StylePrices
from shared.style.model import Style
from tests.factories.assortment import assortment, at_once, pre_book, store_assortment
from tests.factories.catalogue import let_announcements_pass
from tests.factories.company import company, sales_area, store_company
from tests.factories.price import key, record
from tests.factories.style import colourway, style

STYLES, SKUS = 15_000, 100_000
LANGUAGES = ("en", "de", "fr", "hu", "pl", "sv")
CURRENCIES = ("EUR", "SEK", "HUF", "PLN", "GBP")
CATEGORIES = ("SHOES", "TEE", "JACKET", "SHORTS", "CAP", "BAG", "SOCKS", "TROUSERS")
GENDERS = ("men", "women", "unisex", "kids")
FAMILIES = ("BLACK", "WHITE", "RED", "BLUE", "GREEN", "GREY", "YELLOW", "ORANGE")
RUNS = (("S", "M", "L", "XL"), ("36", "37", "38", "39", "40"), ("OS",), ("XS", "S", "M"))
SEASONS = (["FW26"], ["FW26", "SS27"], ["SS27"])
ASSORTMENTS = 8
BUCKETS = 64
_WORDS = 3_000
_SYLLABLES = ("ba", "ren", "to", "mi", "sul", "ka", "dor", "vel", "nu", "ger", "pi", "lan")


def styles(languages: Iterable[str] = LANGUAGES, count: int = STYLES) -> list[Style]:
    """Styles with names of three words and descriptions of fifteen in each language."""
    chance = random.Random(1)
    vocabulary = {
        language: [
            "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_WORDS)
        ]
        for language in languages
    }

    def texts(words: int) -> dict[str, str]:
        return {
            language: " ".join(chance.choices(own, k=words)) for language, own in vocabulary.items()
        }

    return [_style(chance, number, texts) for number in range(count)]


def _style(chance: random.Random, number: int, texts) -> Style:  # type: ignore[no-untyped-def]
    id_ = str(100_000 + number)
    # Two colourways of 3.33 sizes in the mean.
    sizes = RUNS[number % len(RUNS)]
    colours = [
        colourway(
            id_,
            f"{10 * place:03}",
            sizes,
            first=1 + 10 * place,
            family=chance.choice(FAMILIES),
            names=texts(1),
            seasons=chance.choice(SEASONS),
        )
        for place in range(2 + (number % 20 == 0))
    ]
    return style(
        id_,
        colourways=colours,
        names=texts(3),
        descriptions=texts(15),
        category=chance.choice(CATEGORIES),
        gender=chance.choice(GENDERS),
        division=f"D{number % ASSORTMENTS}",
        launched=date(2026, 1, 1) + timedelta(days=number % 300),
        rank=number,
    )


def price_keys(number: int) -> dict[str, PriceKey]:
    """Prices of two markets and two price lists, with tiers, and an RRP."""
    amount = 1_000 + number * 7 % 9_000
    keys = [
        *(key(record(amount, [(10, amount * 9 // 10)]), holder=o, organisation=o) for o in ORGS),
        *(key(record(2 * amount), kind="rrp", holder=o, organisation=o) for o in ORGS),
        *(key(record(amount - 50), source=Source.PRICE_LIST, holder=name) for name in ("W1", "W2")),
    ]
    return {str(place): one for place, one in enumerate(keys)}


def _prices(one: Style) -> StylePrices:
    return StylePrices(style=one.number, currency=CURRENCIES[0], keys=price_keys(one.rank))


ORGS = ("1000", "3000")


def store_large_catalogue(db: Client, given: list[Style]) -> None:
    """The snapshot of these styles and their prices in all currencies."""
    until = datetime.now(UTC)
    by_bucket: dict[int, list[Style]] = defaultdict(list)
    for one in given:
        by_bucket[bucket_of(one.number, BUCKETS)].append(one)
    for bucket, some in by_bucket.items():
        chunk = packed_styles.write_chunk(map(pack, some))
        chunk_reference(db, "styles", BUCKETS, bucket).set(chunk)
        changed = {one.number: pack_keys(_prices(one)) for one in some}
        block = packed_prices.write_chunk(change_block({}, changed))
        for currency in CURRENCIES:
            chunk_reference(db, f"prices~{currency}", BUCKETS, bucket).set(block)
    buckets = sorted(by_bucket)
    names = {"styles": ["styles"], "prices": [f"prices~{currency}" for currency in CURRENCIES]}
    for kind, chunks in names.items():
        head = Head(buckets=BUCKETS, until=until, chunks=dict.fromkeys(chunks, buckets))
        head_reference(db, kind).set(head.model_dump())


def store_companies(db: Client, today: date) -> list[str]:
    """A company of each assortment in each currency; the ids of all."""
    last = today + timedelta(days=60)
    windows = [
        at_once(ship_from=today, ship_to=last, opens=today, cut_off=last),
        pre_book(ship_from=today, ship_to=last, opens=today, cut_off=last),
    ]
    companies = []
    for place in range(ASSORTMENTS):
        # The first sees all, the others all but one division.
        rule = {"brand": ["NORD"]}
        if place:
            rule = {"division": [f"D{one}" for one in range(ASSORTMENTS) if one != place]}
        store_assortment(db, assortment(f"A{place}", windows=windows, rules=[rule]))
        companies += [
            company(
                str(100_001 + place * len(CURRENCIES) + index),
                assortment=f"A{place}",
                currency=currency,
                price_list=("W1", "W2", "")[place % 3],
                sales_area=sales_area(ORGS[index % 2]),
            )
            for index, currency in enumerate(CURRENCIES)
        ]
    store_company(db, *companies)
    let_announcements_pass(db)
    return [one.id for one in companies]

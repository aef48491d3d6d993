"""The whole demo data set, in memory and as files."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from emulators.demo.accounts import build_accounts
from emulators.demo.articles import article_idoc
from emulators.demo.assortments import Assortment, build_assortments, listing_idoc
from emulators.demo.catalogue import Style, build_styles
from emulators.demo.companies import Company, build_companies, credit_idoc, customer_idocs
from emulators.demo.discounts import discount_idocs
from emulators.demo.idoc import Idoc, Outbox
from emulators.demo.pictures import style_pictures
from emulators.demo.prices import condition_idocs
from emulators.demo.stock import stock_rows
from emulators.demo.systems import ECC_EU, DemoSystem


@dataclass(frozen=True, slots=True)
class DemoData:
    """What SAP would publish, the accounts, and the range that both were made from."""

    articles: list[Idoc]
    listings: list[Idoc]
    conditions: list[Idoc]
    customers: list[Idoc]
    credits: list[Idoc]
    stock: list[dict[str, Any]]
    accounts: list[dict[str, Any]]
    styles: tuple[Style, ...]
    companies: tuple[Company, ...]
    assortments: tuple[Assortment, ...]

    def pictures(self) -> Iterator[tuple[str, str]]:
        """File name and SVG text of every colourway, drawn as they are asked for."""
        for style in self.styles:
            yield from style_pictures(style).items()


def generate(
    seed: int, styles: int, companies: int, today: date, system: DemoSystem = ECC_EU
) -> DemoData:
    """The demo data of a day: the same arguments always give the same data.

    The first four companies are German, Polish, Hungarian and American, of `S4_NA` American,
    Canadian (English and French) and Mexican. Raises ValueError for fewer than four companies, or for more styles
    than there are style numbers.
    """
    outbox = Outbox(today, system)
    range_ = build_styles(seed, styles, today, system)
    buyers = build_companies(seed, companies, system)
    assortments = build_assortments(range_, today, system)
    return DemoData(
        articles=[article_idoc(outbox, style) for style in range_],
        listings=[listing_idoc(outbox, assortment) for assortment in assortments],
        conditions=[
            *condition_idocs(outbox, seed, range_, buyers, today),
            *discount_idocs(outbox, range_, buyers, today),
        ],
        customers=[idoc for company in buyers for idoc in customer_idocs(outbox, company)],
        credits=[credit_idoc(outbox, company) for company in buyers],
        stock=list(stock_rows(seed, range_, today, system)),
        accounts=build_accounts(buyers, system),
        styles=range_,
        companies=buyers,
        assortments=assortments,
    )


SECTIONS = ("articles", "listings", "conditions", "customers", "credits", "stock")
"""The keys of sap.json, in the order in which they are best published."""


def write(data: DemoData, folder: Path) -> None:
    """Writes sap.json, accounts.json and media/*.svg; an older media folder's files stay."""
    media = folder / "media"
    media.mkdir(parents=True, exist_ok=True)
    with (folder / "sap.json").open("w", encoding="utf-8") as file:
        file.writelines(_sap_json(data))
    accounts = json.dumps(data.accounts, ensure_ascii=False, indent=2)
    (folder / "accounts.json").write_text(accounts + "\n", encoding="utf-8")
    for name, picture in data.pictures():
        (media / name).write_text(picture, encoding="utf-8")


def _sap_json(data: DemoData) -> Iterator[str]:
    """The file's text, one record a line, so that it is never in memory whole."""
    for index, section in enumerate(SECTIONS):
        yield f'{"," if index else "{"}"{section}":[\n'
        yield from _records(getattr(data, section))
        yield "]"
    yield "}\n"


def _records(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    for index, record in enumerate(records):
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        yield f",\n{text}" if index else text

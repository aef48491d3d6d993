"""Discounts and surcharges of a system's demo, one COND_A IDoc a key."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from emulators.demo.articles import base_unit
from emulators.demo.catalogue import BULKY, FOOTWEAR, Style
from emulators.demo.companies import Company
from emulators.demo.currencies import SALES_ORGS
from emulators.demo.idoc import Idoc, Outbox, curr, dats, material, partner
from emulators.demo.prices import FOREVER

_EUROPEAN = "1000"
_FIRST_RECORD = 500_000_000
"""KNUMH of the first, beyond those of prices."""

_VALUES = ((500_00, 5), (1500_00, 8))
"""A promotion's scale: percent from so many hundredths of EUR of the style on."""

Position = dict[str, Any]


def discount_idocs(
    outbox: Outbox, styles: tuple[Style, ...], companies: tuple[Company, ...], today: date
) -> Iterator[Idoc]:
    """What the system's customizing has of discounts: of customers, of groups of them, and of
    articles; bulky ones have a surcharge."""
    writer = _Writer(outbox, today)
    if outbox.system.name == "ecc_eu":
        ours = [company for company in companies if company.market.sales_org == _EUROPEAN]
        yield from _european(writer, styles, ours)
    else:
        yield from _american(writer, styles, companies)


def _european(
    writer: "_Writer", styles: tuple[Style, ...], companies: list[Company]
) -> Iterator[Idoc]:
    """Every fifth company has 3 % on all that it buys, every tenth 2 % on footwear, a price group
    1.5 %; the first one 2.00 on some styles, and on some styles everybody a percentage by value."""
    if not companies:
        return
    key = {"VKORG": _EUROPEAN}
    for company in companies:
        customer = partner(company.id)
        if company.position % 5 == 1:
            yield writer.idoc("K007", "007", writer.percent(-30), **key, SPART="00", KUNNR=customer)
        if company.position % 10 == 8:
            yield writer.idoc(
                "K030", "030", writer.percent(-20), **key, KUNNR=customer, KONDM=FOOTWEAR
            )
    yield writer.idoc("K020", "020", writer.percent(-15), **key, SPART="00", KONDA="02")
    yield writer.idoc("ZZUS", "029", writer.percent(20), **key, KONDM=BULKY)
    for style in styles:
        number = material(style.number)
        if style.position % 20 == 7:
            for company in companies[:1]:
                less = writer.amount(-2_00, company.market.currency, base_unit(style)[0])
                of = {**key, "KUNNR": partner(company.id), "MATNR": number}
                yield writer.idoc("K005", "005", less, **of)
        if style.position % 15 == 9:
            yield writer.idoc("KA00", "004", _by_value(writer), **key, MATNR=number)


def _american(
    writer: "_Writer", styles: tuple[Style, ...], companies: tuple[Company, ...]
) -> Iterator[Idoc]:
    """Of what was left by the one before: every third company has 3 % on all that it buys, and 1.50 off
    on some styles; key accounts 2 %; on some styles everybody 5 %. Balls cost a dollar more."""
    organisations = {SALES_ORGS[one.market.currency]: one.market.currency for one in companies}
    for company in companies:
        of = {"VKORG": SALES_ORGS[company.market.currency], "KUNNR": partner(company.id)}
        if company.position % 3 == 0:
            yield writer.idoc("YK07", "007", writer.percent(-30), **of, SPART="10")
            for style in styles:
                if style.position % 20 == 7:
                    # KBETR of this type has no minus.
                    less = writer.amount(1_50, company.market.currency, base_unit(style)[0])
                    yield writer.idoc("YK04", "005", less, **of, MATNR=material(style.number))
    for organisation in organisations:
        key = {"VKORG": organisation}
        yield writer.idoc("YK20", "902", writer.percent(-20), **key, KDGRP="02")
        for style in styles:
            if style.position % 15 == 9:
                of_style = {**key, "MATNR": material(style.number)}
                yield writer.idoc("YK05", "004", writer.percent(-50), **of_style)
    for currency in sorted({one.market.currency for one in companies}):
        more = writer.amount(1_00, currency, "ST")
        of = {"VKORG": SALES_ORGS[currency], "KONDM": BULKY, "WAERK": currency}
        yield writer.idoc("YZUS", "903", more, **of)


_WIDTHS = {"SPART": 2, "KONDM": 2, "WAERK": 5}
"""Of the fields that are not always full within VAKEY."""


class _Writer:
    """Writes condition records of a system; numbers them (KNUMH) as it goes."""

    def __init__(self, outbox: Outbox, today: date) -> None:
        self._outbox = outbox
        self._prices = outbox.system.settings.prices
        self._is_shifted = outbox.system.settings.amounts == "shifted"
        self._since = dats(date(today.year - 1, today.month, 1))
        self._count = 0

    def idoc(self, kind: str, number: str, position: Position, **key: str) -> Idoc:
        """The COND_A of a key of a condition table, with one record."""
        self._count += 1
        table = next(one for one in self._prices.discount_tables if one.number == number)
        told = {"VKORG": "", "VTWEG": "10", "SPART": "", "KUNNR": "", "MATNR": "", **key}
        komg = {
            "KVEWE": "A",
            "KAPPL": self._prices.application,
            "KSCHL": kind,
            "KOTABNR": number,
            **told,
            "VAKEY": "".join(told[name].ljust(_WIDTHS.get(name, 0)) for name in table.key),
        }
        row = {"KOPOS": "01", "KSCHL": kind, "LOEVM_KO": "", **position}
        record = str(_FIRST_RECORD + self._count).zfill(10)
        header = {"KNUMH": record, "DATAB": self._since, "DATBI": FOREVER, "E1KONP": [row]}
        return self._outbox.idoc("COND_A", "COND_A04", E1KOMG=[{**komg, "E1KONH": [header]}])

    def percent(self, tenths: int) -> Position:
        """SAP keeps percentages with three decimals in a field of two: 3 % is "30.00"."""
        rate = self.rate(tenths)
        return {"KRECH": "A", "KBETR": rate, "KONWA": "%", "KPEIN": "0", "KMEIN": ""}

    def rate(self, tenths: int) -> str:
        """Tenths of a percent as KBETR."""
        shown = f"{abs(tenths)}.00" if self._is_shifted else f"{abs(tenths) / 10:.3f}"
        return f"{shown}-" if tenths < 0 else shown

    def amount(self, hundredths: int, currency: str, unit: str) -> Position:
        """An amount for a piece, or pair."""
        shown = curr(abs(hundredths), currency) + ("-" if hundredths < 0 else "")
        return {"KRECH": "C", "KBETR": shown, "KONWA": currency, "KPEIN": "1", "KMEIN": unit}


def _by_value(writer: _Writer) -> Position:
    rows = [
        {
            "KOPOS": "01",
            "KLFN1": f"{line:04d}",
            "KSTBW": curr(value, "EUR"),
            "KBETR": writer.rate(-10 * percent),
        }
        for line, (value, percent) in enumerate(_VALUES, 1)
    ]
    by_value = {"KZBZG": "B", "STFKZ": "A", "KONWS": "EUR", "E1KONW": rows}
    return {**writer.percent(0), **by_value}

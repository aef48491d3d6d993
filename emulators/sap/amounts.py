"""SAP's decimals: IDoc text, shifted CURR amounts, decimal places of currencies and units."""

from decimal import ROUND_HALF_UP, Decimal

# Decimal places that differ from two (SAP's table TCURX).
_TCURX = {"HUF": 0, "JPY": 0}


def number(text: str) -> Decimal:
    """Reads "12.500" or, with SAP's trailing sign, "3.000-"."""
    text = text.strip()
    return -Decimal(text[:-1]) if text.endswith("-") else Decimal(text or 0)


def currency_decimals(currency: str) -> int:
    """Decimal places that SAP keeps for a currency."""
    return _TCURX.get(currency, 2)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """An amount rounded, half up, to what SAP keeps for its currency."""
    return amount.quantize(Decimal(1).scaleb(-currency_decimals(currency)), ROUND_HALF_UP)


def shifted(amount: Decimal, currency: str) -> Decimal:
    """A real amount as a CURR field holds it: 12990 HUF is 129.90."""
    return amount.scaleb(currency_decimals(currency) - 2)


def unshifted(stored: Decimal, currency: str) -> Decimal:
    """The real amount of what a CURR field holds."""
    return stored.scaleb(2 - currency_decimals(currency))


def quantity(value: Decimal) -> str:
    """A quantity as IDocs write it, three decimals: "12.000", "3.000-"."""
    return f"{abs(value):.3f}{'-' if value < 0 else ''}"


def external(amount: Decimal, currency: str) -> str:
    """As SAP writes amounts for partners: with the currency's own decimals, not shifted."""
    return f"{amount:.{currency_decimals(currency)}f}"

"""Money as integer minor units with an ISO 4217 currency, and prices per quantity."""

from decimal import Decimal
from typing import Annotated, Self

from babel.numbers import get_currency_precision
from pydantic import BaseModel, ConfigDict, Field

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code")]


class Money(BaseModel):
    """An amount in the currency's minor unit (CLDR digits: EUR cents, HUF fillér, JPY yen)."""

    model_config = ConfigDict(frozen=True)

    amount: int = Field(description="minor units, e.g. 1999 for 19.99 EUR")
    currency: Currency

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.amount).scaleb(-get_currency_precision(self.currency))

    def __add__(self, other: Self) -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(amount=self.amount + other.amount, currency=self.currency)


class UnitPrice(BaseModel):
    """What `per` pieces cost (SAP's KPEIN), net of tax."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    amount: int = Field(ge=0, description="minor units for `per` pieces")
    currency: Currency
    per: int = Field(default=1, ge=1)

    @property
    def decimal(self) -> Decimal:
        """The price of `per` pieces in major units, exact."""
        return Money(amount=self.amount, currency=self.currency).decimal

    def line_amount(self, quantity: int) -> Money:
        """Price of `quantity` pieces, rounded half up to the minor unit."""
        return Money(
            amount=divide_half_up(self.amount * quantity, self.per), currency=self.currency
        )


def divide_half_up(numerator: int, denominator: int) -> int:
    """Integer division rounded half away from zero; `denominator` is positive."""
    sign = -1 if numerator < 0 else 1
    return sign * ((2 * abs(numerator) + denominator) // (2 * denominator))


def total(amounts: list[Money], currency: str) -> Money:
    """Sum of amounts that all are in `currency`; zero for none."""
    result = Money(amount=0, currency=currency)
    for amount in amounts:
        result = result + amount
    return result

"""Examples of how a locale writes numbers, money, dates and times."""

from datetime import datetime
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal

from functions.accounts.schema import Formats
from shared.text.amount import write_amount

_NUMBER = Decimal("1234567.89")


def formats(locale: Locale, now: datetime, currency: str) -> Formats:
    """Examples with the time `now` (UTC) and amounts in `currency`."""
    return Formats(
        number=format_decimal(_NUMBER, locale=locale),
        money=write_amount(_NUMBER, currency, locale),
        date=format_date(now, "short", locale=locale),
        long_date=format_date(now, "full", locale=locale),
        time=format_time(now, "short", locale=locale),
        first_day_of_week=locale.first_week_day + 1,
    )

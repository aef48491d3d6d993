"""An instant's day, which there is only in some time zone: a market's, a source system's, UTC."""

from datetime import date, datetime, tzinfo


def day_in(zone: tzinfo, at: datetime) -> date:
    """The day that the aware instant `at` belongs to in the zone."""
    return at.astimezone(zone).date()

"""An instant's day, which there is only in some time zone: a market's, a source system's, UTC."""

from datetime import date, datetime, time, timedelta, tzinfo


def day_in(zone: tzinfo, at: datetime) -> date:
    """The day that the aware instant `at` belongs to in the zone.

    It is what clocks show, but that a day which has begun goes on where they are then put back to
    before midnight, as Newfoundland's were until 2010: days never go back, and have one beginning.
    """
    local = at.astimezone(zone)
    day = local.date()
    # The second time that clocks show it: was midnight, too, shown twice, it was there before.
    return day + timedelta(days=1) if local.fold and _is_shown_twice(zone, day) else day


def _is_shown_twice(zone: tzinfo, day: date) -> bool:
    """Whether the midnight that ends the day is."""
    midnight = datetime.combine(day + timedelta(days=1), time.min, zone)
    again = midnight.replace(fold=1)
    first, second = midnight.utcoffset(), again.utcoffset()
    return first is not None and second is not None and first > second

"""How often a source system is to send messages of a family, and for how long it has not. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.day import day_in
from shared.sap.objects import KINDS

Hours = Annotated[int, Field(ge=1, le=200)]


class Expected(BaseModel):
    """Families that are not to be silent; hours are those of business, by SAP's clock."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    within_hours: dict[str, Hours] = Field(
        description="MESTYP, or `stock`, to the business hours within which a message is to come"
    )
    opens: int = Field(default=8, ge=0, le=23, description="the hour at which business begins")
    closes: int = Field(default=18, ge=1, le=24, description="the hour at which it ends")
    weekdays: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(
        default=(1, 2, 3, 4, 5), min_length=1, description="days of business, 1 is Monday"
    )

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        if unknown := sorted(self.within_hours.keys() - KINDS):
            raise ValueError(f"no families of messages: {', '.join(unknown)}")
        if self.opens >= self.closes:
            raise ValueError("business ends before it begins")
        return self

    def is_silent(self, family: str, since: datetime, now: datetime, zone: tzinfo) -> bool:
        """Whether a family that was heard at `since` should have been heard again."""
        longest = timedelta(hours=self.within_hours[family])
        return self.business_time(since, now, zone) > longest

    def business_time(self, since: datetime, until: datetime, zone: tzinfo) -> timedelta:
        """How much of the time between two instants business was open."""
        total, day = timedelta(), day_in(zone, since)
        while day <= day_in(zone, until):
            if day.isoweekday() in self.weekdays:
                begin, end = self._open_on(day, zone)
                total += max(timedelta(), min(end, until) - max(begin, since))
            day += timedelta(days=1)
        return total

    def _open_on(self, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
        end = day + timedelta(days=self.closes // 24)
        return (
            datetime.combine(day, time(self.opens), zone).astimezone(UTC),
            datetime.combine(end, time(self.closes % 24), zone).astimezone(UTC),
        )

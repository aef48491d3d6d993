"""The control record of an IDoc: whose it is, and when SAP made what it says.

The stamp is SERIAL where it is filled, else CREDAT and CRETIM, else Pub/Sub's time of publishing.
SERIAL alone stays the same when SAP sends an IDoc again; with the others what is sent again counts
as newer than it is, so systems that send to Sellin fill it (transaction BD95, serialization groups,
or the outbound function module).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from pydantic import BaseModel, Field

from shared.sap.fault import UntranslatableMessageError
from shared.sap.fields import NO_DATE, Flag, read_date, read_time
from shared.sap.source_system import SourceSystem

AHEAD = timedelta(minutes=10)
"""How far SAP's clock may be ahead of Pub/Sub's: what is stamped later would shut out all that
comes until then."""

StampSource = Literal["SERIAL", "CREDAT", "published"]


class Control(BaseModel):
    """EDI_DC40, as far as it is read. DOCNUM changes when SAP sends again, SERIAL does not."""

    MESTYP: str
    DOCNUM: str = ""
    SNDPRN: str = ""
    CREDAT: str = ""
    CRETIM: str = ""
    SERIAL: str = ""
    TEST: Flag = Field(
        default=False, description="SAP means it as a test: it says nothing of goods"
    )


@dataclass(frozen=True)
class SourceStamp:
    """When SAP made what a message says (20 digits, UTC, microseconds), and who says so.

    `by_second`: SAP told no more than the second, of which it is the first moment.
    """

    text: str
    source: StampSource
    by_second: bool = False


def source_stamp(
    control: Control, system: SourceSystem, published_at: datetime, first_published_at: datetime
) -> SourceStamp:
    """The stamp of an IDoc that Pub/Sub took at `published_at`, and before it was quarantined and
    tried again at `first_published_at`.

    Raises:
        UntranslatableMessageError: what should tell it is no time, or one that is yet to come.
    """
    if control.SERIAL.strip(" 0"):
        text = read_serial(control.SERIAL, system.serial_zone, published_at)
        return SourceStamp(text, "SERIAL", by_second=len(control.SERIAL) == 14)
    if control.CREDAT not in NO_DATE:
        return SourceStamp(_read_created(control, system, published_at), "CREDAT", by_second=True)
    return SourceStamp(write_stamp(first_published_at), "published")


def read_serial(serial: str, zone: tzinfo, published_at: datetime, field: str = "SERIAL") -> str:
    """A stamp of 20 digits, or of 14, which is the beginning of its second; in UTC.

    Raises:
        UntranslatableMessageError: it is none, or yet to come.
    """
    try:
        if len(serial) not in (14, 20) or not (serial.isascii() and serial.isdigit()):
            raise ValueError("neither 14 nor 20 digits")  # noqa: TRY301
        local = datetime.strptime(serial.ljust(20, "0"), "%Y%m%d%H%M%S%f").replace(tzinfo=zone)
        return _check(local.astimezone(UTC), published_at)
    except (ValueError, OverflowError) as error:
        raise UntranslatableMessageError([f"{field}: {serial[:30]!r}: {error}"]) from error


def write_stamp(moment: datetime) -> str:
    """A time as a stamp."""
    there = moment.astimezone(UTC)
    return f"{there.year:04}{there:%m%d%H%M%S%f}"


def _read_created(control: Control, system: SourceSystem, published_at: datetime) -> str:
    try:
        day, clock = read_date(control.CREDAT), read_time(control.CRETIM or "000000")
        local = datetime.combine(day, clock, system.zone)
        return _check(local.astimezone(UTC), published_at)
    except (ValueError, OverflowError) as error:
        raise UntranslatableMessageError([f"CREDAT, CRETIM: {error}"]) from error


def _check(moment: datetime, published_at: datetime) -> str:
    if moment > published_at + AHEAD:
        ahead = f"{moment:%Y-%m-%d %H:%M:%S} UTC, published at {published_at:%Y-%m-%d %H:%M:%S} UTC"
        raise ValueError(f"ahead of the clock: {ahead}")
    return write_stamp(moment)

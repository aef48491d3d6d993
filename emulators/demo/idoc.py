"""SAP's habits on the wire: control records, zero padding, date and decimal texts."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from emulators.demo.systems import DemoSystem
from emulators.sap.customizing import client

Idoc = dict[str, Any]
"""An IDoc: its control record under "EDI_DC40", lists of rows under the segment names."""

Rows = list[dict[str, Any]]
"""Rows of a segment; those of its children lie within them."""

NO_DATE = "00000000"

_WHOLE_IN_SAP = frozenset({"HUF", "JPY"})  # TCURX: no decimals, so two digits are shifted


def material(number: int | str) -> str:
    """A material number, zero-padded to 18."""
    return str(number).zfill(18)


def partner(number: int | str) -> str:
    """A customer number, zero-padded to 10."""
    return str(number).zfill(10)


def dats(day: date) -> str:
    """A date as YYYYMMDD."""
    return day.strftime("%Y%m%d")


def stamp(moment: datetime) -> str:
    """A source stamp: 20 digits, UTC, down to the microsecond."""
    return moment.strftime("%Y%m%d%H%M%S%f")


def curr(hundredths: int, currency: str) -> str:
    """An amount in hundredths of `currency` as a CURR field, which always stores two decimals.

    A currency without decimals in TCURX is shifted: 12990 HUF is "129.90". No other system's
    companies buy in one, so that plain amounts are written the same.
    """
    stored = hundredths // 100 if currency in _WHOLE_IN_SAP else hundredths
    return f"{stored // 100}.{stored % 100:02d}"


def quan(pieces: int) -> str:
    """A quantity with three decimals."""
    return f"{pieces}.000"


def loaded_at(today: date) -> datetime:
    """When SAP is taken to have changed the demo data: late on the day before `today`, in UTC.

    So whatever the running system changes later has a newer stamp, and all of `today` stock is not
    yet so old that buyers are told.
    """
    return datetime.combine(today - timedelta(days=1), time(23, 0), UTC)


class Outbox:
    """Numbers the IDocs of one run of a system: consecutive DOCNUM, ever later SERIAL."""

    def __init__(self, today: date, system: DemoSystem) -> None:
        self.system = system
        self._start = loaded_at(today)
        self._count = 0

    def idoc(self, message: str, kind: str, **segments: Rows) -> Idoc:
        """An IDoc of message type `message` and IDoc type `kind`, complete with control record."""
        self._count += 1
        moment = self._start + timedelta(microseconds=self._count * 1_009)
        control = {
            "TABNAM": "EDI_DC40",
            "MANDT": client(self.system.settings),
            "DOCNUM": f"{self._count:016d}",
            "IDOCTYP": kind,
            "MESTYP": message,
            "SNDPRN": self.system.settings.logical_system,
            "RCVPRN": "SELLIN",
            "CREDAT": dats(moment.date()),
            "CRETIM": moment.strftime("%H%M%S"),
            "SERIAL": stamp(moment)[: self.system.stamp_digits],
        }
        return {"EDI_DC40": control, **segments}

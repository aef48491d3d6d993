"""Each IDoc of a message for itself: whose it is, when it was made, what is wrong with it."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.event.message import SapMessage
from shared.sap.control import AHEAD
from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import Idoc, Packet, read_packet
from shared.sap.shapes import MOST_SEGMENTS
from shared.sap.source_system import SourceSystem
from tests.factories.sap import ECC, PUBLISHED_AT, S4, STAMP, control, packet
from tests.support.idocs import all_of


def _kind(idoc: Idoc) -> tuple[str, str]:
    return idoc.kind, idoc.stamp


def _read(
    data: bytes, system: SourceSystem = ECC, at: datetime = PUBLISHED_AT
) -> Packet[tuple[str, str]]:
    message = SapMessage("1", "sap-products", data, {}, at)
    return read_packet(message, system, {"ARTMAS": _kind, "ZLISTING": _kind})


def _stamp(system: SourceSystem = ECC, /, **fields: str) -> str:
    data = packet({"EDI_DC40": control("ARTMAS", SNDPRN=system.logical_system, **fields)})
    [taken] = all_of(_read(data, system))
    return taken[1]


def _refused(system: SourceSystem = ECC, /, **fields: str) -> str:
    data = packet({"EDI_DC40": control("ARTMAS", **fields)})
    [faulty] = _read(data, system).faulty
    return "; ".join(faulty.reasons)


def test_every_idoc_is_translated_by_its_kind() -> None:
    data = packet({"EDI_DC40": control("ARTMAS")}, {"EDI_DC40": control("ZLISTING")})
    assert all_of(_read(data)) == [("ARTMAS", STAMP), ("ZLISTING", STAMP)]


def test_what_sap_means_as_a_test_says_nothing() -> None:
    data = packet({"EDI_DC40": control("ARTMAS", TEST="X")}, {"EDI_DC40": control("ZLISTING")})
    found = _read(data)
    assert all_of(found) == [("ZLISTING", STAMP)]
    assert [part.place for part in found.tests] == ["IDOCS/0 (ARTMAS 0000000000001234)"]
    assert _refused(TEST="J").startswith("EDI_DC40/0/TEST")


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"not json", b"[]", b"{}", b'{"IDOCS": []}', b"[" * 9999, b"<", b"<a>"],
)
def test_what_is_no_packet_is_refused(data: bytes) -> None:
    with pytest.raises(UntranslatableMessageError):
        all_of(_read(data))


def test_a_bad_idoc_is_refused_alone_with_all_of_its_faults() -> None:
    def refuse(idoc: Idoc) -> str:
        raise UntranslatableMessageError(["colour", "size"])

    data = packet(
        {"EDI_DC40": control("ARTMAS", DOCNUM="0000000000000007")},
        {"EDI_DC40": control("DEBMAS")},
        {"EDI_DC40": control("ZLISTING", serial="2026")},
        {"E1KNA1M": []},
        {"EDI_DC40": control("ZLISTING")},
    )
    message = SapMessage("1", "sap-products", data, {}, PUBLISHED_AT)
    found = read_packet(message, ECC, {"ARTMAS": refuse, "ZLISTING": lambda idoc: idoc.kind})
    assert [(one.place, one.says) for one in found.taken] == [
        ("IDOCS/4 (ZLISTING 0000000000001234)", "ZLISTING")
    ]
    article, kind, serial, head = found.faulty
    assert article.part.place == "IDOCS/0 (ARTMAS 0000000000000007)"
    assert article.reasons == ["colour", "size"]
    assert kind.reasons == ["not a kind that is expected here"]
    assert serial.reasons == ["SERIAL: '2026': neither 14 nor 20 digits"]
    assert (head.part.place, head.reasons) == ("IDOCS/3", ["EDI_DC40: Field required"])


def test_a_stamp_is_serial_else_the_time_of_creation_else_of_publishing() -> None:
    created = {"CREDAT": "20261122", "CRETIM": "101500"}
    assert _stamp(ECC, SERIAL="20261122093000123456", **created) == "20261122093000123456"
    assert _stamp(ECC, SERIAL="20261122093000", **created) == "20261122093000000000"
    # Berlin is an hour ahead of UTC in November; the other system's clock is UTC.
    assert _stamp(ECC, SERIAL="", **created) == "20261122091500000000"
    assert _stamp(S4, SERIAL="00000000000000000000", **created) == "20261122101500000000"
    assert _stamp(SERIAL="", CREDAT="00000000") == "20261122141800500000"
    assert _stamp(SERIAL="", CREDAT="2026-11-22", CRETIM="10:15:00") == "20261122091500000000"


def test_serial_may_be_of_saps_own_clock() -> None:
    local = ECC.model_copy(update={"serial": "local"})
    assert _stamp(local, SERIAL="20260722093000") == "20260722073000000000"


@pytest.mark.parametrize("serial", ["2026", "x" * 20, "2" * 20, "20261322141800000000"])
def test_what_is_no_stamp_is_refused(serial: str) -> None:
    assert "SERIAL" in _refused(SERIAL=serial)


@given(st.timedeltas(min_value=timedelta(hours=-1), max_value=timedelta(days=365 * 70)))
def test_a_stamp_ahead_of_the_clock_is_refused(ahead: timedelta) -> None:
    moment = PUBLISHED_AT + ahead
    data = packet({"EDI_DC40": control("ARTMAS", serial=f"{moment:%Y%m%d%H%M%S%f}")})
    found = _read(data)
    assert len(found.faulty) == (ahead > AHEAD)
    assert all("ahead of the clock" in one.reasons[0] for one in found.faulty)


def test_an_idoc_of_another_system_is_refused() -> None:
    assert _refused(S4) == "EDI_DC40/SNDPRN: 'ECPCLNT100' is not S4PCLNT200"


@pytest.mark.parametrize("path", [("E1KNVPM",), ("E1KNVVM", "Z1INNER")])
def test_a_segment_of_too_many_rows_is_named_and_not_looked_at(path: tuple[str, ...]) -> None:
    rows: list[dict[str, object]] = [{}] * (MOST_SEGMENTS + 1)
    segments: dict[str, object] = {path[-1]: rows}
    if len(path) > 1:
        segments = {path[0]: [segments]}
    [faulty] = _read(packet({"EDI_DC40": control("ARTMAS"), **segments})).faulty
    [reason] = faulty.reasons
    assert f"{path[-1]}: 10001 rows, more than 10000" in reason


def test_the_time_of_publishing_may_be_of_any_zone() -> None:
    data = packet({"EDI_DC40": control("ARTMAS", SERIAL="", CREDAT="")})
    [(_, stamp)] = all_of(_read(data, at=datetime.fromisoformat("2026-11-22T15:18:00.5+01:00")))
    assert stamp == all_of(_read(data, at=datetime(2026, 11, 22, 14, 18, 0, 500_000, UTC)))[0][1]

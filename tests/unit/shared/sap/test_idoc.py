import json

import pytest

from shared.sap.fault import UntranslatableMessageError
from shared.sap.idoc import MOST_SEGMENTS, Idoc, read_packet
from tests.factories.sap import ECC, STAMP, control, packet


def _kind(idoc: Idoc) -> tuple[str, str]:
    return idoc.kind, idoc.stamp


def test_every_idoc_is_translated_by_its_kind() -> None:
    data = packet({"EDI_DC40": control("ARTMAS")}, {"EDI_DC40": control("ZLISTING")})
    assert read_packet(data, ECC, {"ARTMAS": _kind, "ZLISTING": _kind}) == [
        ("ARTMAS", STAMP),
        ("ZLISTING", STAMP),
    ]


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"not json", b"[]", b"{}", b'{"IDOCS": []}', b'{"IDOCS": [1]}', b"[" * 9999],
)
def test_what_is_no_packet_is_refused(data: bytes) -> None:
    with pytest.raises(UntranslatableMessageError):
        read_packet(data, ECC, {"ARTMAS": _kind})


def test_the_faults_of_all_idocs_are_named() -> None:
    def refuse(idoc: Idoc) -> str:
        raise UntranslatableMessageError(["colour", "size"])

    data = packet(
        {"EDI_DC40": control("ARTMAS", DOCNUM="0000000000000007")},
        {"EDI_DC40": control("DEBMAS")},
        {"EDI_DC40": control("ARTMAS", serial="2026")},
        {},
    )
    with pytest.raises(UntranslatableMessageError) as raised:
        read_packet(data, ECC, {"ARTMAS": refuse})
    first, second, kind, serial, head = raised.value.reasons
    assert first == "IDOCS/0 (ARTMAS 0000000000000007): colour"
    assert second.endswith("size")
    assert "not a kind that is expected" in kind
    assert "EDI_DC40/SERIAL" in serial
    assert head == "IDOCS/3: EDI_DC40: Field required"


def test_numbers_must_be_text_as_in_idocs() -> None:
    data = json.dumps({"IDOCS": [{"EDI_DC40": {**control("ARTMAS"), "SERIAL": 5}}]}).encode()
    with pytest.raises(UntranslatableMessageError, match="SERIAL"):
        read_packet(data, ECC, {"ARTMAS": _kind})


@pytest.mark.parametrize("path", [("E1KNVPM",), ("E1KNVVM", "Z1INNER")])
def test_a_segment_of_too_many_rows_is_named_and_not_looked_at(path: tuple[str, ...]) -> None:
    rows: list[dict[str, object]] = [{}] * (MOST_SEGMENTS + 1)
    segments: dict[str, object] = {path[-1]: rows}
    if len(path) > 1:
        segments = {path[0]: [segments]}
    whole = json.dumps({"IDOCS": [{"EDI_DC40": control("DEBMAS"), **segments}]}).encode()
    with pytest.raises(UntranslatableMessageError) as raised:
        read_packet(whole, ECC, {"DEBMAS": lambda _: pytest.fail("it was looked at")})
    [reason] = raised.value.reasons
    assert f"{path[-1]}: 10001 rows, more than 10000" in reason

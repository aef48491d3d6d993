"""Where the segments stand that are read, by SAP's basic types.

A segment that stands elsewhere would be read as if it were not there: a delivery without its goods
issue, a customer without its doors. So it is told. Segments within others that nobody reads are
left alone, since a basic type may have one of the same name there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

_PARENTS: dict[str, dict[str, str]] = {
    "ARTMAS": dict.fromkeys(
        (
            *("E1BPE1MATHEAD", "E1BPE1VARKEY", "E1BPE1AUSPRT", "E1BPE1MAKTRT", "E1BPE1MARART"),
            *("E1BPE1MARART1", "E1BPE1MARMRT", "E1BPE1MVKERT", "E1BPFSHSEASONS"),
            *("Z1STYLE", "Z1COLOR", "Z1TEXT", "Z1PREPACK"),
        ),
        "",
    ),
    "ZLISTING": dict.fromkeys(("Z1LISTHEAD", "Z1LISTRULE", "Z1LISTITEM", "Z1LISTWINDOW"), ""),
    "COND_A": {
        "E1KOMG": "",
        "E1KONH": "E1KOMG",
        "E1KONP": "E1KONH",
        "E1KONM": "E1KONP",
        "E1KONW": "E1KONP",
    },
    "DEBMAS": {
        "E1KNA1M": "",
        "E1KNVVM": "E1KNA1M",
        "E1KNVPM": "E1KNVVM",
        "Z1KNVV": "E1KNVVM",
        "Z1DOOR": "E1KNA1M",
    },
    "ZCREDIT": {"Z1CREDIT": ""},
    "ORDRSP": {
        **dict.fromkeys(
            ("E1EDK01", "E1EDK14", "E1EDK02", "E1EDK03", "Z1CREATED", "Z1STATUS", "E1EDP01"), ""
        ),
        "E1EDP20": "E1EDP01",
        "E1EDP19": "E1EDP01",
    },
    "DESADV": {
        "E1EDL20": "",
        **dict.fromkeys(("E1EDL21", "E1EDL18", "E1ADRM1", "E1EDT13", "E1EDL24"), "E1EDL20"),
        "E1EDL41": "E1EDL24",
    },
    "INVOIC": {
        **dict.fromkeys(("E1EDK01", "E1EDK02", "E1EDK03", "E1EDP01", "E1EDS01"), ""),
        "E1EDP02": "E1EDP01",
    },
}
"""MESTYP to each segment that is read and the one that it stands in; "" at the top."""


def misplaced_segments(kind: str, segments: Mapping[str, Any]) -> list[str]:
    """One reason for each segment that stands elsewhere than SAP puts it."""
    parents = _PARENTS.get(kind, {})
    return list(dict.fromkeys(_find_misplaced(segments, "", parents)))


def _find_misplaced(row: Mapping[str, Any], here: str, parents: Mapping[str, str]) -> Iterator[str]:
    for name, rows in row.items():
        if not isinstance(rows, list) or name not in parents:
            continue
        if parents[name] != here:
            yield (
                f"{name}: not within its {parents[name]}"
                if parents[name]
                else f"{name}: not at the top"
            )
        for inner in rows:
            yield from _find_misplaced(inner, name, parents)

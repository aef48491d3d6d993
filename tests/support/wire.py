"""The shapes on the wire that the same IDocs may come in."""

from typing import Any
from xml.sax.saxutils import escape


def lower(value: Any) -> Any:
    """With all names in lower case, as /ui2/cl_json writes them."""
    if isinstance(value, dict):
        return {name.lower(): lower(inner) for name, inner in value.items()}
    return [lower(one) for one in value] if isinstance(value, list) else value


def single(value: Any) -> Any:
    """With one object where a segment has one row."""
    if isinstance(value, dict):
        return {name: single(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return single(value[0]) if len(value) == 1 else [single(one) for one in value]
    return value


def xml(idocs: list[Any], basic_type: str = "ARTMAS05") -> bytes:
    """IDoc XML, as SAP's XML port writes it; fields are texts, segments lists of rows or one."""

    def rows(name: str, value: Any) -> str:
        if isinstance(value, str):
            return f"<{name}>{escape(value)}</{name}>"
        found = value if isinstance(value, list) else [value]
        return "".join(
            f'<{name} SEGMENT="1">{"".join(rows(n, v) for n, v in row.items())}</{name}>'
            for row in found
        )

    inside = "".join(
        f'<IDOC BEGIN="1">{"".join(rows(n, v) for n, v in idoc.items())}</IDOC>' for idoc in idocs
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<{basic_type}>{inside}</{basic_type}>'.encode()

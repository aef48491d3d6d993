"""Values between Python and ABAP, as strict as PyRFC is.

The table of types is PyRFC's (fillVariable and wrapVariable of SAP/PyRFC). Where SAP's
library would cut a value that is too long, this one refuses it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from ._exception import ExternalRuntimeError
from ._interface import Field, Parameter

_Writer: TypeAlias = Callable[[Field, Any], Any]

_DECIMALS = {"DEC", "CURR", "QUAN"}


@dataclass(frozen=True)
class Style:
    """PyRFC's configuration of how results look."""

    rstrip: bool
    dtime: bool


def invalid_parameter(text: str) -> ExternalRuntimeError:
    """The error for a name or an option that SAP's side does not know."""
    return ExternalRuntimeError(text, 20, "RFC_INVALID_PARAMETER")


def to_wire(parameter: Parameter, value: Any) -> Any:
    """A parameter's value for SAP.

    Raises TypeError (with the names of field and parameter as last arguments) for a
    wrong Python type, ExternalRuntimeError for an unknown field or too long a value.
    """
    try:
        if parameter.is_table:
            return [_row_to_wire(parameter.fields, row) for row in _checked_list(value)]
        if parameter.scalar is None:
            return _row_to_wire(parameter.fields, value)
        return _field_to_wire(parameter.scalar, value)
    except TypeError as error:
        error.args += (parameter.name,)
        raise


def _checked_list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise TypeError("list required for table parameter, received", value, type(value))
    return value


def _row_to_wire(fields: Mapping[str, Field], row: Any) -> dict[str, Any]:
    if type(row) is not dict:
        raise TypeError("dictionary required for structure parameter, received", row, type(row))
    wire = {}
    for name, value in row.items():
        if name not in fields:
            raise invalid_parameter(f"field '{name}' not found")
        try:
            wire[name] = _field_to_wire(fields[name], value)
        except TypeError as error:
            error.args += (name,)
            raise
    return wire


def _field_to_wire(field: Field, value: Any) -> Any:
    writer: _Writer = _WRITERS.get(field.abap, _write_text)
    return writer(field, value)


def _too_long(field: Field, value: object) -> ExternalRuntimeError:
    size = f"{field.length}.{field.decimals}" if field.decimals else str(field.length)
    return ExternalRuntimeError(
        f"value {value!r} does not fit into field '{field.name}' {field.abap}({size})",
        22,
        "RFC_CONVERSION_FAILURE",
    )


def _write_text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("an string is required, received", value, "of type", type(value))
    text = value.rstrip(" ")
    if len(text) > field.length:
        raise _too_long(field, value)
    return text


def _write_digits(field: Field, value: Any) -> str:
    if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
        raise TypeError("a numeric string is required, received", value, "of type", type(value))
    if len(value) > field.length:
        raise _too_long(field, value)
    return value.zfill(field.length)


def _write_decimal(field: Field, value: Any) -> str:
    refused = TypeError("a decimal value required, received", value, "of type", type(value))
    if not isinstance(value, float | Decimal | str):
        raise refused
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise refused from None
    if not number.is_finite():
        raise refused
    scaled = number.scaleb(field.decimals)
    if scaled != scaled.to_integral_value() or abs(scaled) >= 10**field.length:
        raise _too_long(field, value)
    return f"{number:.{field.decimals}f}"


def _write_float(_field: Field, value: Any) -> str:
    if not isinstance(value, float | Decimal):
        raise TypeError("a decimal value required, received", value, "of type", type(value))
    return repr(float(value))


def _write_int(field: Field, value: Any) -> int:
    if type(value) is not int:
        raise TypeError("an integer required, received", value, "of type", type(value))
    if not -(2**31) <= value < 2**31:
        raise _too_long(field, value)
    return value


def _write_date(_field: Field, value: Any) -> str:
    if not value:
        return ""
    if isinstance(value, date):
        return value.strftime("%Y%m%d")
    return _write_moment(value, "%Y%m%d", 8, "date value required, received")


def _write_time(_field: Field, value: Any) -> str:
    if not value:
        return ""
    if isinstance(value, time):
        return value.strftime("%H%M%S")
    return _write_moment(value, "%H%M%S", 6, "time value required, received")


def _write_moment(value: Any, pattern: str, length: int, complaint: str) -> str:
    refused = TypeError(complaint, value, "of type", type(value))
    if not isinstance(value, str) or len(value) != length:
        raise refused
    try:
        datetime.strptime(value, pattern)  # noqa: DTZ007 (SAP's dates have no zone)
    except ValueError:
        raise refused from None
    return value


def _write_raw(field: Field, value: Any) -> str:
    if not isinstance(value, bytes):
        raise TypeError("a bytes value required, received", value, "of type", type(value))
    if len(value) > field.length:
        raise _too_long(field, value)
    return value.hex()


_WRITERS: dict[str, _Writer] = {
    "NUMC": _write_digits,
    "DATS": _write_date,
    "TIMS": _write_time,
    "FLTP": _write_float,
    "INT4": _write_int,
    "RAW": _write_raw,
    **dict.fromkeys(_DECIMALS, _write_decimal),
}


def to_python(parameter: Parameter, wire: Any, style: Style) -> Any:
    """A parameter's value from SAP; structures and rows come with all their fields."""
    if parameter.is_table:
        return [_row_to_python(parameter.fields, row, style) for row in wire or ()]
    if parameter.scalar is None:
        return _row_to_python(parameter.fields, wire or {}, style)
    return _field_to_python(parameter.scalar, wire, style)


def _row_to_python(
    fields: Mapping[str, Field], row: Mapping[str, Any], style: Style
) -> dict[str, Any]:
    return {name: _field_to_python(field, row.get(name), style) for name, field in fields.items()}


def _field_to_python(field: Field, wire: Any, style: Style) -> Any:
    match field.abap:
        case "DEC" | "CURR" | "QUAN":
            value: Any = Decimal(wire or 0).quantize(Decimal(1).scaleb(-field.decimals))
        case "DATS" | "TIMS":
            value = _moment_to_python(field, wire or "", style)
        case "NUMC":
            value = (wire or "").zfill(field.length)
        case "INT4":
            value = wire or 0
        case "FLTP":
            value = float(wire or 0)
        case "RAW":
            value = bytes.fromhex(wire or "").ljust(field.length, b"\0")
        case _:
            value = (wire or "") if style.rstrip else (wire or "").ljust(field.length)
    return value


def _moment_to_python(field: Field, text: str, style: Style) -> str | date | time | None:
    if field.abap == "DATS":
        if not style.dtime:
            return text
        return datetime.strptime(text, "%Y%m%d").date() if text else None  # noqa: DTZ007
    moment = text or "000000"
    return datetime.strptime(moment, "%H%M%S").time() if style.dtime else moment  # noqa: DTZ007

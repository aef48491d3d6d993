"""What SAP tells about a function module: its parameters, structures and fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One elementary field; `length` in characters, digits or bytes."""

    name: str
    abap: str
    length: int
    decimals: int


@dataclass(frozen=True)
class Parameter:
    """One parameter: a scalar, or a structure's `fields`, or a table of such rows."""

    name: str
    direction: str
    optional: bool
    scalar: Field | None
    fields: Mapping[str, Field]

    @property
    def is_table(self) -> bool:
        """Whether the parameter holds rows."""
        return self.direction == "TABLES"


def parse_field(line: str) -> Field:
    """Reads a line such as "COND_VALUE DEC 28.9"."""
    name, abap, size = line.split()
    length, _, decimals = size.partition(".")
    return Field(name, abap, int(length), int(decimals or 0))


def parse_parameters(
    lines: Sequence[str], structures: Mapping[str, Sequence[str]]
) -> dict[str, Parameter]:
    """Reads lines such as "IMPORT WAIT CHAR 1 OPTIONAL" or "TABLES RETURN BAPIRET2"."""
    parameters = {}
    for line in lines:
        direction, name, *kind = line.split()
        optional = kind[-1] == "OPTIONAL"
        kind = kind[:-1] if optional else kind
        if len(kind) == 1:
            fields = {field.name: field for field in map(parse_field, structures[kind[0]])}
            scalar = None
        else:
            fields, scalar = {}, parse_field(" ".join([name, *kind]))
        parameters[name] = Parameter(name, direction, optional, scalar, fields)
    return parameters

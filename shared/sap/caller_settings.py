"""The environment of a function that calls SAP."""

from pathlib import Path
from typing import Any, Self

from pydantic import Json, field_validator, model_validator

from shared.sap.destination import Destination
from shared.sap.numbers import NumberRange
from shared.sap.source_system import SourceSystem, SourceSystemSettings

_RANGE = "external_numbers"

_FILES = {
    "tls_client_cert": b"-----BEGIN CERTIFICATE-----",
    "tls_client_key": b"PRIVATE KEY-----",
    "snc_lib": b"",
}
"""Parameters that name files, and what stands in each."""


class SapCallerSettings(SourceSystemSettings):
    """`sap_destination` is a secret: a JSON object with pyrfc's connection parameters.

    It may still have `external_numbers`, the range that is `orders.numbers` of the source system's
    settings today; where both have one it is the same.
    """

    sap_destination: Json[dict[str, str]]

    @field_validator("sap_destination")
    @classmethod
    def _check(cls, given: dict[str, str]) -> dict[str, str]:
        # A region that is new has no connection yet, and its function starts all the same.
        if given:
            Destination.model_validate(_without_range(given))
        if _RANGE in given:
            NumberRange.parse(given[_RANGE])
        return given

    @model_validator(mode="after")
    def _files_are_there(self) -> Self:
        """Terraform mounts them with no content, before the operator adds it (docs/operations.md)."""
        given = self.connection
        faults = [
            f"{name}: {given[name]} {fault}"
            for name, marks in _FILES.items()
            if name in given and (fault := _file_fault(Path(given[name]), marks))
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @model_validator(mode="after")
    def _one_range(self) -> Self:
        named = self.source_system.orders.numbers
        if named is not None and self.sap_destination.get(_RANGE, named) != named:
            raise ValueError("external_numbers of the secret differ from orders.numbers")
        return self

    @property
    def connection(self) -> dict[str, str]:
        """pyrfc's connection parameters."""
        given = _without_range(self.sap_destination)
        return Destination.model_validate(given).parameters if given else {}

    @property
    def system(self) -> SourceSystem:
        """The settings of the system, with the range of numbers wherever that is given."""
        orders = self.source_system.orders
        numbers: dict[str, Any] = {"numbers": orders.numbers or self.sap_destination.get(_RANGE)}
        return self.source_system.model_copy(update={"orders": orders.model_copy(update=numbers)})


def _file_fault(path: Path, mark: bytes) -> str:
    try:
        content = path.read_bytes() if path.is_absolute() else None
    except OSError as error:
        return f"can't be read: {error.strerror}"
    if content is None:
        return "is no absolute path"
    return "" if mark in content else f"has no {mark.decode().strip('-')}"


def _without_range(given: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in given.items() if name != _RANGE}

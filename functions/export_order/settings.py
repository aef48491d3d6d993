"""The environment of export_order."""

from pydantic import Json, field_validator

from shared.sap.numbers import NumberRange
from shared.settings import InternalFunctionSettings

_RANGE = "external_numbers"


class Settings(InternalFunctionSettings):
    """`sap_destination` is a secret: a JSON object.

    It has pyrfc's connection parameters and, where that SAP has one for our order types,
    `external_numbers`, its external number range ("0500000000-0599999999").
    """

    sap_destination: Json[dict[str, str]]

    @field_validator("sap_destination")
    @classmethod
    def _range(cls, destination: dict[str, str]) -> dict[str, str]:
        if _RANGE in destination:
            NumberRange.parse(destination[_RANGE])
        return destination

    @property
    def connection(self) -> dict[str, str]:
        """pyrfc's connection parameters."""
        return {name: text for name, text in self.sap_destination.items() if name != _RANGE}

    @property
    def external_numbers(self) -> NumberRange | None:
        """The range that sales orders get their numbers of; None where SAP draws them."""
        text = self.sap_destination.get(_RANGE)
        return None if text is None else NumberRange.parse(text)

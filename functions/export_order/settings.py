"""The environment of export_order."""

from pydantic import Json

from shared.settings import InternalFunctionSettings


class Settings(InternalFunctionSettings):
    """`sap_destination` is a secret: pyrfc's connection parameters as a JSON object."""

    sap_destination: Json[dict[str, str]]

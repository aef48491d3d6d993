"""The environment of check_vat_id."""

from shared.settings import InternalFunctionSettings


class Settings(InternalFunctionSettings):
    """`vies_url` is the root of VIES's REST interface."""

    vies_url: str

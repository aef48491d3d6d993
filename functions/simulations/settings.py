"""The environment of simulations."""

from shared.sap.caller_settings import SapCallerSettings
from shared.settings import HttpFunctionSettings


class Settings(HttpFunctionSettings, SapCallerSettings):
    """People call it, and it calls SAP."""

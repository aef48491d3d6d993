"""The environment of export_order."""

from shared.sap.caller_settings import SapCallerSettings
from shared.settings import InternalFunctionSettings


class Settings(InternalFunctionSettings, SapCallerSettings):
    """Cloud Tasks calls it, and it calls SAP."""

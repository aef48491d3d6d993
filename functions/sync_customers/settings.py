"""The environment of sync_customers."""

from shared.settings import InternalFunctionSettings


class Settings(InternalFunctionSettings):
    """What every function called by Pub/Sub reads."""

"""The environment of sync_order_status."""

from shared.settings import InternalFunctionSettings


class Settings(InternalFunctionSettings):
    """What every function called by Pub/Sub reads."""
